import type { LheoAttributs } from '../../grammar/types.ts';
import type { ActionDocument, OrganismeDocument, SessionDocument } from '../../model/documents.ts';
import { dispositifsFromAction, dispositifsFromExtras } from './in-dispositif.ts';
import { takeExtras, withoutExportDates } from './in-extras.ts';
import { freshnessMark } from './in-fraicheur.ts';
import type {
  FraicheurRecue,
  LheoAction,
  LheoFinanceur,
  LheoFormation,
  LheoSession,
  NewIds,
  ReceivedFormation,
} from './received.ts';

/**
 * A `formation` of LHÉO as fiches: numeros leave their attributes, funders become dispositifs of each session, extras
 * that SOFI itself writes are read back, dates of the export are dropped (design §3, §5). Nothing is judged here.
 */
export function fromLheo(element: LheoFormation, ids: NewIds): ReceivedFormation {
  const { action = [], ...champs } = withoutNumero(withoutExportDates(element));
  const organisme = champs['organisme-formation-responsable'];
  const fraicheur: FraicheurRecue[] = [];
  const organismeId = ids.fiche();
  return {
    formation: {
      kind: 'formation',
      id: ids.fiche(),
      organisme: organismeId,
      ...numeroOf(element),
      champs,
      actions: action.map((item) => actionFrom(item, ids, fraicheur)),
    },
    organisme: organisme && organismeFrom(organisme, organismeId),
    fraicheur,
  };
}

function organismeFrom(champs: OrganismeDocument['champs'], id: OrganismeDocument['id']): OrganismeDocument {
  return { kind: 'organisme', id, champs, sites: [] };
}

function actionFrom(element: LheoAction, ids: NewIds, fraicheur: FraicheurRecue[]): ActionDocument {
  const { session = [], 'organisme-financeur': financeurs = [], ...champs } = withoutNumero(element);
  // A feed of SOFI lists the dispositifs of each session that has some: beside a list, no list means none.
  const listed = session.some(({ extras }) => takeExtras(extras, 'dispositifs-session').taken.length > 0);
  const funding: Funding = { financeurs, listed };
  return {
    id: ids.action(),
    ...numeroOf(element),
    champs,
    sessions: session.map((item) => sessionFrom(item, funding, ids, fraicheur)),
  };
}

interface Funding {
  readonly financeurs: readonly LheoFinanceur[];
  readonly listed: boolean;
}

function sessionFrom(
  element: LheoSession,
  { financeurs, listed }: Funding,
  ids: NewIds,
  fraicheur: FraicheurRecue[],
): SessionDocument {
  const { extras, ...champs } = withoutNumero(element);
  const cpf = takeExtras(extras, 'eligibilite-cpf');
  const dispositifs = takeExtras(cpf.others, 'dispositifs-session');
  const marks = takeExtras(dispositifs.others, 'fraicheur');
  const id = ids.session();
  const mark = freshnessMark(marks.taken);
  if (mark !== undefined) fraicheur.push({ session: id, ...mark });
  return {
    id,
    ...numeroOf(element),
    champs: marks.others.length === 0 ? champs : { ...champs, extras: marks.others },
    dispositifs: listed
      ? dispositifsFromExtras(dispositifs.taken, financeurs, ids)
      : dispositifsFromAction(financeurs, ids),
    ...(cpf.taken.length === 0 ? {} : { recu: { eligibiliteCpf: cpf.taken } }),
  };
}

interface WithAttributs {
  readonly '@'?: LheoAttributs | undefined;
}

/** The numero as received, byte for byte; none gives no field. */
function numeroOf(element: WithAttributs): { readonly numero?: string } {
  const numero = element['@']?.numero;
  return numero === undefined || numero === '' ? {} : { numero };
}

function withoutNumero<T extends WithAttributs>(element: T): T {
  const { '@': attributs, ...rest } = element;
  if (attributs === undefined) return element;
  const { numero: _, ...others } = attributs;
  const kept = Object.keys(others).length === 0 ? {} : { '@': others };
  return { ...rest, ...kept } as T;
}
