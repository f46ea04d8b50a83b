import { type Database, openDatabase } from '../../db/connect.ts';
import { fullFile } from '../../db/publication/files.ts';
import { readReleaseRecord } from '../../db/publication/list.ts';
import { type Delta, deltaBetween } from '../../db/publication/members.ts';
import { type AcceptedBy, acceptSample } from '../../db/publication/sample-offre.ts';
import {
  actionId,
  aFormation,
  anAction,
  anOrganisme,
  aSession,
  ficheId,
  sessionId,
} from '../../domain/model/builders.ts';
import type { FicheDocument, FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';

/** Formation number `k` of an organisme, with that many sessions. */
export function sampleFormation(
  k: number,
  given: { sessions?: number; titre?: string; organisme?: number } = {},
): FormationDocument {
  const { sessions = 1, titre, organisme } = given;
  const base = aFormation({
    id: ficheId(1_000 + k),
    numero: `21_${k}`,
    actions: [
      anAction({
        id: actionId(k),
        numero: `21_A${k}`,
        sessions: Array.from({ length: sessions }, (_, i) =>
          aSession({ id: sessionId(k * 1_000 + i), numero: `21_S${k}_${i}` }),
        ),
      }),
    ],
    ...(organisme === undefined ? {} : { organisme: ficheId(organisme) }),
  });
  return titre === undefined ? base : { ...base, champs: { ...base.champs, 'intitule-formation': titre } };
}

/** A small offer in a database of its own, published step by step. For tests. */
export class SampleSet {
  readonly db: Database;
  readonly #drop: () => Promise<void>;

  private constructor(db: Database, drop: () => Promise<void>) {
    this.db = db;
    this.#drop = drop;
  }

  static async open(test: { readonly url: string; readonly drop: () => Promise<void> }): Promise<SampleSet> {
    const db = await openDatabase({ url: test.url, poolMax: 4 });
    return new SampleSet(db, () => test.drop());
  }

  async close(): Promise<void> {
    await this.db.close();
    await this.#drop();
  }

  accept(document: FicheDocument, by: AcceptedBy): Promise<string> {
    return this.db.asWorker((tx) => acceptSample(tx, document, by));
  }

  organisme(day: ParisDay): Promise<string> {
    return this.accept(anOrganisme(), { day });
  }

  async file(n: number): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of fullFile((work) => this.db.asWorker(work), n)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  delta(from: number, to: number): Promise<Delta> {
    return this.db.asWorker((tx) => deltaBetween(tx, from, to));
  }

  async record(n: number) {
    const found = await this.db.asWorker((tx) => readReleaseRecord(tx, n));
    if (found === undefined) throw new Error(`no release ${n}`);
    return found;
  }

  statutOf(id: string) {
    return this.db.asWorker((tx) =>
      tx
        .selectFrom('soumission')
        .select(['statut', 'hors_release', 'release_n'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    );
  }
}
