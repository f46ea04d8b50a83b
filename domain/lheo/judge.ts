import type { SaxesTagNS } from 'saxes';
import type { ChildRule, ElementRule } from '../grammar/compiled.ts';
import type { SchemaFaultCode } from './faults.ts';
import { type Attributs, type Frame, occurrences } from './frames.ts';
import { attributFault, collapse, leafFault } from './leaf.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** A fault and where it is, seen from the element that is open. */
export interface Found {
  readonly code: SchemaFaultCode;
  readonly step: string;
  readonly message: string;
}

/** What is wrong with one more `child` in `parent`, whatever its content; `count` are there already. */
export function placeFaults(parent: Frame, child: ChildRule, count: number, step: string): Found[] {
  const found: Found[] = [];
  if (child.order < parent.lastOrder) {
    found.push({ code: 'element-mal-place', step, message: `<${child.name}> vient trop tard dans <${parent.name}>` });
  }
  if (count >= child.max) {
    found.push({
      code: 'element-en-trop',
      step,
      message: `<${child.name}> : ${child.max} au plus dans <${parent.name}>`,
    });
  }
  return found;
}

/** What is wrong with the content of an element that closes. */
export function contentFaults(frame: Frame): Found[] {
  const { rule, role } = frame;
  if (rule === undefined) return [];
  if (role === 'leaf') {
    const fault = leafFault(rule, frame.text);
    return fault === undefined ? [] : [{ ...fault, step: '' }];
  }
  if (role !== 'sequence' && role !== 'container') return [];
  return rule.children
    .filter((child) => child.min > 0 && occurrences(frame, child) === 0)
    .map(({ name }) => ({
      code: 'element-manquant',
      step: `/${name}`,
      message: `<${name}> manque dans <${frame.name}>`,
    }));
}

/** The attributes of a tag that the grammar knows, all of them for an `extra`, and what is wrong with the tag's. */
export function readAttributs(
  tag: SaxesTagNS,
  rule: ElementRule,
  ids: Set<string>,
): { attributs: Attributs | undefined; faults: Found[] } {
  let attributs: Attributs | undefined;
  const faults: Found[] = [];
  for (const name in tag.attributes) {
    const { prefix, uri, value } = tag.attributes[name] ?? { prefix: '', uri: '', value: '' };
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    const type = uri === '' ? rule.attributs.get(name) : undefined;
    if (type === undefined && rule.kind !== 'any') {
      if (uri !== XSI)
        faults.push({
          code: 'attribut-inconnu',
          step: `/@/${name}`,
          message: `l'attribut ${name} n'existe pas sur <${rule.name}>`,
        });
      continue;
    }
    attributs ??= {};
    attributs[name] = value;
    if (prefix !== '' && prefix !== 'xml') attributs[`xmlns:${prefix}`] = uri;
    const fault = type === undefined ? undefined : attributFault(name, type, value);
    if (fault !== undefined) faults.push({ ...fault, step: `/@/${name}` });
    if (type === 'id') faults.push(...claimId(ids, collapse(value)));
  }
  return { attributs, faults };
}

function claimId(ids: Set<string>, id: string): Found[] {
  if (!ids.has(id)) {
    ids.add(id);
    return [];
  }
  return [
    { code: 'identifiant-repete', step: '/@/id', message: `l'identifiant « ${id} » est déjà pris dans le fichier` },
  ];
}
