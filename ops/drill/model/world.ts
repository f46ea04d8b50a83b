import type { Viewer } from '../../../db/connect.ts';
import { createBrouillon, depositBrouillon, type Effect } from '../../../db/moderation/index.ts';
import { brokenLinks } from '../../../db/moderation/journal.ts';
import { actorOf, REGION, type Stage } from '../../../db/moderation/stage.ts';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { errorCodeOf } from '../../../domain/model/errors.ts';
import { setAtPath } from '../../../domain/model/paths.ts';
import { releaseOn } from '../../../workers/activities/sample-release.ts';

export interface Cast {
  readonly of: Viewer;
  readonly moderators: Readonly<Record<string, Viewer>>;
}

/** The same fiche on the real procedures and rows. */
export class World {
  readonly stage: Stage;
  readonly cast: Cast;
  readonly ids: string[] = [];
  readonly #document: FormationDocument;
  #titles = 0;

  constructor(stage: Stage, cast: Cast, organisme: string) {
    this.stage = stage;
    this.cast = cast;
    this.#document = stage.formation(organisme);
  }

  get fiche(): string {
    return this.#document.id;
  }

  /** Drafts a new title and deposits it; the revision of what is open is taken at once, as its workflow does. */
  async deposit(): Promise<void> {
    const { stage, cast } = this;
    this.#titles += 1;
    const document = setAtPath(this.#document, '/champs/intitule-formation', `Parcours numéro ${this.#titles}`);
    const answer = await stage.db.asViewer(cast.of, async (sql) => {
      const draft = await createBrouillon(sql, { viewer: cast.of, document, at: stage.now });
      const by = actorOf(cast.of);
      return depositBrouillon(sql, { brouillonId: draft.id, by, at: stage.at, dueHour: REGION.dueHour });
    });
    if (answer.next === 'start') this.ids.push(answer.soumissionId);
    else {
      const { soumissionId, brouillonId } = answer;
      await stage.apply(soumissionId, { kind: 'revise', by: actorOf(cast.of), brouillonId });
    }
  }

  actor(name: string) {
    const viewer = this.cast.moderators[name];
    if (viewer === undefined) throw new Error(`no moderator ${name}`);
    return actorOf(viewer);
  }

  /** The code of a refusal, or null when it was done. */
  async apply(k: number, effect: Effect): Promise<string | null> {
    try {
      await this.stage.apply(this.ids[k] ?? '', effect);
      return null;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === undefined) throw error;
      return code;
    }
  }

  async timers(): Promise<void> {
    for (const k of this.ids.keys()) {
      for (const kind of ['leaseOver', 'remind', 'remind', 'abandon'] as const) {
        const state = await this.stage.state(this.ids[k] ?? '');
        if (state?.statut === 'enRevue' || state?.statut === 'correctionsDemandees') await this.apply(k, { kind });
      }
    }
  }

  release(): Promise<number> {
    return releaseOn(this.stage.db, this.stage.day);
  }

  /** What the rows say, in the model's words. */
  async seen() {
    const { stage, ids, fiche } = this;
    return stage.db.asWorker(async (sql) => {
      const rows = await sql.selectFrom('soumission').selectAll().where('id', 'in', ids).execute();
      const approvals = await sql
        .selectFrom('journal')
        .select('n')
        .where('fiche_id', '=', fiche)
        .where('act', '=', 'approve')
        .execute();
      const { version_n: versions, fermee_le } = await sql
        .selectFrom('fiche')
        .select(['version_n', 'fermee_le'])
        .where('id', '=', fiche)
        .executeTakeFirstOrThrow();
      return {
        soumissions: ids.map((id) => {
          const row = rows.find((one) => one.id === id);
          return { statut: row?.statut, version: row?.version, accepted: row?.accepted_n ?? null };
        }),
        versions,
        inOffer: versions > 0 && fermee_le === null,
        approvals: approvals.length,
        broken: await brokenLinks(sql, fiche),
      };
    });
  }
}
