import type { LheoVersion } from '../../grammar/shape.ts';
import type { LheoElement } from '../../grammar/types.ts';
import { writeLheoHead, writeLheoTail } from '../file-writer.ts';
import { writeFormation } from '../writer.ts';

/** A small valid formation of both versions, with what is given instead. */
export function aFormation(changes: Partial<LheoElement<'formation'>> = {}): LheoElement<'formation'> {
  const adresse = { ligne: ['1 rue des Essais'], codepostal: '49000', ville: 'Angers' };
  const coordonnees = { nom: 'Accueil', adresse };
  return {
    'domaine-formation': { 'code-FORMACODE': [{ '#': '22403', '@': { ref: 'V14', tag: 'principal' } }] },
    'intitule-formation': 'Plaquiste',
    'objectif-formation': 'Poser des cloisons',
    'resultats-attendus': 'Savoir poser',
    'contenu-formation': 'Pose',
    certifiante: '0',
    'contact-formation': [{ coordonnees }],
    'parcours-de-formation': '1',
    'code-niveau-entree': '4',
    action: [
      {
        '@': { numero: '21_2' },
        'rythme-formation': 'Temps plein',
        'code-public-vise': [{ '#': '80056', '@': { ref: 'V14' } }],
        'niveau-entree-obligatoire': '0',
        'modalites-alternance': 'Sans',
        'modalites-enseignement': '0',
        'conditions-specifiques': 'Aucune',
        'prise-en-charge-frais-possible': '1',
        'lieu-de-formation': [{ coordonnees }],
        'modalites-entrees-sorties': '0',
        session: [
          {
            '@': { numero: '21_3' },
            periode: { debut: '20270104', fin: '20270601' },
            'adresse-inscription': { adresse },
          },
        ],
      },
    ],
    'organisme-formation-responsable': {
      'numero-activite': '52490000049',
      'SIRET-organisme-formation': { SIRET: '12345678900011' },
      'nom-organisme': 'Essais',
      'raison-sociale': 'Essais SARL',
      'coordonnees-organisme': { coordonnees },
      'contact-organisme': [{ coordonnees }],
    },
    '@': { numero: '21_1' },
    ...changes,
  };
}

/** A whole file of those formations. */
export function aFile(formations: readonly LheoElement<'formation'>[], version: LheoVersion = '2.3'): string {
  return [
    writeLheoHead({ version }),
    ...formations.map((json) => writeFormation(json, { version })),
    writeLheoTail({ version }),
  ].join('');
}
