import type { LheoElement, LheoTexte } from '../../grammar/types.ts';
import { texteOf } from '../../model/documents.ts';
import { earliestDay, latestDay } from '../../model/lheo-dates.ts';
import { freshnessOf } from './out-csv.ts';

type Formation = LheoElement<'formation'>;
type Action = Formation['action'][number];

/** Start of `formations.jsonld`: the catalogue itself is the graph's first node, so that each course follows a comma. */
export const JSONLD_HEAD =
  '{"@context":"https://schema.org","@graph":[\n{"@type":"DataCatalog","name":"Offre de formation","inLanguage":"fr"}';
export const JSONLD_FOOT = '\n]}\n';

/** `modalites-enseignement` in schema.org's words: 0 on site, 1 mixed, 2 remote. */
const MODES: Readonly<Record<string, string>> = { 0: 'onsite', 1: 'blended', 2: 'online' };

function text(name: string, value: LheoTexte | undefined): Record<string, string> {
  const found = texteOf(value).trim();
  return found === '' ? {} : { [name]: found };
}

const numero = (level: { readonly '@'?: { readonly numero?: string | undefined } | undefined }) =>
  text('identifier', level['@']?.numero);

function placeOf(action: Action): Record<string, unknown> {
  const adresse = action['lieu-de-formation']?.[0]?.coordonnees?.adresse;
  if (adresse === undefined) return {};
  const address = {
    '@type': 'PostalAddress',
    ...text('postalCode', adresse.codepostal),
    ...text('addressLocality', adresse.ville),
    addressCountry: texteOf(adresse.pays).trim() || 'FR',
  };
  return { location: { '@type': 'Place', address } };
}

/** schema.org has no word for it: a dated property, and a status that asks for care. */
function freshness(session: Action['session'][number]): Record<string, unknown> {
  const properties = [
    { name: 'confirmee-le', value: earliestDay(freshnessOf(session, 'confirmee-le')) },
    { name: 'a-confirmer', value: freshnessOf(session, 'a-confirmer') === '1' ? true : undefined },
  ].filter(({ value }) => value !== undefined);
  return properties.length === 0
    ? {}
    : { additionalProperty: properties.map((one) => ({ '@type': 'PropertyValue', ...one })) };
}

function instancesOf(action: Action): Record<string, unknown>[] {
  const mode = MODES[texteOf(action['modalites-enseignement'])];
  return action.session.map((session) => ({
    '@type': 'CourseInstance',
    ...numero(session),
    ...(mode === undefined ? {} : { courseMode: mode }),
    ...text('startDate', earliestDay(texteOf(session.periode?.debut))),
    ...text('endDate', latestDay(texteOf(session.periode?.fin))),
    ...freshness(session),
    ...placeOf(action),
  }));
}

/** A published formation as one schema.org Course of the graph, after its comma; no contact of a person. */
export function courseNode(formation: Formation): string {
  const organisme = formation['organisme-formation-responsable'];
  const node = {
    '@type': 'Course',
    ...numero(formation),
    ...text('name', formation['intitule-formation']),
    ...text('description', formation['objectif-formation']),
    ...text('teaches', formation['resultats-attendus']),
    ...text('url', formation['url-formation']?.urlweb?.[0]),
    provider: {
      '@type': 'EducationalOrganization',
      ...text('name', organisme['nom-organisme']),
      ...text('legalName', organisme['raison-sociale']),
      ...text('taxID', organisme['SIRET-organisme-formation']?.SIRET),
    },
    hasCourseInstance: formation.action.flatMap(instancesOf),
  };
  return `,\n${JSON.stringify(node)}`;
}
