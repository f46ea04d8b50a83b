import type { FormationDocument } from '../../domain/model/documents.ts';
import type { LookAlikeReasons } from '../../domain/model/look-alikes.ts';
import { actionFacts, debutOf, formationRow } from '../moderation/projection/formation-rows.ts';

export interface LookAlike {
  /** Its fiche. */
  readonly other: string;
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: LookAlikeReasons;
}

/** What formations are compared by. */
export function traitsOf(formation: FormationDocument) {
  const { intitule, rncp, rs, certifinfo, organisme } = formationRow(formation);
  const actions = formation.actions.map(actionFacts);
  const starts = formation.actions.flatMap(({ sessions }) => sessions.map((session) => debutOf(session).slice(0, 6)));
  return {
    intitule,
    rncp,
    rs,
    certifinfo,
    organisme,
    communes: actions.flatMap(({ insee }) => insee ?? []),
    sites: actions.flatMap(({ site }) => site ?? []),
    months: [...new Set(starts)].filter((month) => month !== '000000'),
  };
}
