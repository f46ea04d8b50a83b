import { certificationOf } from './formation.ts';
import { type MadeOrganisme, organismeAt } from './organisme.ts';
import type { Place } from './places.ts';
import { Dice } from './random.ts';
import { THEMES } from './themes.ts';

/** One file of the data folder's `referentiels`: invented, small and whole, in the format of the real export. */
export interface ReferenceFile {
  readonly nom: string;
  readonly text: string;
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const csv = (rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => row.map(quoted).join(';'))
    .join('\r\n')
    .concat('\r\n');

const certifications = THEMES.flatMap((theme) =>
  theme.certifiantes.flatMap((found, index) => {
    const numero = certificationOf(theme, index);
    return numero ? [{ theme, index, titre: found.titre, fiche: `${numero.registre}${numero.numero}` }] : [];
  }),
);

/** Diplomas of the State: whoever trains for them needs no one's leave, so most have no row of partners. */
const isOfRight = (titre: string) => /^(CAP|BP|BTS|Bac|DE) /.test(titre);

/** About one certification in nine is no longer active, so that the demo shows all three answers. */
const isActive = (fiche: string) => Number(fiche.replace(/\D/g, '')) % 9 !== 0;

function standard(): string {
  return csv([
    [
      'Id_Fiche',
      'Numero_Fiche',
      'Intitule',
      'Abrege_Libelle',
      'Abrege_Intitule',
      'Nomenclature_Europe_Niveau',
      'Nomenclature_Europe_Intitule',
      'Accessible_Nouvelle_Caledonie',
      'Accessible_Polynesie_Francaise',
      'Date_dernier_jo',
      'Date_Decision',
      'Date_Fin_Enregistrement',
      'Date_Effet',
      'Type_Enregistrement',
      'Validation_Partielle',
      'Actif',
    ],
    ...certifications.map(({ fiche, titre }, index) => [
      String(index + 1),
      fiche,
      titre,
      '',
      '',
      'NIV3',
      'Niveau 3',
      'Non',
      'Non',
      '',
      '',
      isActive(fiche) ? '31/12/2030' : '31/12/2023',
      '',
      isOfRight(titre) ? 'Enregistrement de droit' : 'Enregistrement sur demande',
      'Oui',
      isActive(fiche) ? 'ACTIVE' : 'INACTIVE',
    ]),
  ]);
}

function partenaires(seed: number, organismes: readonly MadeOrganisme[]): string {
  const rows = organismes.flatMap((made) =>
    certifications
      .filter(
        ({ theme, fiche, titre }) =>
          !(isOfRight(titre) && Number(fiche.replace(/\D/g, '')) % 2 === 0) &&
          made.themes.includes(THEMES.indexOf(theme)) &&
          new Dice(seed, 'habilitation', made.index, fiche).chance(0.8),
      )
      .map(({ fiche }) => [fiche, made.nom, `\t${made.siret}`, 'HABILITATION_ORGA_FORM']),
  );
  return csv([['Numero_Fiche', 'Nom_Partenaire', 'Siret_Partenaire', 'Habilitation_Partenaire'], ...rows]);
}

function organismesPublics(organismes: readonly MadeOrganisme[]): string {
  return csv([
    [
      'numeroDeclarationActivite',
      'numerosDeclarationActivitePrecedent',
      'denomination',
      'siren',
      'siretEtablissementDeclarant',
      'adressePhysiqueOrganismeFormation.voie',
      'adressePhysiqueOrganismeFormation.codePostal',
      'adressePhysiqueOrganismeFormation.ville',
      'adressePhysiqueOrganismeFormation.codeRegion',
      'certifications.actionsDeFormation',
      'certifications.bilansDeCompetences',
      'certifications.VAE',
      'certifications.actionsDeFormationParApprentissage',
    ],
    ...organismes.map((made) => [
      made.nda,
      '',
      made.nom,
      made.siren,
      made.siret,
      '1 rue de la Gare',
      made.place.codePostal,
      made.place.nom,
      '52',
      made.qualiopi ? 'true' : 'false',
      'false',
      'false',
      'false',
    ]),
  ]);
}

/** The three tables that CPF marking needs, for the organismes of a set, and the word that each is whole. */
export function referenceFiles(seed: number, count: number, places: readonly Place[]): ReferenceFile[] {
  const organismes = Array.from({ length: count }, (_, index) => organismeAt(seed, index, places));
  const files = [
    { nom: 'export_fiches_CSV_Standard_demo.csv', text: standard() },
    { nom: 'export_fiches_CSV_Partenaires_demo.csv', text: partenaires(seed, organismes) },
    { nom: 'liste-publique-des-of_demo.csv', text: organismesPublics(organismes) },
  ];
  return [
    ...files,
    ...files.map(({ nom }) => ({ nom: `${nom}.meta.json`, text: `${JSON.stringify({ complete: true })}\n` })),
  ];
}
