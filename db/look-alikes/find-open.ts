import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import {
  alikeActions,
  isShown,
  LOOK_ALIKES_SHOWN,
  type LookAlikeReasons,
  scoreOf,
} from '../../domain/model/look-alikes.ts';
import type { Sql } from '../connect.ts';
import { type LookAlike, traitsOf } from './traits.ts';

/** Creations whose titles are nearest, of which the contents are compared. */
const COMPARED = 20;

/** A creation under way that looks like a formation. */
export interface OpenLookAlike extends LookAlike {
  readonly soumissionId: string;
  readonly version: number;
}

type Traits = ReturnType<typeof traitsOf>;

interface Near {
  readonly id: string;
  readonly version: number;
  readonly fiche: string;
  readonly title: number;
  readonly document: FormationDocument;
}

async function nearest(sql: Sql, formation: FormationDocument, intitule: string): Promise<readonly Near[]> {
  const { rows } = await raw<Near>`
    select s.id, s.version, s.fiche_id as fiche, similarity(s.titre, ${intitule}) as title, s.document from soumission s
    where s.kind = 'creation' and s.statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees')
      and s.fiche_id <> ${formation.id}::uuid
    order by s.titre <-> ${intitule} limit ${COMPARED}`.execute(sql);
  return rows.filter(({ document }) => document.kind === 'formation');
}

const meet = (some: readonly string[], others: readonly string[]) => some.some((one) => others.includes(one));
const same = (one: string | null, other: string | null) => one !== null && one === other;

function reasonsOf(formation: FormationDocument, mine: Traits, near: Near): LookAlikeReasons {
  const theirs = traitsOf(near.document);
  return {
    title: near.title,
    certification: same(mine.rncp, theirs.rncp) || same(mine.rs, theirs.rs) || same(mine.certifinfo, theirs.certifinfo),
    place: meet(mine.communes, theirs.communes) || meet(mine.sites, theirs.sites),
    dates: meet(mine.months, theirs.months),
    organisme: formation.organisme === near.document.organisme,
    actions: alikeActions(formation, near.document),
  };
}

/** Formations that wait for their first decision and look like this one, the most alike first. */
export async function findOpenLookAlikes(sql: Sql, formation: FormationDocument): Promise<OpenLookAlike[]> {
  const mine = traitsOf(formation);
  if (mine.intitule === '') return [];
  return (await nearest(sql, formation, mine.intitule))
    .map((near): OpenLookAlike => {
      const reasons = reasonsOf(formation, mine, near);
      return { other: near.fiche, soumissionId: near.id, version: near.version, score: scoreOf(reasons), reasons };
    })
    .filter(isShown)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, LOOK_ALIKES_SHOWN);
}
