import type { ImportReport } from '../../domain/contract/import.contract.ts';

/** Lines shown on a terminal; the whole report is at its address and in `--json`. */
const SHOWN = 50;

type Line = ImportReport['refused'][number];

/** A report of an import as an operator reads it: counts first, then what was refused, then remarks. */
export function sayReport(report: ImportReport): string {
  const { id, state, dryRun, refused, remarques, organismes } = report;
  const end = { running: 'en cours', done: 'fini', failed: 'échoué' }[state];
  return [
    `Import ${id} : ${end}${dryRun ? ' (essai, rien n’est gardé)' : ''}`,
    ...(state === 'running' && report.read === 0 ? [] : [countsOf(report)]),
    `  organismes : ${organismes.created} nouveaux, ${organismes.changed} changés, ${organismes.unchanged} inchangés`,
    ...section('Refusées', refused),
    ...section('Remarques', remarques),
    '',
  ].join('\n');
}

function countsOf({ read, created, changed, unchanged, refused, mended, warned }: ImportReport): string {
  const marks = mended + warned === 0 ? '' : ` ; ${mended} réparées, ${warned} avec remarques`;
  return `  ${read} formations lues : ${created} nouvelles, ${changed} changées, ${unchanged} inchangées, ${refused.length} refusées${marks}`;
}

function section(title: string, lines: readonly Line[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - SHOWN;
  return [`${title} :`, ...lines.slice(0, SHOWN).map(sayLine), ...(more > 0 ? [`  … et ${more} autres`] : [])];
}

function sayLine({ line, numero, path, message }: Line): string {
  const where = [line > 0 ? `ligne ${line}` : '', numero ?? '', path].filter((part) => part !== '').join(', ');
  return where === '' ? `  ${message}` : `  ${where} : ${message}`;
}
