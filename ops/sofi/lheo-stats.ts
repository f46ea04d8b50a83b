import { dictLabel } from '../../domain/grammar/dictionaries.ts';
import type { LheoVersion } from '../../domain/grammar/types.ts';
import { organismeKey } from '../../domain/lheo/fiche/organisme-key.ts';
import type { LheoFormation } from '../../domain/lheo/fiche/received.ts';
import { readLheo } from '../../domain/lheo/read.ts';
import { texteOf } from '../../domain/model/documents.ts';
import { openLheo } from './lheo-open.ts';
import { Refused } from './verb-end.ts';

/** What `lheo stats` counts; `bytes` are those of the inflated file. */
function emptyCounts() {
  return {
    version: null as LheoVersion | null,
    bytes: 0,
    organismes: 0,
    formations: 0,
    actions: 0,
    sessions: 0,
    financements: 0,
    certifiantes: 0,
    premierDebut: '',
    derniereFin: '',
    modalites: {} as Record<string, number>,
    financeurs: {} as Record<string, number>,
  };
}
type Counts = ReturnType<typeof emptyCounts>;

function addFormation(counts: Counts, formation: LheoFormation, organismes: Set<string>): void {
  counts.formations += 1;
  if (texteOf(formation.certifiante) === '1') counts.certifiantes += 1;
  const organisme = formation['organisme-formation-responsable'];
  if (organisme !== undefined) organismes.add(JSON.stringify(organismeKey(organisme)));
  counts.organismes = organismes.size;
  for (const action of formation.action ?? []) addAction(counts, action);
}

function addAction(counts: Counts, action: NonNullable<LheoFormation['action']>[number]): void {
  counts.actions += 1;
  bump(counts.modalites, labelOf('modalites-enseignement', texteOf(action['modalites-enseignement'])));
  for (const financeur of action['organisme-financeur'] ?? []) {
    counts.financements += 1;
    bump(counts.financeurs, labelOf('financeurs', texteOf(financeur['code-financeur'])));
  }
  for (const { periode } of action.session ?? []) {
    counts.sessions += 1;
    const [debut, fin] = [texteOf(periode?.debut), texteOf(periode?.fin)];
    if (isDated(debut) && (counts.premierDebut === '' || debut < counts.premierDebut)) counts.premierDebut = debut;
    if (isDated(fin) && fin > counts.derniereFin) counts.derniereFin = fin;
  }
}

/** False for what stands for an unknown date. */
function isDated(text: string): boolean {
  return /^[12]/.test(text);
}

/** Prints the counts of a file; one that cannot be read to its end is refused. */
export async function statFile(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { bytes, name } = await openLheo(file);
  const counts = emptyCounts();
  const organismes = new Set<string>();
  for await (const event of readLheo(counted(bytes, counts))) {
    if (event.kind === 'fault' && event.fatal)
      throw new Refused(`${name}, ligne ${event.fault.line} : ${event.fault.message}`);
    if (event.kind === 'open' || event.kind === 'element') counts.version ??= event.version;
    if (event.kind === 'element' && event.name === 'formation')
      addFormation(counts, event.json as LheoFormation, organismes);
  }
  const report = { file: name, ...counts };
  process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : toText(report));
}

async function* counted(bytes: AsyncIterable<Uint8Array>, counts: Counts): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    counts.bytes += chunk.length;
    yield chunk;
  }
}

function labelOf(dict: 'modalites-enseignement' | 'financeurs', code: string): string {
  return dictLabel(dict, code) ?? `code « ${code} »`;
}

function bump(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function toText(counts: object): string {
  return Object.entries(counts)
    .map(([name, value]) => line(name, value))
    .join('');
}

function line(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return `${name.padEnd(14)} ${String(value)}\n`;
  const rows = Object.entries(value).toSorted(([, a], [, b]) => Number(b) - Number(a));
  return `${name}\n${rows.map(([label, count]) => `  ${String(count).padStart(8)}  ${label}\n`).join('')}`;
}
