import type { ReportLine } from '../../db/imports/report.ts';
import { ERRORS, isErrorCode } from '../../domain/model/errors.ts';
import type { Fault } from '../../domain/model/faults.ts';
import { IMPORT_REMARKS, isImportRemark } from '../../domain/model/import-remarks.ts';
import { isRecord } from '../../domain/model/json.ts';
import { describeFault } from '../../domain/model/rules.ts';
import type { Lang } from '../../domain/model/words.ts';

/** One line of a report in words: a refusal of the catalogue, a remark of the import, or what a rule says. */
export function lineMessage({ kind, code, path, values }: ReportLine, langue: Lang): string {
  const known = isRecord(values) ? values : {};
  return [said({ kind, code, path }, known, langue), ...told(known, langue)].join(' ');
}

function said(
  { kind, code, path }: Pick<ReportLine, 'kind' | 'code' | 'path'>,
  values: Readonly<Record<string, unknown>>,
  langue: Lang,
): string {
  const severity = kind === 'nonVerifie' ? 'nonVerifie' : 'blocking';
  if (isImportRemark(code)) {
    const { n } = values;
    const sentence = IMPORT_REMARKS[code][langue];
    return typeof n === 'number' || typeof n === 'string' ? `${sentence} ${n}` : sentence;
  }
  if (isErrorCode(code)) return `${ERRORS[code].title[langue]}. ${ERRORS[code].mend[langue]}`;
  const quoted = values as NonNullable<Fault['values']>;
  const { message, mend } = describeFault({ rule: code, severity, path, values: quoted }, langue);
  return mend === '' ? message : `${message} ${mend}`;
}

/** Facts that any line may bear beside its sentence. */
function told({ premiere, autres }: Readonly<Record<string, unknown>>, langue: Lang): string[] {
  const fr = langue === 'fr';
  return [
    ...(typeof premiere === 'number' ? [fr ? `(première : ligne ${premiere})` : `(first: line ${premiere})`] : []),
    ...(typeof autres === 'number' ? [fr ? `(et ${autres} autres fautes)` : `(and ${autres} more faults)`] : []),
  ];
}
