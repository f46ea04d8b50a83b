import { type ElementRule, grammarOf } from '../grammar/compiled.ts';
import { codeIn22 } from '../grammar/dictionaries.ts';
import type { LheoVersion } from '../grammar/shape.ts';
import type { ElementName, LheoElement } from '../grammar/types.ts';
import { isNode, type LheoNode, occurrencesOf } from './json.ts';
import { collapse, leafFault } from './leaf.ts';

/** One thing a conversion changed: where (path in what was given) and what, in French. */
export interface Change {
  readonly path: string;
  readonly what: string;
}

export interface Converted<T> {
  readonly json: T;
  readonly changes: readonly Change[];
}

/** What 2.2 wants where 2.3 may have nothing: a place without address is the least it accepts. */
const REQUIRED_IN_22: Readonly<Record<string, unknown>> = { 'lieu-de-formation': { coordonnees: {} } };

/**
 * A formation of one version as the other version has it. Only what the schema of `to` refuses is changed; 2.3 accepts
 * all of 2.2. What was invalid before stays so.
 */
export function convertFormation(
  json: LheoElement<'formation'>,
  from: LheoVersion,
  to: LheoVersion,
): Converted<LheoElement<'formation'>> {
  return convertElement('formation', json, from, to);
}

/** `convertFormation` for any element. */
export function convertElement<N extends ElementName>(
  name: N,
  json: LheoElement<N>,
  from: LheoVersion,
  to: LheoVersion,
): Converted<LheoElement<N>> {
  const converted = convertNode(name, json, from, to);
  return { json: converted.json as LheoElement<N>, changes: converted.changes };
}

/** `convertElement` where the name is known only at run time. */
export function convertNode(name: string, json: unknown, from: LheoVersion, to: LheoVersion): Converted<unknown> {
  const rule = grammarOf('2.2').get(name);
  if (from === '2.2' || to === '2.3') return { json, changes: [] };
  if (rule === undefined) return { json, changes: [{ path: '', what: `<${name}> n'existe pas en LHÉO 2.2` }] };
  const changes: Change[] = [];
  return { json: lower(rule, json, '', changes), changes };
}

function lower(rule: ElementRule, json: unknown, path: string, changes: Change[]): unknown {
  if (rule.kind === 'any') return json;
  if (rule.kind === 'sequence' && isNode(json)) return lowerSequence(rule, json, path, changes);
  if (rule.kind === 'extras' && isNode(json)) return lowerExtras(rule, json, path, changes);
  return lowerLeaf(rule, json, path, changes);
}

function lowerSequence(rule: ElementRule, node: LheoNode, path: string, changes: Change[]): unknown {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(node)) {
    const child = rule.child.get(name);
    if (name !== '@' && child === undefined)
      changes.push({ path: `${path}/${name}`, what: 'retiré : absent de LHÉO 2.2' });
  }
  for (const child of rule.children) {
    const values = occurrencesOf(node[child.name]);
    const lowered = values.slice(0, child.max).map((value, index) => {
      const rule22 = grammarOf('2.2').get(child.name);
      const step = child.list ? `${path}/${child.name}/${index}` : `${path}/${child.name}`;
      return rule22 === undefined ? value : lower(rule22, value, step, changes);
    });
    const present: unknown[] = lowered.filter((value) => value !== undefined);
    for (let index = child.max; index < values.length; index += 1) {
      changes.push({ path: `${path}/${child.name}/${index}`, what: `retiré : ${child.max} au plus en LHÉO 2.2` });
    }
    if (values.length === 0 && child.min > 0 && child.name in REQUIRED_IN_22) {
      changes.push({ path: `${path}/${child.name}`, what: 'ajouté vide : obligatoire en LHÉO 2.2' });
      present.push(REQUIRED_IN_22[child.name]);
    }
    if (present.length > 0) kept[child.name] = child.list ? present : present[0];
  }
  return withAttributs(rule, node, kept, path, changes);
}

function lowerExtras(rule: ElementRule, node: LheoNode, path: string, changes: Change[]): unknown {
  const contenu = occurrencesOf(node.contenu).map((item, index) => {
    if (!isNode(item) || !isNode(item.extras)) return item;
    return { extras: lowerExtras(rule, item.extras, `${path}/contenu/${index}/extras`, changes) };
  });
  return withAttributs(rule, node, { contenu }, path, changes);
}

function lowerLeaf(rule: ElementRule, json: unknown, path: string, changes: Change[]): unknown {
  const text = typeof json === 'string' ? json : isNode(json) ? (json['#'] ?? '') : undefined;
  if (text === undefined) return json;
  const near = leafFault(rule, text) === undefined ? text : nearestText(rule, text);
  if (near === undefined) {
    changes.push({ path, what: `« ${text} » retiré : ${rule.name} a ${rule.max} caractères au plus en LHÉO 2.2` });
    return undefined;
  }
  if (near !== text) changes.push({ path, what: `« ${text} » devenu « ${near} »` });
  if (!isNode(json)) return near;
  const lowered = withAttributs(rule, json, { '#': near }, path, changes);
  return '@' in lowered ? lowered : near;
}

/** What stands in 2.2 for a text it refuses: the near code, or the number of a code too long with its prefix. */
function nearestText(rule: ElementRule, text: string): string | undefined {
  if (rule.dict !== undefined) return codeIn22(rule.dict, collapse(text)) ?? text;
  if (grammarOf('2.3').get(rule.name)?.max === rule.max) return text;
  const bare = text.replace(/^RNCP\s*/i, '');
  return leafFault(rule, bare) === undefined ? bare : undefined;
}

function withAttributs(
  rule: ElementRule,
  node: LheoNode,
  json: Record<string, unknown>,
  path: string,
  changes: Change[],
): Record<string, unknown> {
  const given = Object.entries(node['@'] ?? {}).filter(([, value]) => value !== undefined);
  const kept = given.filter(([name]) => rule.attributs.has(name));
  for (const [name] of given) {
    if (!rule.attributs.has(name)) changes.push({ path: `${path}/@/${name}`, what: 'retiré : absent de LHÉO 2.2' });
  }
  return kept.length === 0 ? json : { ...json, '@': Object.fromEntries(kept) };
}
