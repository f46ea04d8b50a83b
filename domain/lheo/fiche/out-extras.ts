import type { LheoElement, LheoExtra } from '../../grammar/types.ts';
import type { Dispositif, Saisie, SessionDocument } from '../../model/documents.ts';
import { infoOf } from './in-extras.ts';

type Extras = Saisie<LheoElement<'extras'>>;

/** The CPF marking of an eligible session, as it is published. */
export interface CpfMark {
  readonly code: string | null;
  readonly source: string | null;
  /** `AAAA-MM-JJ`; null means without limit. */
  readonly debut: string | null;
  readonly fin: string | null;
}

/** What the feeds say of a session's freshness (design §3). */
export interface FreshnessMark {
  /** `AAAA-MM-JJ`; null when it never was confirmed. */
  readonly confirmeeLe: string | null;
  readonly aConfirmer: boolean;
}

/** Extras of a session that SOFI writes itself: as received they are never sent out. */
const OWN = new Set(['eligibilite-cpf', 'dispositifs-session', 'fraicheur']);

function extra(info: string, texte: string, attributs: Readonly<Record<string, string>> = {}): { extra: LheoExtra } {
  return { extra: { '#': texte, '@': { ...attributs, info } } };
}

function compact(day: string): string {
  return day.replaceAll('-', '');
}

function optional(info: string, texte: string | number | null | undefined): { extra: LheoExtra }[] {
  return texte === undefined || texte === null || texte === '' ? [] : [extra(info, String(texte))];
}

function dispositifExtras(dispositif: Dispositif): Extras {
  return {
    '@': { info: 'dispositif', numero: dispositif.id },
    contenu: [
      extra('code-financeur', dispositif.codeFinanceur),
      ...dispositif.publics.map(({ code, ref }) => extra('code-public-vise', code, ref === undefined ? {} : { ref })),
      ...optional('debut-validite', dispositif.debutValidite && compact(dispositif.debutValidite)),
      ...optional('fin-validite', dispositif.finValidite && compact(dispositif.finValidite)),
      ...optional('nb-places', dispositif.nbPlaces),
      ...optional('lieu', dispositif.lieu),
      extra('origine', dispositif.origine),
    ],
  };
}

/** The exact list of a session's funding, which LHÉO has on the action only (design §3). */
function dispositifsExtras(dispositifs: readonly Dispositif[]): Extras[] {
  if (dispositifs.length === 0) return [];
  const contenu = dispositifs.map((dispositif) => ({ extras: dispositifExtras(dispositif) }));
  return [{ '@': { info: 'dispositifs-session' }, contenu }];
}

/** No block means not eligible; an interval without limits goes out with LHÉO's unknown start and end (design §9). */
function cpfExtras(mark: CpfMark | undefined): Extras[] {
  if (mark === undefined) return [];
  const numero = mark.code === null ? {} : { numero: mark.code };
  return [
    {
      '@': { info: 'eligibilite-cpf', ...numero },
      contenu: [
        ...optional('source', mark.source),
        extra('debut-validite', mark.debut === null ? '00000000' : compact(mark.debut)),
        extra('fin-validite', mark.fin === null ? '99999999' : compact(mark.fin)),
      ],
    },
  ];
}

function freshnessExtras(mark: FreshnessMark | undefined): Extras[] {
  if (mark === undefined) return [];
  const contenu = [
    ...optional('confirmee-le', mark.confirmeeLe && compact(mark.confirmeeLe)),
    ...(mark.aConfirmer ? [extra('a-confirmer', '1')] : []),
  ];
  return contenu.length === 0 ? [] : [{ '@': { info: 'fraicheur' }, contenu }];
}

/** A session's extras as received, then those SOFI adds. */
export function sessionExtras(
  session: SessionDocument,
  cpf: CpfMark | undefined,
  freshness: FreshnessMark | undefined,
): Extras[] {
  return [
    ...(session.champs.extras ?? []).filter((item) => !OWN.has(infoOf(item))),
    ...dispositifsExtras(session.dispositifs),
    ...cpfExtras(cpf),
    ...freshnessExtras(freshness),
  ];
}
