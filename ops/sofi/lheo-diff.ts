import { createHash } from 'node:crypto';
import { NEW_IDS } from '../../db/imports/new-ids.ts';
import { fromLheo } from '../../domain/lheo/fiche/in.ts';
import { matchIds } from '../../domain/lheo/fiche/in-match.ts';
import type { LheoFormation } from '../../domain/lheo/fiche/received.ts';
import { readLheo } from '../../domain/lheo/read.ts';
import { type Difference, diffDocuments } from '../../domain/model/diff.ts';
import { summarize } from '../../domain/model/diff-summary.ts';
import { attributsOf, texteOf } from '../../domain/model/documents.ts';
import { canonicalJson } from '../../domain/model/json.ts';
import { openLheo } from './lheo-open.ts';
import { plural } from './lheo-report.ts';
import { Refused } from './verb-end.ts';

/** Changed formations that are told in detail; the others are counted. */
const MAX_DETAILED = 1000;

interface Changed {
  readonly numero: string;
  readonly intitule: string;
  readonly summary: string;
  readonly differences: readonly Difference[];
}

/**
 * Prints what differs between two files, formations matched by numero: added, removed, changed and how. Each file is
 * read twice; memory holds a hash for each formation and the changed ones of A.
 */
export async function diffFiles(a: string, b: string, { json }: { readonly json?: boolean }): Promise<void> {
  if (a === '-' || b === '-')
    throw new Error('Les deux fichiers sont lus deux fois : l’entrée standard ne convient pas');
  const before = await hashesOf(a);
  const after = await hashesOf(b);
  const removed = [...before.keys()].filter((numero) => !after.has(numero));
  const added = [...after.keys()].filter((numero) => !before.has(numero));
  const differing = [...after.keys()].filter(
    (numero) => before.has(numero) && before.get(numero) !== after.get(numero),
  );
  const changed = await changedFormations(a, b, new Set(differing.slice(0, MAX_DETAILED)));
  const report = {
    a,
    b,
    unchanged: after.size - added.length - differing.length,
    added,
    removed,
    changed,
    more: Math.max(0, differing.length - MAX_DETAILED),
  };
  process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : toText(report));
}

async function hashesOf(file: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for await (const [key, json] of formationsOf(file))
    hashes.set(key, createHash('sha256').update(canonicalJson(json)).digest('base64'));
  return hashes;
}

async function changedFormations(a: string, b: string, keys: ReadonlySet<string>): Promise<Changed[]> {
  if (keys.size === 0) return [];
  const before = new Map<string, LheoFormation>();
  for await (const [key, json] of formationsOf(a)) if (keys.has(key)) before.set(key, json);
  const changed: Changed[] = [];
  for await (const [key, json] of formationsOf(b)) {
    const earlier = before.get(key);
    if (earlier !== undefined) changed.push(compare(key, earlier, json));
  }
  return changed;
}

function compare(numero: string, before: LheoFormation, after: LheoFormation): Changed {
  const [old, candidate] = [fromLheo(before, NEW_IDS), fromLheo(after, NEW_IDS)];
  const { formation } = matchIds(candidate.formation, old.formation, () => undefined);
  const differences = diffDocuments(old.formation, formation);
  return { numero, intitule: texteOf(after['intitule-formation']), summary: summarize(differences, 'fr'), differences };
}

/** Each formation with its numero, or its rank when it has none or one that came before in the file. */
async function* formationsOf(file: string): AsyncGenerator<[key: string, json: LheoFormation]> {
  const { bytes, name } = await openLheo(file);
  const seen = new Set<string>();
  for await (const event of readLheo(bytes)) {
    if (event.kind === 'fault' && event.fatal)
      throw new Refused(`${name}, ligne ${event.fault.line} : ${event.fault.message}`);
    if (event.kind !== 'element' || event.name !== 'formation') continue;
    const json = event.json as LheoFormation;
    const numero = attributsOf(json).numero ?? '';
    const key = numero === '' || seen.has(numero) ? `${numero}#${seen.size}` : numero;
    seen.add(key);
    yield [key, json];
  }
}

interface Report {
  readonly a: string;
  readonly b: string;
  readonly unchanged: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly Changed[];
  readonly more: number;
}

function toText({ a, b, unchanged, added, removed, changed, more }: Report): string {
  const head = `${a} → ${b} : ${[
    plural(added.length, 'formation ajoutée'),
    plural(removed.length, 'formation retirée'),
    plural(changed.length + more, 'formation changée'),
    plural(unchanged, 'formation inchangée'),
  ].join(', ')}`;
  const lines = [
    ...added.map((numero) => `  + ${numero}`),
    ...removed.map((numero) => `  - ${numero}`),
    ...changed.map(({ numero, intitule, summary }) => `  ~ ${numero} ${intitule} : ${summary}`),
  ];
  return `${[head, ...lines, ...(more > 0 ? [`  … et ${more} de plus`] : [])].join('\n')}\n`;
}
