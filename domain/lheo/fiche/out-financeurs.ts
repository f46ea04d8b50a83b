import type { LheoElement } from '../../grammar/types.ts';
import type { ActionDocument, Dispositif, Saisie } from '../../model/documents.ts';
import { canonicalJson } from '../../model/json.ts';

type Financeur = Saisie<LheoElement<'organisme-financeur'>>;

/** LHÉO takes no more funders on an action. */
const MAX_FINANCEURS = 8;

interface Group {
  readonly code: string;
  readonly rang: number;
  readonly sessions: Set<string>;
  readonly dispositifs: Dispositif[];
}

/** Places and extras come from the action's own entry, once: they are said of the action, not of each session. */
function financeurOf({ code, dispositifs }: Group): Financeur {
  const ofAction = dispositifs.filter(({ origine }) => origine === 'action');
  const [first] = ofAction;
  const recus = ofAction.flatMap(({ recu }) => (recu === undefined ? [] : [recu]));
  const extras = new Map(recus.flatMap((recu) => recu.extras ?? []).map((item) => [canonicalJson(item), item]));
  const { extras: _, ...recu } = recus[0] ?? {};
  return {
    'code-financeur': code,
    ...(first?.nbPlaces === undefined ? {} : { 'nb-places-financees': String(first.nbPlaces) }),
    ...recu,
    ...(extras.size === 0 ? {} : { extras: [...extras.values()] }),
  };
}

/**
 * The funders of an action: the union of its shown sessions' dispositifs by code, most sessions first, then input order,
 * then code, at most 8 (design §3). `beyond` holds the codes left out.
 */
export function financeursOf(action: ActionDocument): { readonly financeurs: Financeur[]; readonly beyond: string[] } {
  const groups = new Map<string, Group>();
  for (const session of action.sessions) {
    session.dispositifs.forEach((dispositif, rang) => {
      const code = dispositif.codeFinanceur;
      const group = groups.get(code) ?? { code, rang, sessions: new Set(), dispositifs: [] };
      groups.set(code, group);
      group.sessions.add(session.id);
      group.dispositifs.push(dispositif);
    });
  }
  const sorted = [...groups.values()].sort(
    (a, b) => b.sessions.size - a.sessions.size || a.rang - b.rang || (a.code < b.code ? -1 : 1),
  );
  return {
    financeurs: sorted.slice(0, MAX_FINANCEURS).map(financeurOf),
    beyond: sorted.slice(MAX_FINANCEURS).map(({ code }) => code),
  };
}
