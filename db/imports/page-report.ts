import { sql as raw } from 'kysely';
import { json, type Sql } from '../connect.ts';
import type { ReportLine } from './report.ts';

const COUNTERS = [
  'read',
  'created',
  'changed',
  'unchanged',
  'mended',
  'warned',
  'refused',
  'absent',
  'organismes_created',
  'organismes_changed',
  'organismes_unchanged',
] as const;
type Counter = (typeof COUNTERS)[number];

const REMARKS_MAX = 1_000;
/** What a table that is absent leaves unanswered is the same for every formation: it must not crowd out the rest. */
const NOT_VERIFIED_MAX = 200;

/** A line that tells of a rule that no table could answer. */
export const NOT_VERIFIED = 'nonVerifie';

/** What one page adds to the report of its import. */
export class PageReport {
  readonly counts: Record<Counter, number> = {
    read: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    mended: 0,
    warned: 0,
    refused: 0,
    absent: 0,
    organismes_created: 0,
    organismes_changed: 0,
    organismes_unchanged: 0,
  };
  readonly lines: ReportLine[] = [];

  count(counter: Counter): void {
    this.counts[counter] += 1;
  }

  refuse(line: Omit<ReportLine, 'kind'>): void {
    this.count('refused');
    this.lines.push({ kind: 'refus', ...line });
  }

  remark(line: Omit<ReportLine, 'kind'>, kind = 'remarque'): void {
    this.lines.push({ kind, ...line });
  }
}

/**
 * Adds a page to the import's report and moves its cursor; with the page's own transaction, so that a page is done once.
 * At most 1 000 remarks are kept, 200 of them of what could not be verified, then their number.
 */
export async function addToReport(sql: Sql, importId: string, page: PageReport, cursor: number): Promise<void> {
  const sums = COUNTERS.map((name) => raw`${raw.ref(name)} = ${raw.ref(name)} + ${page.counts[name]}`);
  await raw`update import set cursor = ${cursor}, ${raw.join(sums)} where id = ${importId}`.execute(sql);
  if (page.lines.length === 0) return;
  const { rows } = await raw<{ rang: number; remarks: number; unsure: number }>`
    select coalesce(max(rang), -1) + 1 as rang, count(*) filter (where kind <> 'refus')::int as remarks,
      count(*) filter (where kind = ${NOT_VERIFIED})::int as unsure
    from import_line where import_id = ${importId} and rang >= 0`.execute(sql);
  const { rang = 0, remarks = 0, unsure = 0 } = rows[0] ?? {};
  const room = Math.max(0, REMARKS_MAX - remarks);
  const refusals = page.lines.filter(({ kind }) => kind === 'refus');
  const others = page.lines.filter(({ kind }) => kind !== 'refus' && kind !== NOT_VERIFIED).slice(0, room);
  const notVerified = page.lines
    .filter(({ kind }) => kind === NOT_VERIFIED)
    .slice(0, Math.max(0, Math.min(room - others.length, NOT_VERIFIED_MAX - unsure)));
  const lines = [...refusals, ...others, ...notVerified];
  const kept = lines.map((line, index) => ({ ...line, rang: rang + index }));
  await raw`insert into import_line (import_id, rang, kind, line, numero, path, code, "values")
    select ${importId}::uuid, rang, kind, line, numero, path, code, "values"
    from jsonb_to_recordset(${json(kept)}) as x(rang int, kind text, line int, numero text, path text, code text, "values" jsonb)`.execute(
    sql,
  );
  if (lines.length < page.lines.length) await countBeyond(sql, importId, page.lines.length - lines.length);
}

/** The number of remarks that are not shown is a line of its own, the last one. */
async function countBeyond(sql: Sql, importId: string, more: number): Promise<void> {
  await raw`insert into import_line (import_id, rang, kind, line, numero, path, code, "values")
    values (${importId}, -1, 'remarque', 0, null, '', 'remarques-en-plus', ${json({ n: more })})
    on conflict (import_id, rang) do update
      set "values" = jsonb_build_object('n', (import_line."values" ->> 'n')::int + ${more}::int)`.execute(sql);
}
