import { sampleSiret } from './builders.ts';
import type { Certification, Partenaire } from './certifications.ts';
import type { ParisDay } from './ids.ts';
import type { OrganismePublic } from './organismes-publics.ts';
import { type Commune, type ReferenceTables, tableOf } from './tables.ts';

const label = (text: string) => ({ label: text });

const NANTES: Commune = {
  label: 'Nantes',
  codesPostaux: ['44000', '44100', '44200', '44300'],
  departement: '44',
  region: '52',
  centre: { latitude: 47.2316, longitude: -1.5483 },
};
const TOURS: Commune = {
  label: 'Tours',
  codesPostaux: ['37000', '37100', '37200'],
  departement: '37',
  region: '24',
  centre: { latitude: 47.3985, longitude: 0.6965 },
};
const YOUNG_COMMUNE: Commune = { label: 'Mauges-Neuve', codesPostaux: ['49110'], departement: '49', region: '52' };

/** Registered until the end of August 2029; organisme 1 of the builders may train for it. */
const CAP_EBENISTE: Certification = {
  code: 'RNCP37535',
  intitule: 'CAP ébéniste',
  actif: true,
  deDroit: true,
  debut: '2023-09-01' as ParisDay,
  fin: '2029-08-31' as ParisDay,
};
const CLOSED: Certification = { ...CAP_EBENISTE, code: 'RNCP509', actif: false, fin: '2023-08-31' as ParisDay };
const ORGANISME: OrganismePublic = {
  nda: '52440000001',
  siren: sampleSiret(1).slice(0, 9),
  siret: sampleSiret(1),
  denomination: 'ATELIERS DE LA LOIRE',
  qualiopi: { formation: true, bilan: false, vae: false, apprentissage: true },
};
const PARTENAIRE: Partenaire = {
  code: 'RNCP37535',
  siret: sampleSiret(1),
  nom: 'ATELIERS DE LA LOIRE',
  habilitation: 'formerEtEvaluer',
};

/** Small complete tables that know what the builders write, for tests and for the examples of rules. */
export function someTables(given: Partial<ReferenceTables> = {}): ReferenceTables {
  return {
    nsf: tableOf({ '234': label('Travail du bois et de l’ameublement') }),
    rome: tableOf({ H2207: label('Réalisation de meubles en bois') }),
    formacode: { V14: tableOf({ '45066': label('Ébénisterie') }, 'complete', 'V14') },
    publics: {
      V14: tableOf({ '83056': label('Tout public'), '80001': label('Public sans emploi') }, 'complete', 'V14'),
    },
    modalitesPedagogiques: tableOf({ '96124': label('Autoformation') }),
    pays: tableOf({ FR: label('France') }),
    certifinfo: tableOf({}, 'partial'),
    communes: tableOf({ '44109': NANTES, '37261': TOURS, '49999': YOUNG_COMMUNE }),
    certifications: tableOf({ RNCP37535: CAP_EBENISTE, RNCP509: CLOSED }),
    partenaires: tableOf({ RNCP37535: [PARTENAIRE] }),
    certificateurs: tableOf({}),
    organismesPublics: tableOf({ [`siren:${ORGANISME.siren}`]: [ORGANISME], [`nda:${ORGANISME.nda}`]: [ORGANISME] }),
    ...given,
  };
}
