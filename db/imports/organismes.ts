import { organismeKey } from '../../domain/lheo/fiche/organisme-key.ts';
import type { OrganismeDocument } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import type { FicheId } from '../../domain/model/ids.ts';
import type { Sql } from '../connect.ts';
import { depositReceived } from '../moderation/deposit-received.ts';
import { type Candidate, type CandidateOrganisme, receivedHash } from './candidate.ts';
import type { PageCheck } from './check-received.ts';
import type { FileMemory } from './file-memory.ts';
import { type FicheNow, fichesNow, type Known, organismesByNdaSiret } from './lookups.ts';
import type { PageReport } from './page-report.ts';
import type { ReceivedRow } from './received-rows.ts';
import { type Deposited, type ImportRun, receptionOf, sourceKey, type Told } from './run.ts';

/** The organisme of a candidate, found or new. */
export interface ResolvedOrganisme {
  readonly id: FicheId;
  readonly known: Known | undefined;
  readonly now: FicheNow | undefined;
}

/** The organismes of a page by key; an OF's own file finds its own only. */
export async function resolveOrganismes(
  sql: Sql,
  run: ImportRun,
  organismes: readonly CandidateOrganisme[],
  known: readonly Known[],
): Promise<Map<string, ResolvedOrganisme>> {
  const ids =
    run.organismes === undefined ? await idsInFlow(sql, run, organismes, known) : await ownIds(sql, run.organismes);
  const now = await fichesNow(sql, [...ids.values()]);
  const found = new Map<string, ResolvedOrganisme>();
  for (const { key, document } of organismes) {
    const id = ids.get(key.cle);
    if (id === undefined && run.organismes !== undefined) continue;
    const fiche = id ?? document.id;
    if (found.has(key.cle)) continue;
    const source = sourceKey(run, fiche);
    found.set(key.cle, {
      id: fiche,
      known: known.find((row) => row.cle === key.cle && row.source === source),
      now: now.get(fiche),
    });
  }
  return found;
}

async function idsInFlow(
  sql: Sql,
  run: ImportRun,
  organismes: readonly CandidateOrganisme[],
  known: readonly Known[],
): Promise<Map<string, FicheId>> {
  const whole = organismes.map(({ key }) => key).filter(({ nda, siret }) => nda !== '' && siret !== '');
  const accepted = await organismesByNdaSiret(sql, whole);
  const ids = new Map<string, FicheId>();
  for (const { key } of organismes) {
    const own = known.find((row) => row.cle === key.cle && row.source === run.source);
    const other = known.find((row) => row.cle === key.cle);
    const id = own?.ficheId ?? accepted.get(`${key.nda}|${key.siret}`) ?? other?.ficheId;
    if (id !== undefined) ids.set(key.cle, id);
  }
  return ids;
}

async function ownIds(sql: Sql, organismes: readonly string[]): Promise<Map<string, FicheId>> {
  const ids = new Map<string, FicheId>();
  for (const { id, accepted, open } of (await fichesNow(sql, organismes)).values()) {
    for (const document of [accepted, open]) {
      if (document?.kind === 'organisme') ids.set(organismeKey(document.champs).cle, id);
    }
  }
  return ids;
}

/** What the organismes of a page came to. */
export interface OrganismesDone {
  readonly deposited: readonly Deposited[];
  readonly remembered: readonly ReceivedRow[];
  /** Keys whose organisme has a blocking fault and no fiche here. */
  readonly blocked: ReadonlySet<string>;
}

/** New or changed organismes become soumissions before the page's formations; the first occurrence in the file counts. */
export async function depositOrganismes(
  sql: Sql,
  run: ImportRun,
  candidates: readonly Candidate[],
  resolved: ReadonlyMap<string, ResolvedOrganisme>,
  memory: FileMemory,
  check: PageCheck,
  report: PageReport,
): Promise<OrganismesDone> {
  const taken: (Taken & Told)[] = [];
  const remembered: ReceivedRow[] = [];
  const blocked = new Set<string>();
  const done = new Set<string>();
  for (const { file, organisme, numero = null } of candidates) {
    const found = organisme && resolved.get(organisme.key.cle);
    if (organisme === undefined || found === undefined) continue;
    const { cle } = organisme.key;
    const here = { hash: organisme.hash, line: file.line };
    const first = memory.firstOrganisme(cle, here);
    if (first.hash !== organisme.hash) {
      report.remark({
        line: file.line,
        numero,
        path: ORGANISME_PATH,
        code: 'organisme-different',
        values: { premiere: first.line },
      });
    }
    if (done.has(cle)) continue;
    done.add(cle);
    const outcome = await outcomeOf(run, organisme, found, first.hash, check);
    if (outcome.kind === 'blocked') {
      if (first === here)
        report.remark({ line: file.line, numero, path: ORGANISME_PATH, code: 'organisme-bloque', values: null });
      if (found.now === undefined) blocked.add(cle);
      continue;
    }
    if (first === here) report.count(`organismes_${outcome.kind}`);
    if (outcome.kind === 'unchanged') remembered.push(...outcome.rows);
    else taken.push({ ...outcome, line: file.line, numero, effacee: organisme.effacee });
    if (outcome.kind !== 'unchanged' && organisme.effacee)
      report.remark({ line: file.line, numero, path: ORGANISME_PATH, code: 'personne-effacee', values: null });
  }
  const answers = await depositReceived(sql, receptionOf(run), taken);
  const deposited: Deposited[] = [];
  for (const [index, answer] of answers.entries()) {
    const one = taken[index];
    if (one === undefined) continue;
    const { faults, line, numero, effacee } = one;
    deposited.push({ ...answer, faults, line, numero, effacee });
    remembered.push({ ...one.row, soumissionId: answer.soumissionId });
  }
  return { deposited, remembered, blocked };
}

/** Where a formation of a file names its organisme. */
export const ORGANISME_PATH = '/organisme-formation-responsable';

/** An organisme that becomes a soumission. */
interface Taken {
  readonly kind: 'created' | 'changed';
  readonly document: OrganismeDocument;
  readonly faults: readonly Fault[];
  readonly row: ReceivedRow;
}

type Outcome =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unchanged'; readonly rows: readonly ReceivedRow[] }
  | Taken;

async function outcomeOf(
  run: ImportRun,
  { document: candidate, key, hash }: CandidateOrganisme,
  { id, known, now }: ResolvedOrganisme,
  firstHash: string,
  check: PageCheck,
): Promise<Outcome> {
  if (known?.hash === firstHash) return { kind: 'unchanged', rows: [] };
  const before = now?.open ?? now?.accepted ?? undefined;
  const row = { source: sourceKey(run, id), cle: key.cle, ficheId: id, hash, soumissionId: null, document: null };
  if (known === undefined && before?.kind === 'organisme' && receivedHash({ ...before, sites: [] }) === hash) {
    return { kind: 'unchanged', rows: [row] };
  }
  const sites = before?.kind === 'organisme' ? before.sites : [];
  const document: OrganismeDocument = { ...candidate, id, sites };
  const faults = await check(document);
  if (faults.some(({ severity }) => severity === 'blocking')) return { kind: 'blocked' };
  return { kind: before === undefined ? 'created' : 'changed', document, faults, row };
}
