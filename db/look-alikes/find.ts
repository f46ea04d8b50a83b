import { sql as raw } from 'kysely';
import { type FormationDocument, texteOf } from '../../domain/model/documents.ts';
import {
  alikeActions,
  isShown,
  LOOK_ALIKES_SHOWN,
  type LookAlikeReasons,
  scoreOf,
} from '../../domain/model/look-alikes.ts';
import type { Sql } from '../connect.ts';
import { type LookAlike, traitsOf } from './traits.ts';

/** Of each way to find some, this many at most are looked at. */
const CANDIDATES = 60;
/** Documents read to compare action by action. */
const COMPARED = 20;

type Candidate = Omit<LookAlikeReasons, 'actions'> & { readonly id: string };

/** Formations of the accepted offer that have the title, the certification or the organisme in common, each way by an index. */
async function candidates(sql: Sql, formation: FormationDocument): Promise<readonly Candidate[]> {
  const { intitule, rncp, rs, certifinfo, organisme, communes, sites, months } = traitsOf(formation);
  const shown = raw`f.retire_le is null and f.id <> ${formation.id}::uuid`;
  const here = raw`exists (select from action a where a.formation_id = f.id and a.retire_le is null
    and a.insee in (select insee from here))`;
  const nearest = raw`f.intitule <-> ${intitule} limit ${CANDIDATES}`;
  const certified = ([column, code]: readonly [string, string | null]) =>
    code === null
      ? []
      : [
          raw`(select f.id from formation f where ${shown} and ${raw.ref(`f.${column}`)} = ${code} order by ${here} desc, ${nearest})`,
        ];
  const ways = [
    raw`(select f.id from formation f where ${shown} order by ${nearest})`,
    raw`(select f.id from formation f where ${shown} and f.organisme_id = ${organisme}::uuid order by ${nearest})`,
    ...(
      [
        ['rncp', rncp],
        ['rs', rs],
        ['certifinfo', certifinfo],
      ] as const
    ).flatMap(certified),
  ];
  const { rows } = await raw<Candidate>`
    with here as materialized (select insee from site where id = any (${sites}::uuid[]) and insee is not null
      union select unnest(${communes}::text[])),
    near as (${raw.join(ways, raw` union `)})
    select f.id, similarity(f.intitule, ${intitule}) as title,
      (f.rncp = ${rncp} or f.rs = ${rs} or f.certifinfo = ${certifinfo}) is true as certification,
      ${here} as place,
      exists (select from session s where s.formation_id = f.id and s.retire_le is null
        and left(s.debut, 6) = any (${months}::text[])) as dates,
      f.organisme_id = ${organisme}::uuid as organisme
    from near join formation f on f.id = near.id`.execute(sql);
  return rows;
}

async function acceptedDocuments(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, FormationDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await sql
    .selectFrom('fiche')
    .innerJoin('fiche_version', (on) =>
      on.onRef('fiche_version.fiche_id', '=', 'fiche.id').onRef('fiche_version.n', '=', 'fiche.version_n'),
    )
    .select('fiche_version.document')
    .where('fiche.id', 'in', [...ids])
    .execute();
  return new Map(
    rows.flatMap(({ document }): [string, FormationDocument][] =>
      document.kind === 'formation' ? [[document.id, document]] : [],
    ),
  );
}

/** Formations of the accepted offer that look like this one, the most alike first; capped, each step by an index. */
export async function findLookAlikes(sql: Sql, formation: FormationDocument): Promise<LookAlike[]> {
  if (texteOf(formation.champs['intitule-formation']) === '') return [];
  const best = (await candidates(sql, formation))
    .map(({ id, ...found }) => ({ id, reasons: { ...found, actions: [] } satisfies LookAlikeReasons }))
    .map((one) => ({ ...one, score: scoreOf(one.reasons) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, COMPARED);
  const documents = await acceptedDocuments(
    sql,
    best.map(({ id }) => id),
  );
  return best
    .map(({ id: other, reasons: found }): LookAlike => {
      const document = documents.get(other);
      const reasons = { ...found, actions: document === undefined ? [] : alikeActions(formation, document) };
      return { other, score: scoreOf(reasons), reasons };
    })
    .filter(isShown)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, LOOK_ALIKES_SHOWN);
}
