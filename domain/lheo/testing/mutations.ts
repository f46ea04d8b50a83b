import { type ElementRule, grammarOf } from '../../grammar/compiled.ts';
import { ELEMENT_NAMES } from '../../grammar/elements.ts';
import type { LheoVersion } from '../../grammar/shape.ts';
import { elementsOf, type Tree } from './tree.ts';

/** Numbers from 0 up to, not including, `bound`. */
export type Pick = (bound: number) => number;

interface Target {
  readonly root: Tree;
  readonly tree: Tree;
  readonly rule: ElementRule;
  readonly pick: Pick;
}

type Mutation = (target: Target) => void;

const BAD_VALUES = ['', ' ', 'zz', '12,5', '9'.repeat(19), '-', '20269101', '2027010', '0x1', '1 0', ' 1 ', '\n2', 'É'];
const BAD_ATTRIBUTS: readonly [string, string][] = [
  ['inconnu', '1'],
  ['xml:lang', 'fr'],
  ['id', '1 2'],
  ['id', ' ok '],
  ['idref', '#'],
  ['horodatage-export', 'hier'],
  ['horodatage-creation', '2026-02-31T10:00:00'],
  ['uri', '%zz'],
  ['datemaj', '20270101'],
  ['href', 'x'],
  ['NUMERO', '1'],
];

/** Ways to break a valid file, or to bring it to an edge. */
export const MUTATIONS = {
  dropChild: ({ tree, pick }) => void tree.children.splice(pick(tree.children.length), 1),
  repeatChild: ({ tree, pick }) => {
    const at = pick(tree.children.length);
    const child = tree.children[at];
    if (child !== undefined)
      tree.children.splice(at, 0, ...Array.from({ length: 1 + pick(11) }, () => structuredClone(child)));
  },
  moveChild: ({ tree, pick }) => {
    const [child] = tree.children.splice(pick(tree.children.length), 1);
    if (child !== undefined) tree.children.splice(pick(tree.children.length + 1), 0, child);
  },
  emptyElement: ({ tree }) => void tree.children.splice(0),
  textTooLong: ({ tree, rule, pick }) =>
    setText(tree, 'é'.repeat((Number.isFinite(rule.max) ? rule.max : 10) + 1 - pick(2))),
  textTooShort: ({ tree, rule, pick }) => setText(tree, '𝔸'.repeat(Math.max(0, rule.min - pick(2)))),
  badValue: ({ tree, pick }) => setText(tree, BAD_VALUES[pick(BAD_VALUES.length)] ?? ''),
  otherVersionCode: ({ tree, pick }) => setText(tree, String(pick(22))),
  textInside: ({ tree, pick }) =>
    void tree.children.splice(pick(tree.children.length + 1), 0, ['x', ' \t\n', '\u00a0'][pick(3)] ?? ''),
  unknownChild: ({ tree, pick }) => void tree.children.splice(pick(tree.children.length + 1), 0, element('inconnu')),
  strayChild: ({ tree, pick }) => void tree.children.splice(pick(tree.children.length + 1), 0, element(anyName(pick))),
  rename: ({ tree, pick }) => {
    tree.name = anyName(pick);
  },
  badAttribut: ({ tree, pick }) => {
    const [name, value] = BAD_ATTRIBUTS[pick(BAD_ATTRIBUTS.length)] ?? ['inconnu', ''];
    tree.attributs = [...tree.attributs.filter(([held]) => held !== name), [name, value]];
  },
  repeatedId: ({ root, tree }) => {
    for (const marked of [root, tree])
      marked.attributs = [...marked.attributs.filter(([name]) => name !== 'id'), ['id', 'deux']];
  },
  wrongNamespace: ({ tree, pick }) => {
    tree.attributs = [
      ...tree.attributs.filter(([name]) => name !== 'xmlns'),
      ['xmlns', ['', 'urn:autre', 'http://www.lheo.org/2.2', 'http://lheo.gouv.fr/2.3'][pick(4)] ?? ''],
    ];
  },
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof MUTATIONS;
export const MUTATION_NAMES = Object.keys(MUTATIONS) as MutationName[];

/** Applies one mutation somewhere below the root of a document of `version`. */
export function mutate(root: Tree, name: MutationName, version: LheoVersion, pick: Pick): void {
  const rules = grammarOf(version);
  const fitting = elementsOf(root).filter((tree) => rules.has(tree.name) && fits(name, tree, rules.get(tree.name)));
  const tree = fitting[pick(Math.max(1, fitting.length))];
  const rule = rules.get(tree?.name ?? '');
  if (tree !== undefined && rule !== undefined) MUTATIONS[name]({ root, tree, rule, pick });
}

const LEAF_MUTATIONS: ReadonlySet<MutationName> = new Set([
  'textTooLong',
  'textTooShort',
  'badValue',
  'otherVersionCode',
]);
const CHILD_MUTATIONS: ReadonlySet<MutationName> = new Set(['dropChild', 'repeatChild', 'moveChild']);

function fits(name: MutationName, tree: Tree, rule: ElementRule | undefined): boolean {
  if (name === 'otherVersionCode') return rule?.kind === 'key';
  if (LEAF_MUTATIONS.has(name)) return rule !== undefined && !['sequence', 'extras', 'any'].includes(rule.kind);
  return !CHILD_MUTATIONS.has(name) || tree.children.length > 0;
}

function setText(tree: Tree, text: string): void {
  tree.children = [text];
}

function element(name: string): Tree {
  return { name, attributs: [], children: [] };
}

function anyName(pick: Pick): string {
  return ELEMENT_NAMES[pick(ELEMENT_NAMES.length)] ?? 'inconnu';
}
