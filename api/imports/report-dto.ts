import type { ImportRowShown, ReportLine } from '../../db/imports/report.ts';
import type { ImportReport } from '../../domain/contract/import.contract.ts';
import { ERRORS, isErrorCode } from '../../domain/model/errors.ts';
import type { Lang } from '../../domain/model/words.ts';
import { lineMessage } from './line-message.ts';

/** An import's row and lines as interface.md §3 shows them, worded in `langue`. */
export function reportDto(row: ImportRowShown, lines: readonly ReportLine[], langue: Lang): ImportReport {
  const refusals = lines.filter(({ kind }) => kind === 'refus');
  const remarks = lines.filter(({ kind }) => kind !== 'refus');
  const worded = (one: ReportLine) => {
    const { line, numero, path, code } = one;
    return { line, numero, path, code, message: lineMessage(one, langue) };
  };
  return {
    id: row.id,
    source: row.source,
    mode: row.mode,
    dryRun: row.dry_run,
    nom: row.nom,
    state: row.state === 'done' || row.state === 'failed' ? row.state : 'running',
    error: errorDto(row.error, langue),
    read: row.read,
    created: row.created,
    changed: row.changed,
    unchanged: row.unchanged,
    mended: row.mended,
    warned: row.warned,
    absent: row.absent,
    refused: refusals.map(worded),
    remarques: remarks.map((line) => ({ ...worded(line), kind: line.kind })),
    organismes: {
      created: row.organismes_created,
      changed: row.organismes_changed,
      unchanged: row.organismes_unchanged,
    },
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function errorDto(error: unknown, langue: Lang): ImportReport['error'] {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  const code = String(error.code);
  const where =
    'line' in error
      ? `${langue === 'fr' ? 'Ligne' : 'Line'} ${String(error.line)}${langue === 'fr' ? ' : ' : ': '}`
      : '';
  if (!isErrorCode(code)) return { code, message: where + code };
  const { title, mend } = ERRORS[code];
  return { code, message: `${where}${title[langue]}. ${mend[langue]}` };
}
