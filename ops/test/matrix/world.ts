import { randomUUID } from 'node:crypto';
import { sql as raw } from 'kysely';
import type { Sql } from '../../../db/connect.ts';
import { acceptSample } from '../../../db/publication/sample-offre.ts';
import { aFormation, anAction, anOrganisme, aSession, sampleSiret } from '../../../domain/model/builders.ts';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import type { ActionId, FicheId, ParisDay, SessionId } from '../../../domain/model/ids.ts';
import { parisDayOf } from '../../../domain/model/paris-time.ts';
import type { Person, TestApi } from '../api-server.ts';

/** What the calls of the matrix are about: everything belongs to OF A, and only A may see what is not public. */
export interface World {
  readonly organisme: string;
  readonly site: string;
  readonly formation: string;
  readonly session: string;
  /** A formation that a draft may propose for this organisme. */
  readonly proposal: FormationDocument;
  readonly brouillon: string;
  /** What the brouillon holds. */
  readonly written: FormationDocument;
  readonly soumission: string;
  readonly person: string;
  readonly token: string;
  /** A formation that the soumission's may look like. */
  readonly other: string;
  /** A lot of the moderator's, done. */
  readonly lot: string;
  /** A mail that went, and the task that its refusal became. */
  readonly courriel: string;
  readonly messageId: string;
  readonly retour: string;
}

let made = 0;
const today = (): ParisDay => parisDayOf(Date.now());

function newFormation(organisme: string): FormationDocument {
  const session = aSession({ id: randomUUID() as SessionId, day: today() });
  const action = anAction({ id: randomUUID() as ActionId, sessions: [session] });
  return aFormation({ id: randomUUID() as FicheId, organisme: organisme as FicheId, actions: [action] });
}

async function acceptedOffer(
  sql: Sql,
  userId: string,
): Promise<Pick<World, 'organisme' | 'site' | 'formation' | 'session'>> {
  made += 1;
  const siret = { 'SIRET-organisme-formation': { SIRET: sampleSiret(1_000 + made) } };
  const champs = { ...anOrganisme().champs, ...siret };
  const organisme = { ...anOrganisme(), id: randomUUID() as FicheId, champs, sites: [] };
  const formation = newFormation(organisme.id);
  const site = randomUUID();
  await acceptSample(sql, organisme, { day: today() });
  await acceptSample(sql, formation, { day: today() });
  await raw`insert into site (id, organisme_id, nom) values (${site}, ${organisme.id}, 'Site')`.execute(sql);
  await raw`insert into user_organisme (user_id, organisme_id) values (${userId}, ${organisme.id})`.execute(sql);
  await raw`insert into release_member (fiche_id, from_release, numero, kind, sha256, version_n, input_hash)
    select f.id, 1, f.numero, 'formation', repeat('0', 64), f.version_n, repeat('0', 64) from formation f where f.id = ${formation.id}`.execute(
    sql,
  );
  const session = formation.actions[0]?.sessions[0]?.id ?? '';
  return { organisme: organisme.id, site, formation: formation.id, session };
}

/** What the machine makes by itself: an approval by a lane that is audited, a lot that is done, a mail that came back. */
async function madeByItself(sql: Sql, soumission: string, moderator: string) {
  await raw`insert into voie_usage (soumission_id, version, voie_id, voie_version, at, audite)
    values (${soumission}, 1, 'contact', 1, now(), true)`.execute(sql);
  const lot = await raw<{ id: string }>`insert into lot (user_id, role, kind, state, created_at, finished_at)
    values (${moderator}, 'moderateur', 'approve', 'done', now(), now()) returning id`.execute(sql);
  const messageId = `<${randomUUID()}@sofi.example>`;
  const destinataire = `${randomUUID()}@exemple.fr`;
  const courriel = await raw<{
    id: string;
  }>`insert into courriel (cle, kind, destinataire, adresse, payload, state, message_id, sent_at)
    values (${messageId}, 'essai', ${destinataire}, ${destinataire}, '{}', 'envoye', ${messageId}, now()) returning id`.execute(
    sql,
  );
  const id = courriel.rows[0]?.id ?? '';
  const retour = await raw<{ id: string }>`insert into courriel_retour (destinataire, courriel_id, kind, code, at)
    values (${destinataire}, ${id}, 'rejet', '550', now()) returning id`.execute(sql);
  return { lot: lot.rows[0]?.id ?? '', courriel: id, messageId, retour: retour.rows[0]?.id ?? '' };
}

/** A new organisme of OF A with one of everything, made as people make it where a call exists for it. */
export async function makeWorld(api: TestApi, ofA: Person, moderator: string): Promise<World> {
  const me = await ofA.call('get', '/me');
  const offer = await api.db.asWorker((sql) => acceptedOffer(sql, me.body.id));
  const draft = async (document: FormationDocument): Promise<string> => {
    const answer = await ofA.call('post', '/brouillons', { document });
    if (answer.status !== 201) throw new Error(`Cannot make a draft: ${answer.text}`);
    return answer.body.id;
  };
  const soumission = await draft(newFormation(offer.organisme));
  const deposit = await ofA.call('post', `/brouillons/${soumission}/depot`);
  if (deposit.status !== 202) throw new Error(`Cannot deposit: ${deposit.text}`);
  const token = await ofA.call('post', '/tokens', { label: 'matrix' });
  const person = await api.db.asWorker((sql) =>
    raw<{ id: string }>`insert into user_account (email, nom, role)
      values (${`${randomUUID()}@demo.sofi`}, 'Somebody', 'of') returning id`.execute(sql),
  );
  const written = newFormation(offer.organisme);
  return {
    ...offer,
    ...(await api.db.asWorker((sql) => madeByItself(sql, soumission, moderator))),
    other: offer.formation,
    proposal: newFormation(offer.organisme),
    brouillon: await draft(written),
    written,
    soumission,
    person: person.rows[0]?.id ?? '',
    token: token.body.id,
  };
}
