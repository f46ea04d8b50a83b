import { elementsOf, textOf } from './fields.ts';
import { REMARK, type Rule, says, WHILE_TYPING } from './rule.ts';
import { ACTION } from './samples.ts';

const HTML = /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>|<!--|&(nbsp|amp|lt|gt|quot|#\d+|[a-z]+(acute|grave|circ|cedil|uml));/i;

/** Words that fill a mandatory field without saying anything. */
const FILLERS =
  /^(non (renseigne|communique|precise)e?s?|a (completer|definir|preciser|renseigner)|n\/?[ac]|nc|nr|neant|rien|vide|null|undefined|test|x+|lorem ipsum.*|cf\.?|idem)$/;
const NOTHING_SAID = /^[\s\-–—_.…,;:*/\\?!=+#'"]*$/;

function isFiller(text: string): boolean {
  const bare = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.…!?\s]+$/, '')
    .trim();
  return NOTHING_SAID.test(text) || FILLERS.test(bare);
}

/** Texts that people read: what the reader of an offer looks for. */
const PROSE = new Set([
  'intitule-formation',
  'objectif-formation',
  'resultats-attendus',
  'contenu-formation',
  'rythme-formation',
  'info-public-vise',
  'modalites-alternance',
  'conditions-specifiques',
  'modalites-inscription',
  'detail-conditions-prise-en-charge',
  'nom-organisme',
  'raison-sociale',
]);

export const TEXTES_RULES: readonly Rule[] = [
  {
    id: 'sans-html',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Un texte ne contient pas de HTML.', en: 'A text holds no HTML.' },
    severity: WHILE_TYPING,
    needs: [],
    *check(fiche) {
      for (const { path, row, content } of elementsOf(fiche)) {
        if (row.kind !== 'text') continue;
        const found = HTML.exec(textOf(content))?.[0];
        if (found !== undefined) yield { path, values: { html: found.slice(0, 40) } };
      }
    },
    message: ({ html }) => ({ fr: `Ce texte contient du HTML : ${html}`, en: `This text holds HTML: ${html}` }),
    mend: { fr: 'Gardez le texte seul, sans balise.', en: 'Keep the plain text, without tags.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { '/champs/contenu-formation': 'Marge < 5 % et coût > 3 ; R&D' }],
      fail: ['<p>Dessin</p>', 'Dessin<br/>Assemblages', 'Dessin&nbsp;technique', '<b class="x">Dessin'].map((text) => ({
        edits: { '/champs/contenu-formation': text },
        at: ['/champs/contenu-formation'],
      })),
    },
  },
  {
    id: 'sans-remplissage',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Un texte dit quelque chose.', en: 'A text says something.' },
    severity: WHILE_TYPING,
    needs: [],
    *check(fiche) {
      for (const { path, name, content } of elementsOf(fiche)) {
        const text = PROSE.has(name) ? textOf(content) : '';
        if (text !== '' && isFiller(text)) yield { path, values: { texte: text.slice(0, 40) } };
      }
    },
    message: ({ texte }) => ({ fr: `« ${texte} » ne renseigne personne.`, en: `“${texte}” tells nobody anything.` }),
    mend: {
      fr: 'Écrivez ce que le public doit savoir, ou « Aucun ».',
      en: 'Write what the public must know, or “Aucun”.',
    },
    mendBy: 'of',
    examples: {
      pass: [
        {},
        { [`${ACTION}/champs/conditions-specifiques`]: 'Aucune' },
        { [`${ACTION}/champs/modalites-alternance`]: 'Sans objet' },
      ],
      fail: ['-', 'Non renseigné', 'NON RENSEIGNEE.', 'N/A', '…', 'à compléter', 'xxx'].map((text) => ({
        edits: { '/champs/resultats-attendus': text },
        at: ['/champs/resultats-attendus'],
      })),
    },
  },
  {
    id: 'sans-majuscules',
    on: ['formation'],
    sentence: { fr: 'Un intitulé n’est pas tout en majuscules.', en: 'A title is not all in capitals.' },
    severity: REMARK,
    needs: [],
    *check(fiche) {
      if (fiche.kind !== 'formation') return;
      const title = textOf(fiche.champs['intitule-formation']);
      const long = title.split(/\s+/).filter((word) => word.length > 5).length > 1;
      if (long && title === title.toUpperCase() && /\p{L}/u.test(title)) yield { path: '/champs/intitule-formation' };
    },
    message: says('L’intitulé est tout en majuscules.', 'The title is all in capitals.'),
    mend: { fr: 'Écrivez l’intitulé en minuscules accentuées.', en: 'Write the title in lower case, with accents.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { '/champs/intitule-formation': 'CACES R489' }],
      fail: [
        {
          edits: { '/champs/intitule-formation': 'TITRE PROFESSIONNEL PLAQUISTE' },
          at: ['/champs/intitule-formation'],
        },
      ],
    },
  },
];
