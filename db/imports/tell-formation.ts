import { lheoPath } from '../../domain/lheo/fiche/lheo-path.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import { isImportRemark } from '../../domain/model/import-remarks.ts';
import type { Admitted } from './admit.ts';
import type { matchFormation } from './match-formations.ts';
import { ORGANISME_PATH } from './organismes.ts';
import { NOT_VERIFIED, type PageReport } from './page-report.ts';

/** One line per refused formation: its first blocking fault and how many more. */
export function isRefused(
  { file, numero: received, organisme }: Admitted,
  document: FormationDocument,
  faults: readonly Fault[],
  blockedOrganismes: ReadonlySet<string>,
  report: PageReport,
): boolean {
  const numero = received ?? null;
  if (organisme !== undefined && blockedOrganismes.has(organisme.key.cle)) {
    const line = file.lineOf(ORGANISME_PATH);
    report.refuse({ line, numero, path: ORGANISME_PATH, code: 'organisme-bloque', values: null });
    return true;
  }
  const blocking = faults.filter(({ severity }) => severity === 'blocking');
  const [first] = blocking;
  if (first === undefined) return false;
  const path = lheoPath(document, first.path);
  const values = { ...first.values, ...(blocking.length > 1 ? { autres: blocking.length - 1 } : {}) };
  report.refuse({ line: file.lineOf(path), numero, path, code: first.rule, values });
  return true;
}

/**
 * The remarks of a formation that is taken: what the reader mended or left out, what was matched, what rules warn of, and
 * once each rule that no table could answer, which makes no formation one with a remark.
 */
export function tellTaken(
  { file, numero: received, effacee }: Admitted,
  document: FormationDocument,
  faults: readonly Fault[],
  remarks: ReturnType<typeof matchFormation>['remarks'],
  report: PageReport,
): void {
  const numero = received ?? null;
  const read = file.faults.filter(({ code }) => isImportRemark(code));
  const mended = read.filter(({ code }) => code === 'element-mal-place');
  const warnings = faults.filter(({ severity }) => severity === 'warning');
  for (const { line, path, code } of read) {
    report.remark({ line, numero, path, code, values: null }, code === 'element-mal-place' ? 'repare' : 'remarque');
  }
  for (const one of remarks) report.remark(one);
  if (effacee) report.remark({ line: file.line, numero, path: '', code: 'personne-effacee', values: null });
  for (const fault of warnings) {
    const path = lheoPath(document, fault.path);
    report.remark(
      { line: file.lineOf(path), numero, path, code: fault.rule, values: fault.values ?? null },
      'avertissement',
    );
  }
  const unsure = faults.filter(({ severity }) => severity === 'nonVerifie');
  for (const [rule, [first]] of Map.groupBy(unsure, ({ rule: of }) => of)) {
    if (first === undefined) continue;
    const path = lheoPath(document, first.path);
    report.remark({ line: file.lineOf(path), numero, path, code: rule, values: first.values ?? null }, NOT_VERIFIED);
  }
  if (mended.length > 0) report.count('mended');
  if (read.length > mended.length || remarks.length > 0 || warnings.length > 0 || effacee) report.count('warned');
}
