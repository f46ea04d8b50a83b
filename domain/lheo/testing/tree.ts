import { SaxesParser } from 'saxes';
import { grammarOf } from '../../grammar/compiled.ts';
import { escapeAttribut, escapeText } from '../raw-xml.ts';

/** An XML element that tests can take apart. */
export interface Tree {
  name: string;
  attributs: [name: string, value: string][];
  children: (Tree | string)[];
}

/** The tree of a document; comments and declarations are left out, adjacent texts joined. */
export function parseTree(xml: string): Tree {
  const parser = new SaxesParser();
  const root: Tree = { name: '', attributs: [], children: [] };
  const open: Tree[] = [root];
  const text = (piece: string): void => {
    const children = open.at(-1)?.children ?? [];
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + piece;
    else children.push(piece);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const tree: Tree = { name: tag.name, attributs: Object.entries(tag.attributes), children: [] };
    open.at(-1)?.children.push(tree);
    open.push(tree);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (piece) => open.length > 1 && text(piece));
  parser.on('cdata', text);
  parser.write(xml).close();
  const found = root.children.find((child) => typeof child !== 'string');
  if (found === undefined || typeof found === 'string') throw new Error('The document has no root');
  return found;
}

/** The tree as XML again. */
export function printTree(tree: Tree | string): string {
  if (typeof tree === 'string') return escapeText(tree);
  const attributs = tree.attributs.map(([name, value]) => ` ${name}="${escapeAttribut(value)}"`).join('');
  return `<${tree.name}${attributs}>${tree.children.map(printTree).join('')}</${tree.name}>`;
}

/** Every element of a tree, itself first. */
export function elementsOf(tree: Tree): Tree[] {
  const children = tree.children.filter((child): child is Tree => typeof child !== 'string');
  return [tree, ...children.flatMap(elementsOf)];
}

/** What XML calls the same information: order of attributes and white space between elements aside. */
export function infosetOf(tree: Tree): unknown {
  const spaced = ['sequence', 'extras'].includes(grammarOf('2.3').get(tree.name)?.kind ?? '');
  const children = tree.children.filter(
    (child) => !(spaced && typeof child === 'string' && /^[ \t\n\r]*$/.test(child)),
  );
  return {
    name: tree.name,
    attributs: Object.fromEntries(
      tree.attributs.filter(([name]) => name !== 'xmlns').toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    children: children.map((child) => (typeof child === 'string' ? child : infosetOf(child))),
  };
}
