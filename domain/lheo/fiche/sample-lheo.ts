import type { LheoElement } from '../../grammar/types.ts';
import { aFormation, anAction, anOrganisme, aSession, SAMPLE_DAY } from '../../model/builders.ts';
import type { FormationDocument, OrganismeDocument } from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { writeLheoHead, writeLheoTail } from '../file-writer.ts';
import { writeFormation } from '../writer.ts';

type ReceivedGiven = Partial<FormationDocument> & { readonly day?: ParisDay };

/** A formation as another system's flow numbers it, around a day: `07_<n>`, its action and its session beside. */
export function aReceived(n: number, { day = SAMPLE_DAY, ...given }: ReceivedGiven = {}): FormationDocument {
  const session = aSession({ day, numero: `07_S${n}` });
  return aFormation({
    day,
    numero: `07_${n}`,
    actions: [anAction({ day, numero: `07_A${n}`, sessions: [session] })],
    ...given,
  });
}

/** A LHÉO 2.3 file that says these formations, each of `organisme`; funders are those of the first session. */
export function aLheoFile(
  formations: readonly FormationDocument[],
  organisme: OrganismeDocument = anOrganisme(),
): string {
  return [writeLheoHead(), ...formations.map((one) => writeFormation(elementOf(one, organisme))), writeLheoTail()].join(
    '',
  );
}

function elementOf(formation: FormationDocument, organisme: OrganismeDocument): LheoElement<'formation'> {
  const element = {
    'organisme-formation-responsable': organisme.champs,
    ...formation.champs,
    ...attributsOf(formation.numero),
    action: formation.actions.map(({ champs, sessions, numero }) => ({
      ...champs,
      ...attributsOf(numero),
      session: sessions.map((session) => ({ ...session.champs, ...attributsOf(session.numero) })),
      'organisme-financeur': (sessions[0]?.dispositifs ?? []).map(({ codeFinanceur, nbPlaces }) => ({
        'code-financeur': codeFinanceur,
        ...(nbPlaces === undefined ? {} : { 'nb-places-financees': String(nbPlaces) }),
      })),
    })),
  };
  return element as unknown as LheoElement<'formation'>;
}

const attributsOf = (numero: string | undefined) => (numero === undefined ? {} : { '@': { numero } });
