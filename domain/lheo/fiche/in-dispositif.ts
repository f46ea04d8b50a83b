import { type Dispositif, texteOf } from '../../model/documents.ts';
import { type ExtraIn, extraTextes, infoOf, nestedExtras } from './in-extras.ts';
import type { LheoExtrasIn, LheoFinanceur, NewIds } from './received.ts';

/** The funders of an action as a dispositif of one of its sessions: `origine: action`, everything received kept. */
export function dispositifsFromAction(financeurs: readonly LheoFinanceur[], ids: NewIds): Dispositif[] {
  return financeurs.map((financeur) => {
    const nbPlaces = integerOf(texteOf(financeur['nb-places-financees']));
    return {
      id: ids.dispositif(),
      codeFinanceur: texteOf(financeur['code-financeur']).trim(),
      publics: publicsOf(
        (financeur.extras ?? []).filter((item) => infoOf(item) === 'specificites').flatMap(extraTextes),
      ),
      ...(nbPlaces === undefined ? {} : { nbPlaces }),
      origine: 'action' as const,
      recu: financeur,
    };
  });
}

/**
 * The exact list of a session's dispositifs, from the extras that a feed of SOFI holds (design §3); those spread from
 * the action get back what its `organisme-financeur` of the same code holds beside.
 */
export function dispositifsFromExtras(
  lists: readonly LheoExtrasIn[],
  financeurs: readonly LheoFinanceur[],
  ids: NewIds,
): Dispositif[] {
  const waiting = [...financeurs];
  const items = lists.flatMap(nestedExtras).filter((item) => infoOf(item) === 'dispositif');
  return items.map((item) => {
    const read = readDispositif(extraTextes(item));
    if (read.origine !== 'action') return { id: ids.dispositif(), ...read };
    const found = waiting.findIndex((one) => texteOf(one['code-financeur']).trim() === read.codeFinanceur);
    const [recu] = found < 0 ? [] : waiting.splice(found, 1);
    return { id: ids.dispositif(), ...read, ...(recu === undefined ? {} : { recu }) };
  });
}

function readDispositif(extras: readonly ExtraIn[]): Omit<Dispositif, 'id' | 'recu'> {
  const one = (info: string) => extras.find((extra) => extra.info === info)?.texte;
  const debutValidite = dayOf(one('debut-validite'));
  const finValidite = dayOf(one('fin-validite'));
  const nbPlaces = integerOf(one('nb-places'));
  const lieu = one('lieu');
  return {
    codeFinanceur: one('code-financeur') ?? '',
    publics: publicsOf(extras),
    ...(debutValidite === undefined ? {} : { debutValidite }),
    ...(finValidite === undefined ? {} : { finValidite }),
    ...(nbPlaces === undefined ? {} : { nbPlaces }),
    ...(lieu === undefined || lieu === '' ? {} : { lieu }),
    origine: one('origine') === 'action' ? 'action' : 'session',
  };
}

function publicsOf(extras: readonly ExtraIn[]): Dispositif['publics'] {
  return extras
    .filter((extra) => extra.info === 'code-public-vise' && extra.texte !== '')
    .map(({ texte, attributs }) => {
      const ref = attributs.ref;
      return typeof ref === 'string' ? { code: texte, ref } : { code: texte };
    });
}

function integerOf(text: string | undefined): number | undefined {
  const digits = text?.trim() ?? '';
  return /^\d{1,5}$/.test(digits) ? Number(digits) : undefined;
}

/** `AAAA-MM-JJ` from `AAAAMMJJ` or from itself; both are seen. */
export function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${month ?? ''}-${day ?? ''}`;
}
