import { parseTree, type Tree } from './tree.ts';

/** What an XML Schema of LHÉO declares, whatever the way it is laid out: content and attributes of each element. */
export function describeXsd(xsd: string): Record<string, unknown> {
  const schema = parseTree(xsd);
  const named = new Map(children(schema).map((tree) => [`${local(tree)} ${attribut(tree, 'name')}`, tree]));
  const elements = children(schema).filter((tree) => local(tree) === 'element');
  return Object.fromEntries([
    ['target', attribut(schema, 'targetNamespace')],
    ['form', attribut(schema, 'elementFormDefault')],
    ...elements.map((tree) => [attribut(tree, 'name'), describeType(attribut(tree, 'type'), named)]),
  ]);
}

function describeType(type: string, named: ReadonlyMap<string, Tree>): unknown {
  const tree = named.get(`complexType ${bare(type)}`) ?? named.get(`simpleType ${bare(type)}`);
  return tree === undefined
    ? bare(type)
    : { type: bare(type), parts: children(tree).flatMap((part) => describePart(part, named)) };
}

function describePart(tree: Tree, named: ReadonlyMap<string, Tree>): unknown[] {
  const kind = local(tree);
  if (kind === 'annotation') return [];
  if (kind === 'attributeGroup') {
    const group = named.get(`attributeGroup ${bare(attribut(tree, 'ref'))}`);
    return group === undefined ? ['?'] : children(group).flatMap((part) => describePart(part, named));
  }
  const base = attribut(tree, 'base');
  const own = tree.attributs.filter(([name]) => name !== 'base').map(([name, value]) => `${name}=${bare(value)}`);
  const inside = children(tree).flatMap((part) => describePart(part, named));
  const described = { kind, own: own.toSorted(), inside };
  return [base === '' ? described : { ...described, base: base.startsWith('xs:') ? base : describeType(base, named) }];
}

function children(tree: Tree): Tree[] {
  return tree.children.filter((child): child is Tree => typeof child !== 'string');
}

function attribut(tree: Tree, name: string): string {
  return tree.attributs.find(([held]) => held === name)?.[1] ?? '';
}

function local(tree: Tree): string {
  return bare(tree.name);
}

/** A name without the prefix each schema chose. */
function bare(name: string): string {
  return name.replace(/^(xs|l|lheo):/, '');
}
