import { dayOf } from './in-dispositif.ts';
import { extraTextes, takeExtras } from './in-extras.ts';
import type { LheoExtrasIn, LheoFormation } from './received.ts';

/** What a feed of SOFI says of a session's freshness; undefined when it says nothing. */
export function freshnessMark(
  extras: readonly LheoExtrasIn[],
): { readonly aConfirmer: boolean; readonly confirmeeLe?: string } | undefined {
  const said = extras.flatMap(extraTextes);
  if (said.length === 0) return undefined;
  const confirmeeLe = dayOf(said.find((extra) => extra.info === 'confirmee-le')?.texte);
  const aConfirmer = said.some((extra) => extra.info === 'a-confirmer' && extra.texte === '1');
  return { aConfirmer, ...(confirmeeLe === undefined ? {} : { confirmeeLe }) };
}

/** The marks of a received formation, by the numeros of its sessions as they came. */
export function freshnessMarksOf({ action = [] }: LheoFormation) {
  return action
    .flatMap(({ session = [] }) => session)
    .flatMap((session) => {
      const numero = session['@']?.numero ?? '';
      const mark = freshnessMark(takeExtras(session.extras, 'fraicheur').taken);
      return mark === undefined || numero === '' ? [] : [{ numero, ...mark }];
    });
}
