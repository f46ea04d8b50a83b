import { type Settled, settleNumeros } from '../../domain/lheo/fiche/in-numeros.ts';
import type { Candidate } from './candidate.ts';

/** The first occurrence of an organisme in the file: it counts. */
export interface FirstOrganisme {
  readonly hash: string;
  readonly line: number;
}

/**
 * What is remembered of a file while it is read: numeros and organismes seen, a few dozen bytes each. A resumed run
 * rebuilds it by reading the file again up to its cursor.
 */
export class FileMemory {
  readonly #formations = new Map<string, number>();
  readonly #below = { action: new Set<string>(), session: new Set<string>() };
  readonly #organismes = new Map<string, FirstOrganisme>();

  /** Line of the formation that had this key before, else remembers it. */
  formationLine(candidate: Candidate): number | undefined {
    const first = this.#formations.get(candidate.cle);
    if (first === undefined) this.#formations.set(candidate.cle, candidate.file.line);
    return first;
  }

  /** Whether the file names a formation by this key. */
  holds(cle: string): boolean {
    return this.#formations.has(cle);
  }

  /** Takes the numeros of actions and sessions that the file gives a second time away, and remembers the others. */
  settle(candidate: Candidate): Settled {
    return settleNumeros(candidate.formation, (niveau, numero) => {
      const seen = this.#below[niveau];
      const repeated = seen.has(numero);
      seen.add(numero);
      return repeated ? 'numero-en-double' : undefined;
    });
  }

  /** The organisme's first occurrence: this one when it is the first. */
  firstOrganisme(cle: string, here: FirstOrganisme): FirstOrganisme {
    const first = this.#organismes.get(cle);
    if (first !== undefined) return first;
    this.#organismes.set(cle, here);
    return here;
  }

  /** Goes over a formation that an earlier run did already. */
  skip(candidate: Candidate): void {
    if (this.formationLine(candidate) !== undefined) return;
    this.settle(candidate);
    if (candidate.organisme === undefined) return;
    const { key, hash } = candidate.organisme;
    this.firstOrganisme(key.cle, { hash, line: candidate.file.line });
  }
}
