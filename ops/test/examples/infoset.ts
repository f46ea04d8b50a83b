import { SaxesParser } from 'saxes';

/** An XML element as it counts for a comparison: attributes by name, children in order, text of leaves byte for byte. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** Reads a whole document with a parser that SOFI's reader does not share its code with; white space between elements, and a line break alone in one, is layout. */
export function parseXml(xml: string): XmlNode {
  const root: XmlNode = { name: '#document', attributes: {}, children: [], text: '' };
  const open: XmlNode[] = [root];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    const { xmlns: _, ...attributes } = tag.attributes as Record<string, string>;
    const node: XmlNode = { name: tag.name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  const text = (value: string) => {
    const parent = open.at(-1);
    if (parent) parent.text += value;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    const node = open.pop();
    if (node && (node.children.length > 0 || /^\s*\n\s*$/.test(node.text))) node.text = '';
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return root;
}

/** Every descendant of that name, in document order. */
export function descendants(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}

/** A copy without the children that `drop` names and without some attributes. */
export function without(
  node: XmlNode,
  drop: (child: XmlNode, parent: XmlNode) => boolean,
  attributes: readonly string[],
): XmlNode {
  return {
    name: node.name,
    attributes: Object.fromEntries(Object.entries(node.attributes).filter(([name]) => !attributes.includes(name))),
    children: node.children.filter((child) => !drop(child, node)).map((child) => without(child, drop, attributes)),
    text: node.text,
  };
}
