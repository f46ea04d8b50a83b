import { sql as raw } from 'kysely';
import type { MailKind } from '../../domain/model/mail.ts';
import { type FactsOf, MAIL_LIST_MAX, type MailFacts, type MailSession } from '../../domain/model/mail-facts.ts';
import type { Clock } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import type { MailPayload } from '../entities/mail.entity.ts';
import { endedNow } from '../fraicheur/ended.ts';
import { type AboutRow, aboutSoumission, type MailRow } from './about.ts';

type Read<K extends MailKind> = (sql: Sql, row: MailRow) => Promise<FactsOf<K> | null>;

/** Facts of a mail about one soumission; null once it is gone. */
const about =
  <K extends MailKind>(
    build: (row: AboutRow, payload: MailPayload) => Omit<FactsOf<K>, 'soumission' | 'fiche'>,
  ): Read<K> =>
  async (sql, row) => {
    const found = await aboutSoumission(sql, row);
    if (found === null) return null;
    return { soumission: found.soumission, fiche: found.fiche, ...build(found, row.payload) } as unknown as FactsOf<K>;
  };

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);

/** Titles of the soumissions that the items name, in their order. */
async function titled(sql: Sql, { payload }: MailRow) {
  const items = payload.items ?? [];
  const { rows } = await raw<{ titre: string; raison: string | null }>`
    select s.titre, x.value ->> 'raison' as raison
    from jsonb_array_elements(${json(items.slice(0, MAIL_LIST_MAX))}) with ordinality x(value, rang)
    join soumission s on s.id = (x.value ->> 'soumission')::uuid order by x.rang`.execute(sql);
  return { rows, total: items.length };
}

const published: Read<'publie'> = async (sql, row) => {
  const { rows, total } = await titled(sql, row);
  const release = numberOf(row.payload.release) ?? 0;
  return rows.length === 0 ? null : { kind: 'publie', release, titres: rows.map(({ titre }) => titre), total };
};

const keptOut: Read<'horsRelease'> = async (sql, row) => {
  const { rows, total } = await titled(sql, row);
  const fiches = rows.map(({ titre, raison }) => ({ titre, raison: raison ?? '' }));
  return rows.length === 0 ? null : { kind: 'horsRelease', fiches, total };
};

/** Sessions still in the offer; what was withdrawn since is not asked about. */
const freshness: Read<'fraicheur'> = async (sql, { payload }) => {
  const { rows } = await raw<MailSession & { readonly organisme: string }>`
    select f.intitule as titre, x.value ->> 'stage' as stage, s.debut, s.fin, a.commune as lieu,
      ${endedNow} as terminee, coalesce(o.nom, '') as organisme
    from jsonb_array_elements(${json(payload.items ?? [])}) with ordinality x(value, rang)
    join session s on s.id = (x.value ->> 'session')::uuid and s.retire_le is null
    join formation f on f.id = s.formation_id and f.retire_le is null
    join action a on a.id = s.action_id left join organisme o on o.id = f.organisme_id order by x.rang`.execute(sql);
  if (rows.length === 0) return null;
  const organismes = [...new Set(rows.map(({ organisme }) => organisme).filter((nom) => nom !== ''))];
  const shown = [...Map.groupBy(rows, ({ stage, terminee }) => (terminee ? 'terminee' : stage)).values()].flatMap(
    (own) => own.slice(0, MAIL_LIST_MAX),
  );
  return { kind: 'fraicheur', organismes, sessions: shown, total: rows.length };
};

const digest: Read<'recapitulatif'> = async (sql, { payload }) => {
  const ids = (payload.items ?? []).map(({ courriel }) => String(courriel));
  const rows = await mailRows(sql, ids.slice(0, MAIL_LIST_MAX));
  const parties: MailFacts[] = [];
  for (const row of rows) {
    const facts = await readFacts(sql, row);
    if (facts !== null) parties.push(facts);
  }
  return parties.length === 0 ? null : { kind: 'recapitulatif', parties, total: ids.length };
};

const message: Read<'message'> = async (sql, row) => {
  const [found, written] = [
    await aboutSoumission(sql, row),
    await sql
      .selectFrom('message')
      .select('texte')
      .where('id', '=', String(row.payload.message))
      .where('interne', '=', false)
      .executeTakeFirst(),
  ];
  if (found === null || written === undefined) return null;
  return { kind: 'message', soumission: found.soumission, fiche: found.fiche, texte: written.texte };
};

const READS: { readonly [K in MailKind]: Read<K> } = {
  recu: about<'recu'>(({ diffusion }) => ({ kind: 'recu', diffusion })),
  corrections: about<'corrections'>(({ motif, demandes }, payload) => ({
    kind: 'corrections',
    motif,
    demandes,
    parRegles: numberOf(payload.blocking),
  })),
  rappel: about<'rappel'>((_, payload) => ({ kind: 'rappel', jour: numberOf(payload.day) ?? 0 })),
  decision: about<'decision'>(({ motif, retrait, diffusion }, payload) => ({
    kind: 'decision',
    sens: payload.sens === 'refuse' ? 'refuse' : 'approve',
    motif,
    retrait,
    parRegle: payload.parRegle === true,
    diffusion,
  })),
  annulation: about<'annulation'>(() => ({ kind: 'annulation' })),
  abandon: about<'abandon'>((_, payload) => ({ kind: 'abandon', jours: numberOf(payload.days) ?? 0 })),
  publie: published,
  horsRelease: keptOut,
  retrait: about<'retrait'>(({ motifDuRetrait }, payload) => ({
    kind: 'retrait',
    motif: motifDuRetrait,
    sessions: numberOf(payload.sessions),
  })),
  message,
  escalade: about<'escalade'>((_, payload) => ({
    kind: 'escalade',
    clock: payload.clock as Clock,
    due: numberOf(payload.due) ?? 0,
  })),
  fraicheur: freshness,
  recapitulatif: digest,
  essai: () => Promise.resolve({ kind: 'essai' }),
};

/** Mails as their facts are read from, in the order of the ids. */
export async function mailRows(sql: Sql, ids: readonly string[]): Promise<MailRow[]> {
  if (ids.length === 0) return [];
  return sql
    .selectFrom('courriel')
    .select(['id', 'kind', 'payload', 'soumission_id', 'organisme_id'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
}

/** What a mail tells, as things stand now; null when there is nothing left to tell. */
export async function readFacts(sql: Sql, row: MailRow): Promise<MailFacts | null> {
  return (READS[row.kind] as Read<MailKind>)(sql, row);
}
