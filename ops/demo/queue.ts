import type { Database, Sql } from '../../db/connect.ts';
import { depositReceived } from '../../db/moderation/index.ts';
import { acceptedVersions } from '../../db/moderation/rows.ts';
import {
  type ActionDocument,
  type FormationDocument,
  type SessionDocument,
  texteOf,
} from '../../domain/model/documents.ts';
import type { InstantMs, UserId } from '../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import type { Actor } from '../../domain/model/requests.ts';

const HOUR_MS = 3_600_000;
/** Deposited so many days ago, the first of the queue is late whatever week-ends lie between. */
const LATE_DAYS = 7;

type Change = (formation: FormationDocument) => FormationDocument;

const withChamps = (formation: FormationDocument, champs: FormationDocument['champs']): FormationDocument => ({
  ...formation,
  champs: { ...formation.champs, ...champs },
});

function withFirstAction(formation: FormationDocument, change: (action: ActionDocument) => ActionDocument) {
  return { ...formation, actions: formation.actions.map((action, index) => (index === 0 ? change(action) : action)) };
}

function withFirstSession(formation: FormationDocument, change: (session: SessionDocument) => SessionDocument) {
  return withFirstAction(formation, (action) => ({
    ...action,
    sessions: action.sessions.map((session, index) => (index === 0 ? change(session) : session)),
  }));
}

/** What OFs change in an offer that is published: words, a price, a period, a level, the length. */
const CHANGES: readonly Change[] = [
  (formation) =>
    withChamps(formation, {
      'intitule-formation': `${texteOf(formation.champs['intitule-formation'])} – nouvelle formule`,
    }),
  (formation) =>
    withFirstAction(formation, (action) => ({ ...action, champs: { ...action.champs, 'prix-total-TTC': '1890.00' } })),
  (formation) =>
    withFirstSession(formation, (session) => ({
      ...session,
      champs: {
        ...session.champs,
        'etat-recrutement': '3',
        'modalites-inscription': 'Sur dossier, puis entretien individuel',
      },
    })),
  (formation) =>
    withChamps(formation, {
      'objectif-formation':
        'Exercer le métier en autonomie, en lien avec les autres corps de métier et dans le respect des règles de sécurité.',
      'resultats-attendus': 'Tenir un poste dans une équipe dès la sortie.',
    }),
  (formation) =>
    withFirstAction(formation, (action) => ({
      ...action,
      champs: { ...action.champs, 'rythme-formation': 'Temps partiel, deux jours par semaine' },
    })),
  (formation) =>
    withFirstSession(formation, (session) => ({ ...session, dispositifs: session.dispositifs.slice(0, 1) })),
];

export interface Waiting {
  readonly by: string;
  readonly now: number;
  readonly count: number;
  /** Formations that stay as they are. */
  readonly except: readonly string[];
}

/**
 * Deposits changes of published formations as a flow does, each at an earlier instant, the first of them days ago.
 * Answers the soumissions, the late one first.
 */
export async function depositChanges(db: Database, { by, now, count, except }: Waiting): Promise<string[]> {
  const actor: Actor = { userId: by as UserId, role: 'administrateur' };
  return db.asWorker(async (sql) => {
    const formations = await publishedFormations(sql, count, except);
    const made: string[] = [];
    for (const [index, document] of formations.entries()) {
      const change = CHANGES[index % CHANGES.length] ?? ((same) => same);
      const ago = index === 0 ? LATE_DAYS * 24 * HOUR_MS : index * HOUR_MS;
      const [answer] = await depositReceived(
        sql,
        {
          source: 'flux',
          sourceName: 'intercarif',
          importId: null,
          by: actor,
          at: (now - ago) as InstantMs,
          dueHour: PAYS_DE_LA_LOIRE.dueHour,
          conduite: 'workflow',
        },
        [{ document: change(document) }],
      );
      if (answer !== undefined) made.push(answer.soumissionId);
    }
    return made;
  });
}

async function publishedFormations(sql: Sql, count: number, except: readonly string[]): Promise<FormationDocument[]> {
  const rows = await sql
    .selectFrom('formation')
    .select(['id', 'version_n'])
    .where('retire_le', 'is', null)
    .where((eb) => (except.length === 0 ? eb.lit(true) : eb('id', 'not in', [...except])))
    .orderBy('numero', 'desc')
    .limit(count * 3)
    .execute();
  const names = rows.filter((_, index) => index % 3 === 0).map(({ id, version_n }) => ({ ficheId: id, n: version_n }));
  const versionOf = await acceptedVersions(sql, names);
  return names.flatMap((name) => {
    const document = versionOf(name)?.document;
    return document?.kind === 'formation' ? [document] : [];
  });
}
