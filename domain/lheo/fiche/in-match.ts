import {
  type ActionDocument,
  type Dispositif,
  type FormationDocument,
  type SessionDocument,
  texteOf,
} from '../../model/documents.ts';

/** An action or session whose place in the earlier version could not be told: it becomes a new one, with a remark. */
interface Doubt {
  readonly path: string;
  readonly niveau: 'action' | 'session';
}

export interface Matched {
  readonly formation: FormationDocument;
  readonly doubts: readonly Doubt[];
}

/** Ids that this source's numeros had in earlier versions of the same fiche. */
export type GivenBefore = (niveau: 'action' | 'session', numero: string) => string | undefined;

/**
 * Gives a received formation the ids of the version before it: by numero as the source gives it, else an action by
 * formateur, modality and place, a session by its action and dates (design §7). A numero once given stays.
 */
export function matchIds(candidate: FormationDocument, before: FormationDocument, given: GivenBefore): Matched {
  const doubts: Doubt[] = [];
  const used = new Set<string>();
  const once = (id: string | undefined) => {
    if (id === undefined || used.has(id)) return undefined;
    used.add(id);
    return id;
  };
  const sessionsBefore = before.actions.flatMap((action) => action.sessions);
  const actionOf = pairs(candidate.actions, before.actions, actionKey);
  const actions = candidate.actions.map((action): ActionDocument => {
    const found = actionOf.get(action);
    const id = once(found?.known?.id ?? givenId(given, 'action', action));
    if (found?.doubtful === true) doubts.push({ path: `/actions/${action.id}`, niveau: 'action' });
    const sessionOf = pairs(action.sessions, found?.known?.sessions ?? [], sessionKey, sessionsBefore);
    return {
      ...adopt(action, found?.known, id),
      sessions: action.sessions.map((session) => {
        const pair = sessionOf.get(session);
        if (pair?.doubtful === true)
          doubts.push({ path: `/actions/${id ?? action.id}/sessions/${session.id}`, niveau: 'session' });
        return {
          ...adopt(session, pair?.known, once(pair?.known?.id ?? givenId(given, 'session', session))),
          dispositifs: withKnownIds(session.dispositifs, pair?.known?.dispositifs ?? []),
        };
      }),
    };
  });
  return { formation: { ...candidate, id: before.id, organisme: before.organisme, actions }, doubts };
}

interface Numbered {
  readonly id: string;
  readonly numero?: string;
  readonly numeroRecu?: string;
}

interface Pair<T> {
  readonly known: T | undefined;
  readonly doubtful: boolean;
}

/** The numero as its source gives it. */
function receivedNumero(item: Numbered): string | undefined {
  return item.numeroRecu ?? item.numero;
}

/** Pairs by numero anywhere in `wide`, then those without one by what they say, when that names one only. */
function pairs<T extends Numbered>(
  items: readonly T[],
  before: readonly T[],
  keyOf: (item: T) => string,
  wide: readonly T[] = before,
): Map<T, Pair<T>> {
  const found = new Map<T, Pair<T>>();
  const free = new Set(before);
  const byNumero = Map.groupBy(
    wide.flatMap((known) => numerosOf(known).map((numero) => ({ numero, known }))),
    ({ numero }) => numero,
  );
  const taken = new Set<string>();
  for (const item of items) {
    const known = numerosOf(item)
      .flatMap((numero) => byNumero.get(numero) ?? [])
      .find((one) => !taken.has(one.known.id))?.known;
    if (known === undefined) continue;
    taken.add(known.id);
    free.delete(known);
    found.set(item, { known, doubtful: false });
  }
  for (const item of items.filter((one) => !found.has(one))) {
    const alike = [...free].filter((one) => keyOf(one) === keyOf(item) && mayBeSame(one, item));
    const [known] = alike;
    if (known === undefined) continue;
    if (alike.length === 1) free.delete(known);
    found.set(item, { known: alike.length === 1 ? known : undefined, doubtful: alike.length > 1 });
  }
  return found;
}

/** Two different numeros are two objects, whatever else they share. */
function mayBeSame(a: Numbered, b: Numbered): boolean {
  return receivedNumero(a) === undefined || receivedNumero(b) === undefined;
}

function numerosOf(item: Numbered): string[] {
  return [item.numeroRecu, item.numero].filter((numero) => numero !== undefined);
}

function givenId(given: GivenBefore, niveau: 'action' | 'session', item: Numbered): string | undefined {
  const numero = receivedNumero(item);
  return numero === undefined ? undefined : given(niveau, numero);
}

function adopt<T extends Numbered>(item: T, known: Numbered | undefined, id: string | undefined): T {
  if (id === undefined) return item;
  const received = receivedNumero(item);
  const numero = known?.numero ?? item.numero;
  const { numero: _, numeroRecu: __, ...rest } = item;
  return {
    ...rest,
    id,
    ...(numero === undefined ? {} : { numero }),
    ...(received === undefined || received === numero ? {} : { numeroRecu: received }),
  } as unknown as T;
}

function withKnownIds(items: readonly Dispositif[], before: readonly Dispositif[]): Dispositif[] {
  const free = [...before];
  return items.map((item) => {
    const found = free.findIndex((one) => one.codeFinanceur === item.codeFinanceur && one.origine === item.origine);
    const [known] = found < 0 ? [] : free.splice(found, 1);
    return known === undefined ? item : { ...item, id: known.id };
  });
}

function actionKey({ champs }: ActionDocument): string {
  const place = champs['lieu-de-formation']?.[0]?.coordonnees?.adresse;
  const formateur = champs['organisme-formateur']?.[0]?.['SIRET-formateur']?.SIRET;
  const where = texteOf(place?.['code-INSEE-commune']) || `${texteOf(place?.codepostal)} ${texteOf(place?.ville)}`;
  return [texteOf(formateur), texteOf(champs['modalites-enseignement']), where].map((text) => text.trim()).join('|');
}

function sessionKey({ champs }: SessionDocument): string {
  return `${texteOf(champs.periode?.debut)}|${texteOf(champs.periode?.fin)}`;
}
