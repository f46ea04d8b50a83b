import { type FicheDocument, texteOf } from '../documents.ts';
import { isSiret, sirenOf } from '../siret.ts';
import { elementsNamed, isEmpty, textOf } from './fields.ts';
import { BUT_FLOWS, type Finding, ofOrganisme, REMARK, type Rule, WHILE_TYPING } from './rule.ts';

/** No declaration of activity at all, and a school that has a UAI instead. */
export const NDA_NONE = '00000000000';
export const NDA_SCHOOL = '99999999999';

const NDA = '/champs/numero-activite';
const SIRET = '/champs/SIRET-organisme-formation/SIRET';
const UAI = '/champs/code-UAI-organisme-formation/code-UAI';

/** Each organisme responsable that a fiche describes: its own, or the copy that a flow's formation carries. */
function* ndaOf(fiche: FicheDocument): Generator<{ path: string; nda: string; siret: string; uai: boolean }> {
  for (const { path, content } of elementsNamed(fiche, 'organisme-formation-responsable')) {
    const nda = textOf(content?.['numero-activite']).replaceAll(' ', '');
    const siret = texteOf(content?.['SIRET-organisme-formation']?.SIRET).trim();
    const uai = !isEmpty(content?.['code-UAI-organisme-formation']);
    if (nda !== '') yield { path: `${path}/numero-activite`, nda, siret, uai };
  }
}

export const ORGANISMES_RULES: readonly Rule[] = [
  {
    id: 'nda-forme',
    on: ['formation', 'organisme'],
    sentence: {
      fr: 'Un numéro de déclaration d’activité a 11 chiffres.',
      en: 'A declaration-of-activity number has 11 digits.',
    },
    severity: BUT_FLOWS,
    needs: [],
    *check(fiche) {
      for (const { path, nda } of ndaOf(fiche)) if (!/^\d{11}$/.test(nda)) yield { path, values: { nda } };
    },
    message: ({ nda }) => ({ fr: `« ${nda} » n’est pas un NDA.`, en: `“${nda}” is not an NDA.` }),
    mend: { fr: 'Recopiez les 11 chiffres de votre récépissé.', en: 'Copy the 11 digits of your receipt.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [NDA]: NDA_SCHOOL }],
      fail: ['5244000000A', '5244000000'].map((nda) => ({ edits: { [NDA]: nda }, at: [NDA] })),
    },
  },
  {
    id: 'nda-present',
    on: ['formation', 'organisme'],
    sentence: {
      fr: 'Un organisme a un NDA ; une école sans NDA a un UAI.',
      en: 'An organisme has an NDA; a school without one has a UAI.',
    },
    severity: WHILE_TYPING,
    needs: [],
    *check(fiche) {
      for (const { path, nda, uai } of ndaOf(fiche)) {
        if (nda === NDA_NONE || (nda === NDA_SCHOOL && !uai)) yield { path, values: { nda } };
      }
    },
    message: ({ nda }) => ({
      fr: `${nda} dit que l’organisme n’a pas de NDA.`,
      en: `${nda} says that the organisme has no NDA.`,
    }),
    mend: {
      fr: 'Donnez le NDA, ou le code UAI d’un établissement scolaire.',
      en: 'Give the NDA, or the UAI code of a school.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}, { [NDA]: NDA_SCHOOL, [UAI]: '0440001A' }],
      fail: [NDA_NONE, NDA_SCHOOL].map((nda) => ({ edits: { [NDA]: nda }, at: [NDA] })),
    },
  },
  {
    id: 'nda-liste-publique',
    on: ['organisme'],
    sentence: {
      fr: 'Le NDA est à cet organisme dans la liste publique des organismes de formation.',
      en: 'The NDA is this organisme’s in the public list of training organisations.',
    },
    severity: REMARK,
    needs: ['organismesPublics'],
    check: ofOrganisme(function* (fiche, { tables: { organismesPublics } }): Generator<Finding> {
      for (const { path, nda, siret } of ndaOf(fiche)) {
        if (!/^\d{11}$/.test(nda) || nda === NDA_NONE || nda === NDA_SCHOOL) continue;
        const usable = organismesPublics.state === 'complete' || organismesPublics.state === 'partial';
        const rows = usable ? organismesPublics.get(`nda:${nda}`) : undefined;
        const known = rows?.some((row) => row.siren === sirenOf(siret)) ?? false;
        if (known) continue;
        yield organismesPublics.state === 'complete'
          ? { path, values: { nda } }
          : { path, values: { nda }, nonVerifie: true };
      }
    }),
    message: ({ nda }) => ({
      fr: `La liste publique ne donne pas le NDA ${nda} à ce SIREN.`,
      en: `The public list does not give the NDA ${nda} to this SIREN.`,
    }),
    mend: {
      fr: 'Vérifiez le NDA et le SIRET ; un NDA neuf y paraît en un mois.',
      en: 'Check the NDA and the SIRET; a new NDA appears within a month.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}, { [NDA]: NDA_SCHOOL }],
      fail: [
        { edits: { [NDA]: '52440000099' }, at: [NDA] },
        { edits: { [SIRET]: '73282932000074' }, at: [NDA] },
      ],
      unsure: [{ edits: {}, at: [NDA] }],
    },
  },
  {
    id: 'siret-valide',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Un SIRET a 14 chiffres et une clé juste.', en: 'A SIRET has 14 digits and a right key.' },
    severity: BUT_FLOWS,
    needs: [],
    *check(fiche) {
      for (const { path, content } of elementsNamed(fiche, 'SIRET')) {
        const siret = textOf(content);
        if (siret !== '' && !isSiret(siret)) yield { path, values: { siret } };
      }
    },
    message: ({ siret }) => ({ fr: `Le SIRET ${siret} n’existe pas.`, en: `The SIRET ${siret} does not exist.` }),
    mend: { fr: 'Recopiez le SIRET de l’établissement.', en: 'Copy the establishment’s SIRET.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [SIRET]: '73282932000074' }, { [SIRET]: '35600000000048' }, { [SIRET]: '35600000049837' }],
      fail: ['73282932000075', '00000000000000', '7328293200007', '35600000049838'].map((siret) => ({
        edits: { [SIRET]: siret },
        at: [SIRET],
      })),
    },
  },
];
