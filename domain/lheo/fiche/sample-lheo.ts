import type { LheoElement } from '../../grammar/types.ts';
import { aFormation, anAction, anOrganisme, aSession } from '../../model/builders.ts';
import type { FormationDocument, OrganismeDocument } from '../../model/documents.ts';
import { writeLheoHead, writeLheoTail } from '../file-writer.ts';
import { writeFormation } from '../writer.ts';

/** A formation as another system's flow numbers it: `07_<n>`, its action and its session beside. */
export function aReceived(n: number, given: Partial<FormationDocument> = {}): FormationDocument {
  const session = aSession({ numero: `07_S${n}` });
  return aFormation({
    numero: `07_${n}`,
    actions: [anAction({ numero: `07_A${n}`, sessions: [session] })],
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
