import { type RawBuilder, sql as raw } from 'kysely';
import type { AnswerKind } from '../../domain/model/fraicheur/answers.ts';
import type { FreshnessCause } from '../../domain/model/fraicheur/causes.ts';
import type { FreshnessStage } from '../../domain/model/fraicheur/stages.ts';
import type { AnswerWay } from '../../domain/model/fraicheur/ways.ts';
import type { Sql } from '../connect.ts';
import type { Slice } from '../offre/page.ts';
import { endedNow } from './ended.ts';

export const BOARD_SORTS = ['stadeLe', 'stade', 'organisme', 'debut', 'confirmeeLe', 'intitule'] as const;

export interface BoardFilter {
  readonly stade?: readonly FreshnessStage[] | undefined;
  readonly cause?: readonly FreshnessCause[] | undefined;
  readonly organisme?: readonly string[] | undefined;
}

/** A session that has reached a stage. */
export interface BoardRow {
  readonly id: string;
  readonly numero: string;
  readonly formation: string;
  readonly intitule: string;
  readonly organisme: string;
  readonly nom: string;
  readonly debut: string;
  readonly fin: string;
  readonly commune: string | null;
  readonly stade: FreshnessStage;
  readonly stadeLe: string | null;
  readonly cause: FreshnessCause | null;
  readonly jourD: string | null;
  readonly confirmeeLe: string | null;
}

const COLUMNS: Readonly<Record<(typeof BOARD_SORTS)[number], RawBuilder<unknown>>> = {
  stadeLe: raw`k.stade_le`,
  stade: raw`array_position(array['fraiche','aConfirmer','rappel1','rappel2','marquee','retiree','archivee'], k.stade)`,
  organisme: raw`o.nom`,
  debut: raw`s.debut`,
  confirmeeLe: raw`k.confirmee_le`,
  intitule: raw`f.intitule`,
};

const anyOf = (column: RawBuilder<unknown>, values: readonly string[] | undefined, type: string) =>
  values === undefined ? raw`true` : raw`${column} = any (${[...values]}::${raw.raw(type)}[])`;

function board({ stade, cause, organisme }: BoardFilter): RawBuilder<unknown> {
  return raw`from fraicheur k join session s on s.id = k.session_id join formation f on f.id = s.formation_id
    join action a on a.id = s.action_id join organisme o on o.id = f.organisme_id
    where s.retire_le is null and f.retire_le is null and k.stade <> 'fraiche'
      and (k.cause = 'sessionTerminee' or not ${endedNow})
      and ${anyOf(raw`k.stade`, stade, 'text')} and ${anyOf(raw`k.cause`, cause, 'text')}
      and ${anyOf(raw`k.organisme_id`, organisme, 'uuid')}`;
}

/** Sessions that have reached a stage; an OF sees those of its organismes. */
export async function readBoard(sql: Sql, asked: Slice<BoardFilter, (typeof BOARD_SORTS)[number]>) {
  const from = board(asked.filter);
  const [column, order] = asked.sort;
  const { rows } = await raw<BoardRow>`select s.id, s.numero, s.formation_id as formation, f.intitule,
      f.organisme_id as organisme, o.nom, s.debut, s.fin, a.commune, k.stade, k.stade_le as "stadeLe", k.cause,
      k.jour_d as "jourD", k.confirmee_le as "confirmeeLe"
    ${from} order by ${COLUMNS[column]} ${raw.raw(order)} nulls last, s.id limit ${asked.limit} offset ${asked.from}`.execute(
    sql,
  );
  const counted = await raw<{ n: number }>`select count(*)::int as n ${from}`.execute(sql);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

export const CALL_SORTS = ['sessions', 'nom', 'depuis', 'reponse'] as const;

/** An organisme that owes answers, to be called. */
export interface CallRow {
  readonly id: string;
  readonly nom: string;
  readonly telephone: string | null;
  readonly courriel: string | null;
  readonly sessions: number;
  readonly marquees: number;
  readonly retirees: number;
  /** Since when it has owed its oldest answer. */
  readonly depuis: string | null;
  /** Last answer, whatever its way; null when it never answered. */
  readonly reponse: string | null;
  readonly cycles: number;
  readonly ponctuels: number;
}

const CALLS: Readonly<Record<(typeof CALL_SORTS)[number], RawBuilder<unknown>>> = {
  sessions: raw`sessions`,
  nom: raw`o.nom`,
  depuis: raw`depuis`,
  reponse: raw`reponse`,
};

/** The organismes with sessions reminded of, who never answered first; telephones come from their accepted fiches. */
export async function readCalls(sql: Sql, asked: Slice<unknown, (typeof CALL_SORTS)[number]>) {
  const owing = raw`select k.organisme_id, count(*)::int as sessions, min(k.jour_d) as depuis,
      (count(*) filter (where k.stade = 'marquee'))::int as marquees,
      (count(*) filter (where k.stade = 'retiree'))::int as retirees
    from fraicheur k join session s on s.id = k.session_id join action a on a.id = s.action_id
    where s.retire_le is null and not ${endedNow}
      and k.stade in ('rappel1', 'rappel2', 'marquee', 'retiree') group by 1`;
  const [column, order] = asked.sort;
  const phone = raw`v.document #> '{champs,coordonnees-organisme,coordonnees}'`;
  const { rows } = await raw<CallRow>`with owing as (${owing}) select o.id, o.nom,
      coalesce(${phone} #>> '{telfixe,numtel,0}', ${phone} #>> '{portable,numtel,0}') as telephone,
      ${phone} ->> 'courriel' as courriel, w.sessions, w.marquees, w.retirees, w.depuis,
      (select max(r.jour) from fraicheur_reponse r where r.organisme_id = o.id) as reponse,
      coalesce(p.cycles, 0) as cycles, coalesce(p.ponctuels, 0) as ponctuels
    from owing w join organisme o on o.id = w.organisme_id join fiche f on f.id = o.id
    left join fiche_version v on v.fiche_id = f.id and v.n = f.version_n
    left join fraicheur_organisme p on p.organisme_id = o.id
    order by ${CALLS[column]} ${raw.raw(order)} nulls first, o.id limit ${asked.limit} offset ${asked.from}`.execute(
    sql,
  );
  const counted = await raw<{ n: number }>`select count(*)::int as n from (${owing}) w`.execute(sql);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

/** Who answered what, by which way and which mail. */
export interface AnswerRow {
  readonly id: string;
  readonly session: string;
  readonly numero: string;
  readonly intitule: string;
  readonly organisme: string;
  readonly reponse: AnswerKind;
  readonly voie: AnswerWay;
  /** The address or the name that the mail went to. */
  readonly courriel: string | null;
  readonly par: string | null;
  readonly at: Date;
  readonly soumission: string | null;
}

/** The answers about sessions, the newest first; an OF sees those of its organismes. */
export async function readAnswersGiven(
  sql: Sql,
  organismes: readonly string[] | undefined,
  asked: Slice<unknown, 'at'>,
) {
  const where = raw`where ${anyOf(raw`r.organisme_id`, organismes, 'uuid')}`;
  const { rows } = await raw<AnswerRow>`select r.id, r.session_id as session, s.numero, f.intitule,
      r.organisme_id as organisme, r.reponse, r.voie, r.courriel_id as courriel, u.nom as par, r.at,
      r.soumission_id as soumission
    from fraicheur_reponse r join session s on s.id = r.session_id join formation f on f.id = r.formation_id
    left join user_account u on u.id = r.user_id ${where}
    order by r.at ${raw.raw(asked.sort[1])}, r.id limit ${asked.limit} offset ${asked.from}`.execute(sql);
  const counted = await raw<{ n: number }>`select count(*)::int as n from fraicheur_reponse r ${where}`.execute(sql);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}
