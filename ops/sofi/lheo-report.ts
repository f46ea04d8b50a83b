import type { LheoVersion } from '../../domain/grammar/types.ts';

export interface CheckFault {
  readonly source: 'xml' | 'xsd' | 'rule';
  readonly code: string;
  readonly line: number;
  /** JSON pointer in the file: names of elements and, for those that may be repeated, their index from 0. */
  readonly path: string;
  readonly message: string;
}

/** What `lheo check --json` says of one file (interface.md §1). */
export interface CheckReport {
  readonly file: string;
  /** Null when the file could not be told. */
  readonly version: LheoVersion | null;
  readonly valid: boolean;
  readonly counts: { readonly formations: number; readonly actions: number; readonly sessions: number };
  readonly faults: readonly CheckFault[];
  /** Faults beyond those listed. */
  readonly more?: number;
}

const MAX_FAULTS = 1000;

/** Keeps the first faults and counts the others. */
export class FaultList {
  readonly kept: CheckFault[] = [];
  more = 0;

  add(fault: CheckFault): void {
    if (this.kept.length < MAX_FAULTS) this.kept.push(fault);
    else this.more += 1;
  }
}

const SOURCES: Readonly<Record<CheckFault['source'], string>> = { xml: 'XML', xsd: 'schéma', rule: 'règle' };

/** A report for people. */
export function describeReport(report: CheckReport): string {
  const { file, version, valid, counts, faults, more = 0 } = report;
  const verdict = valid ? 'valide' : 'refusé par le schéma';
  const head = version === null ? `${file} : illisible` : `${file} : LHÉO ${version}, ${verdict}`;
  const lines = faults.map(
    ({ source, line, path, message }) => `  ligne ${line} · ${SOURCES[source]} · ${path || '/'} : ${message}`,
  );
  return [
    head,
    `  ${plural(counts.formations, 'formation')}, ${plural(counts.actions, 'action')}, ${plural(counts.sessions, 'session')}`,
    ...lines,
    ...(more > 0 ? [`  … et ${plural(more, 'autre faute')}`] : []),
  ].join('\n');
}

/** A number and its noun, each word in the plural beyond one. */
export function plural(count: number, noun: string): string {
  return `${count} ${count > 1 ? noun.replaceAll(/(\p{L})( |$)/gu, '$1s$2') : noun}`;
}
