import { randomUUID } from 'node:crypto';
import { aFormation, anAction, anOrganisme, aSession, sampleSiret } from '../../domain/model/builders.ts';
import type { FicheDocument, FormationDocument } from '../../domain/model/documents.ts';
import type {
  ActionId,
  DispositifId,
  FicheId,
  InstantMs,
  ParisDay,
  SessionId,
  UserId,
} from '../../domain/model/ids.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Role } from '../../domain/model/vocabulary.ts';
import { checkSoumission } from '../checks/check-soumission.ts';
import { type Database, openDatabase, type Viewer } from '../connect.ts';
import {
  applyCommand,
  createBrouillon,
  depositBrouillon,
  type Effect,
  readState,
  type SoumissionState,
} from './index.ts';

export const REGION = PAYS_DE_LA_LOIRE;

/** People and commands for tests of moderation, on a real database. */
export class Stage {
  readonly db: Database;
  /** When the next thing happens, in ms; a test moves it. */
  now: number;
  #siret = 0;

  constructor(db: Database, now: number) {
    this.db = db;
    this.now = now;
  }

  static async open(url: string, now = Date.now()): Promise<Stage> {
    return new Stage(await openDatabase({ url, name: 'test' }), now);
  }

  get at(): InstantMs {
    return this.now as InstantMs;
  }

  get day(): ParisDay {
    return parisDayOf(this.now);
  }

  async person(role: Role, organismes: readonly string[] = []): Promise<Viewer> {
    const email = `${randomUUID()}@test.example`;
    return this.db.asWorker(async (sql) => {
      const { id } = await sql
        .insertInto('user_account')
        .values({ email, nom: 'Quelqu’un', role })
        .returning('id')
        .executeTakeFirstOrThrow();
      for (const organisme_id of organismes) {
        await sql.insertInto('user_organisme').values({ user_id: id, organisme_id }).execute();
      }
      return { userId: id, role, organismes };
    });
  }

  /** An organisme in the offer, and someone who enters for it. */
  async organisme(): Promise<{ readonly id: FicheId; readonly of: Viewer }> {
    const id = randomUUID() as FicheId;
    const of = await this.person('of', [id]);
    this.#siret += 1;
    const n = this.#siret + Math.floor(Math.random() * 900_000);
    const { champs } = anOrganisme();
    const document = anOrganisme({
      id,
      sites: [],
      champs: {
        ...champs,
        'numero-activite': `5244${String(n).padStart(7, '0')}`,
        'SIRET-organisme-formation': { SIRET: sampleSiret(n) },
      },
    });
    const soumissionId = await this.deposit(of, document);
    await this.approve(soumissionId);
    return { id, of };
  }

  /** A formation of an organisme with fresh ids on every level. */
  formation(organisme: string, { sessions = 1 } = {}): FormationDocument {
    const { day } = this;
    const fresh = () => randomUUID();
    return aFormation({
      day,
      id: fresh() as FicheId,
      organisme: organisme as FicheId,
      actions: [
        anAction({
          day,
          id: fresh() as ActionId,
          sessions: Array.from({ length: sessions }, () => {
            const session = aSession({ day, id: fresh() as SessionId });
            return {
              ...session,
              dispositifs: session.dispositifs.map((one) => ({ ...one, id: fresh() as DispositifId })),
            };
          }),
        }),
      ],
    });
  }

  /** Drafts and deposits as a person behind the wall; answers the soumission's id. */
  async deposit(viewer: Viewer, document: FicheDocument): Promise<string> {
    return this.db.asViewer(viewer, async (sql) => {
      const brouillon = await createBrouillon(sql, { viewer, document, at: this.now });
      const answer = await depositBrouillon(sql, {
        brouillonId: brouillon.id,
        by: actorOf(viewer),
        at: this.at,
        dueHour: REGION.dueHour,
      });
      return answer.soumissionId;
    });
  }

  state(id: string): Promise<SoumissionState | null> {
    return this.db.asWorker((sql) => readState(sql, id));
  }

  /** Applies a command at the row's own `seq`, unless another is given. */
  async apply(id: string, effect: Effect, { seq, commande }: { seq?: number; commande?: string } = {}) {
    const state = await this.state(id);
    const command = {
      id,
      seq: seq ?? state?.seq ?? 0,
      commande: commande ?? randomUUID(),
      at: this.now,
      ...effect,
    };
    return this.db.asWorker((sql) => applyCommand(sql, command, REGION));
  }

  /** Runs the checks of the current version and what they lead to. */
  async check(id: string): Promise<SoumissionState> {
    const version = (await this.state(id))?.version ?? 0;
    await this.db.asWorker((sql) => checkSoumission(sql, { id, version, at: this.now, region: REGION }));
    return this.apply(id, { kind: 'checked', version });
  }

  /** Checks when needed, then an approval by someone of the Cariforef. */
  async approve(id: string, by?: Viewer): Promise<SoumissionState> {
    const before = await this.state(id);
    const state = before?.statut === 'deposee' ? await this.check(id) : before;
    const decider = by ?? (await this.person('moderateur'));
    const decision = { kind: 'approve', version: state?.version ?? 0 } as const;
    return this.apply(id, { kind: 'decide', by: actorOf(decider), decision });
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

export function actorOf(viewer: Viewer): Actor {
  return { userId: viewer.userId as UserId, role: viewer.role };
}
