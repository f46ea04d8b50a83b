import type { ActionDocument, FormationDocument, SessionDocument } from '../../model/documents.ts';

type NumeroLevel = 'action' | 'session';
type NumeroRemark = 'numero-invalide' | 'numero-en-double' | 'numero-deja-pris';

/** Why a numero received cannot be kept, or undefined when it can. */
export type NumeroJudge = (niveau: NumeroLevel, numero: string, id: string) => NumeroRemark | undefined;

export interface Settled {
  readonly formation: FormationDocument;
  readonly remarks: readonly { readonly code: NumeroRemark; readonly niveau: NumeroLevel; readonly numero: string }[];
}

const NUMERO_MAX = 255;

/** Never `|`, `##`, spaces or control characters in a numero (design §7). */
export function isValidNumero(numero: string): boolean {
  return numero.length > 0 && numero.length <= NUMERO_MAX && !/[|\s\p{Cc}]|##/u.test(numero);
}

/**
 * Actions and sessions whose numero cannot be kept lose it, but stay matched by it (`numeroRecu`): the acceptance gives
 * them another.
 */
export function settleNumeros(formation: FormationDocument, judge: NumeroJudge): Settled {
  const remarks: Settled['remarks'][number][] = [];
  const settle = <T extends ActionDocument | SessionDocument>(item: T, niveau: NumeroLevel): T => {
    if (item.numero === undefined) return item;
    const code = isValidNumero(item.numero) ? judge(niveau, item.numero, item.id) : 'numero-invalide';
    if (code === undefined) return item;
    remarks.push({ code, niveau, numero: item.numero });
    const { numero, ...rest } = item;
    return { ...rest, numeroRecu: item.numeroRecu ?? numero } as T;
  };
  const actions = formation.actions.map((action) => ({
    ...settle(action, 'action'),
    sessions: action.sessions.map((session) => settle(session, 'session')),
  }));
  return { formation: { ...formation, actions }, remarks };
}

/** An OF's own file: its numeros are its own references, SOFI gives the numeros (design §7). */
export function withOwnReferences(formation: FormationDocument): FormationDocument {
  const { numero, champs, ...rest } = formation;
  const { 'organisme-formation-responsable': _, ...ownChamps } = champs;
  return {
    ...rest,
    ...(numero === undefined ? {} : { referenceOf: numero }),
    champs: ownChamps,
    actions: formation.actions.map((action) => ({
      ...withReceivedOnly(action),
      sessions: action.sessions.map(withReceivedOnly),
    })),
  };
}

function withReceivedOnly<T extends ActionDocument | SessionDocument>(item: T): T {
  const { numero, ...rest } = item;
  return numero === undefined ? item : ({ ...rest, numeroRecu: numero } as T);
}
