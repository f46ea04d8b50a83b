import { ATTRIBUT_NAMES, ATTRIBUTS, type AttributName } from './attributs.ts';
import { type DictName, dictEntries } from './dictionaries.ts';
import { ELEMENT_NAMES, ELEMENTS, type ElementName } from './elements.ts';
import type { AttributRow, AttributType, ChildRow, ElementKind, ElementRow, LheoVersion, Max } from './shape.ts';

export interface ChildRule {
  readonly name: ElementName;
  /** Place in the sequence, from 0. */
  readonly order: number;
  readonly min: number;
  /** Infinity when unbounded. */
  readonly max: number;
  /** True when its JSON is an array: it may occur more than once in 2.3. */
  readonly list: boolean;
}

/** What one version says of one element, ready to be looked up. */
export interface ElementRule {
  readonly name: ElementName;
  readonly label: string;
  readonly kind: ElementKind;
  /** In order; empty but for a sequence. */
  readonly children: readonly ChildRule[];
  readonly child: ReadonlyMap<string, ChildRule>;
  /** Lengths of a text, in characters. */
  readonly min: number;
  readonly max: number;
  readonly dict: DictName | undefined;
  readonly codes: ReadonlySet<string>;
  readonly attributs: ReadonlyMap<string, AttributType>;
}

const VERSIONS = new Map<LheoVersion, ReadonlyMap<string, ElementRule>>();

/** The rules of every element of `version`, by name, in the grammar's order. */
export function grammarOf(version: LheoVersion): ReadonlyMap<string, ElementRule> {
  const known = VERSIONS.get(version);
  if (known !== undefined) return known;
  const rules = new Map<string, ElementRule>();
  for (const name of ELEMENT_NAMES) {
    const row: ElementRow = ELEMENTS[name];
    if (version === '2.3' || row.since === undefined) rules.set(name, compile(name, row, version));
  }
  VERSIONS.set(version, rules);
  return rules;
}

/** The rule of an element that `version` is known to have; throws on another name. */
export function ruleOf(name: string, version: LheoVersion): ElementRule {
  const rule = grammarOf(version).get(name);
  if (rule === undefined) throw new Error(`LHÉO ${version} has no element "${name}"`);
  return rule;
}

function compile(name: ElementName, row: ElementRow, version: LheoVersion): ElementRule {
  const children = row.kind === 'sequence' ? childrenOf(row.children, version) : [];
  const dict = row.kind === 'key' ? (row.dict as DictName) : undefined;
  return {
    name,
    label: row.label,
    kind: row.kind,
    children,
    child: new Map(children.map((child) => [child.name, child])),
    min: row.kind === 'text' ? row.min : 0,
    max: row.kind === 'text' ? ((version === '2.2' ? row.v22?.max : undefined) ?? row.max) : Infinity,
    dict,
    codes: new Set(dict === undefined ? [] : dictEntries(dict, version).map((entry) => entry.code)),
    attributs: attributsOf(row, version),
  };
}

function childrenOf(rows: readonly ChildRow[], version: LheoVersion): ChildRule[] {
  const rules: ChildRule[] = [];
  for (const [name, min, max, differs] of rows) {
    const old = version === '2.2' ? differs : undefined;
    if (old !== undefined && 'since' in old) continue;
    const [least, most] = old === undefined ? [min, max] : old.v22;
    rules.push({
      name: name as ElementName,
      order: rules.length,
      min: least,
      max: boundOf(most),
      list: max !== 1,
    });
  }
  return rules;
}

function boundOf(max: Max): number {
  return max === 'n' ? Infinity : max;
}

function attributsOf(row: ElementRow, version: LheoVersion): ReadonlyMap<AttributName, AttributType> {
  const set = row.attributs ?? 'commun';
  const found = new Map<AttributName, AttributType>();
  for (const name of ATTRIBUT_NAMES) {
    const attribut: AttributRow = ATTRIBUTS[name];
    const held = attribut.only === undefined || attribut.only.includes(set);
    if (held && (version === '2.3' || attribut.since === undefined)) found.set(name, attribut.type);
  }
  return found;
}
