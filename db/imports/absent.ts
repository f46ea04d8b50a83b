import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { Database, Sql } from '../connect.ts';
import { depositReceived } from '../moderation/deposit-received.ts';
import { acceptedVersions } from '../moderation/rows.ts';
import { decideLot } from './decide-lot.ts';
import type { PageReport } from './page-report.ts';
import { type ImportRun, receptionOf } from './run.ts';

/** Rows of one look at what a source sent before. */
const LOOK = 5_000;

/** What `source_recu` says of a formation that its source no longer sends, and the import that found it. */
const absentMark = (importId: string) => `absent:${importId}`;

/** A formation in the offer that its source sent before and does not send now. */
export interface Absent {
  readonly cle: string;
  readonly ficheId: string;
  readonly numero: string;
  /** An earlier import found it absent: its withdrawal was proposed then, whatever became of it. */
  readonly told: boolean;
}

interface SentRow {
  readonly cle: string;
  readonly fiche_id: string;
  readonly hash: string;
  readonly numero: string;
}

function sentBefore(sql: Sql, { source, id }: Pick<ImportRun, 'source' | 'id'>, after: string) {
  return raw<SentRow>`select r.cle, r.fiche_id, r.hash, f.numero from source_recu r
    join formation f on f.id = r.fiche_id and f.retire_le is null
    where r.source = ${source} and r.cle > ${after} and r.cle like 'formation|%' and r.hash <> ${absentMark(id)}
    order by r.cle limit ${LOOK}`.execute(sql);
}

/** The formations of a source that the file does not hold, but those that this import has done with; by key. */
export async function absentFormations(
  db: Database,
  run: Pick<ImportRun, 'source' | 'id'>,
  holds: (cle: string) => boolean,
): Promise<Absent[]> {
  const absent: Absent[] = [];
  let after = '';
  for (;;) {
    const from = after;
    const { rows } = await db.asWorker((sql) => sentBefore(sql, run, from));
    for (const { cle, fiche_id, hash, numero } of rows) {
      if (!holds(cle)) absent.push({ cle, ficheId: fiche_id, numero, told: hash.startsWith('absent:') });
    }
    after = rows.at(-1)?.cle ?? '';
    if (rows.length < LOOK) return absent;
  }
}

/** The sessions not yet ended of the formations to withdraw, and of all that the source has in the offer. */
export interface Loss {
  readonly gone: number;
  readonly all: number;
}

export async function lossOf(sql: Sql, source: string, absent: readonly Absent[], at: number): Promise<Loss> {
  const fresh = absent.filter(({ told }) => !told).map(({ ficheId }) => ficheId);
  const today = parisDayOf(at).replaceAll('-', '');
  const { rows } = await raw<Loss>`select count(*) filter (where f.id = any (${fresh}::uuid[]))::int as gone,
      count(*)::int as "all"
    from formation f join session s on s.formation_id = f.id
    where f.source = ${source} and f.retire_le is null and s.retire_le is null and s.fin >= ${today}`.execute(sql);
  return rows[0] ?? { gone: 0, all: 0 };
}

/**
 * Deposits the withdrawal of a page of absent formations, once for each absence, within the caller's transaction; a
 * trusted source's are accepted at once.
 */
export async function withdrawAbsent(
  sql: Sql,
  run: ImportRun,
  page: readonly Absent[],
  report: PageReport,
): Promise<void> {
  const documents = await acceptedDocuments(
    sql,
    page.filter(({ told }) => !told),
  );
  const received = documents.map((document) => ({ document, retrait: true }));
  if (received.length > 0) {
    const answers = await depositReceived(sql, receptionOf(run), received);
    if (run.trusted)
      await decideLot(
        sql,
        run,
        answers.map((answer) => ({
          ...answer,
          faults: [],
          line: 0,
          numero: numeroOf(answer.document),
          effacee: false,
        })),
        report,
      );
  }
  await raw`update source_recu set hash = ${absentMark(run.id)}, received_at = ${new Date(run.at)}
    where source = ${run.source} and cle = any (${page.map(({ cle }) => cle)})`.execute(sql);
  for (const { numero, told } of page) {
    report.count('absent');
    report.remark({
      line: 0,
      numero,
      path: '',
      code: told ? 'absente-encore' : 'absente-du-fichier',
      values: null,
    });
  }
}

const numeroOf = (document: FicheDocument) => (document.kind === 'formation' ? (document.numero ?? null) : null);

async function acceptedDocuments(sql: Sql, absent: readonly Absent[]): Promise<FicheDocument[]> {
  if (absent.length === 0) return [];
  const fiches = await sql
    .selectFrom('fiche')
    .select(['id', 'version_n'])
    .where(
      'id',
      'in',
      absent.map(({ ficheId }) => ficheId),
    )
    .execute();
  const names = fiches.map(({ id, version_n }) => ({ ficheId: id, n: version_n }));
  const versionOf = await acceptedVersions(sql, names);
  return names.flatMap((name) => versionOf(name)?.document ?? []);
}
