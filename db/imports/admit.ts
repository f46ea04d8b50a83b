import { isValidNumero, type Settled } from '../../domain/lheo/fiche/in-numeros.ts';
import type { Candidate } from './candidate.ts';
import type { FileMemory } from './file-memory.ts';
import type { PageReport } from './page-report.ts';
import type { ImportRun } from './run.ts';

/** A candidate that the file itself does not condemn. */
export interface Admitted extends Candidate {
  readonly settled: Settled;
}

/** Refuses what needs no look-up: a numero absent, ill-formed or given twice, no organisme. */
export function admit(
  run: ImportRun,
  candidates: readonly Candidate[],
  memory: FileMemory,
  report: PageReport,
): Admitted[] {
  return candidates.flatMap((candidate) => {
    report.count('read');
    const refuse = (code: string, path: string, values: unknown = null): Admitted[] => {
      report.refuse({ line: candidate.file.line, numero: candidate.numero?.slice(0, 255) ?? null, path, code, values });
      return [];
    };
    const premiere = memory.formationLine(candidate);
    if (premiere !== undefined) return refuse('numero-en-double', '/@/numero', { premiere });
    const settled = memory.settle(candidate);
    if (run.channel === 'flux' && candidate.numero === undefined) return refuse('numero-absent', '/@/numero');
    if (candidate.numero !== undefined && !isValidNumero(candidate.numero))
      return refuse('numero-invalide', '/@/numero');
    if (candidate.organisme === undefined) return refuse('organisme-absent', '/organisme-formation-responsable');
    return [{ ...candidate, settled }];
  });
}
