import { type DictName, dictEntries } from '../../grammar/dictionaries.ts';
import type { ElementRow } from '../../grammar/shape.ts';
import type { LheoTexte } from '../../grammar/types.ts';
import { texteOf } from '../documents.ts';
import { isLeaf } from '../json.ts';
import { elementsNamed, elementsOf, textOf } from './fields.ts';
import { ALWAYS, type Rule, WHILE_TYPING } from './rule.ts';
import { ACTION, SESSION } from './samples.ts';

/** What a text cannot be in a field of its type, in few words; undefined when the type holds it. */
function refusal(row: ElementRow, text: string): string | undefined {
  if (row.kind === 'text') {
    const length = Array.from(text).length;
    if (length > row.max)
      return row.min === row.max ? `${row.max} caractères attendus` : `${row.max} caractères au plus`;
    return length < row.min ? `${row.min} caractères au moins` : undefined;
  }
  if (row.kind === 'key') {
    return dictEntries(row.dict as DictName).some(({ code }) => code === text) ? undefined : 'code inconnu de LHÉO';
  }
  if (row.kind === 'int') {
    if (!/^-?\d+$/.test(text)) return 'nombre entier attendu';
    return Number(text) < row.min || Number(text) > row.max ? `entre ${row.min} et ${row.max}` : undefined;
  }
  return row.kind === 'date' && !/^\d{8}$/.test(text) ? 'AAAAMMJJ attendu' : undefined;
}

const COURRIEL = /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\.]+(\.[^\s@<>",;:()[\]\\.]+)+$/;

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s/?#.]+(\.[^\s/?#.]+)+([/?#]\S*)?$/i.test(text);
}

export const VALEURS_RULES: readonly Rule[] = [
  {
    id: 'lheo-valeur',
    on: ['formation', 'organisme'],
    sentence: {
      fr: 'Chaque valeur tient dans son type LHÉO : longueur, nombre, date, dictionnaire.',
      en: 'Each value fits its LHÉO type: length, number, date, dictionary.',
    },
    severity: ALWAYS,
    needs: [],
    *check(fiche) {
      for (const { path, name, row, content } of elementsOf(fiche)) {
        if (!isLeaf(content) || row.kind === 'sequence' || row.kind === 'extras') continue;
        const text = textOf(content);
        if (text === '' || (name === 'SIRET' && /^0+$/.test(text))) continue;
        const attendu = refusal(row, row.kind === 'text' ? texteOf(content as LheoTexte) : text);
        if (attendu !== undefined) yield { path, values: { champ: row.label, valeur: text.slice(0, 40), attendu } };
      }
    },
    message: ({ champ, valeur, attendu }) => ({
      fr: `« ${champ} » ne peut pas être « ${valeur} » : ${attendu}.`,
      en: `“${champ}” cannot be “${valeur}” (${attendu}).`,
    }),
    mend: { fr: 'Corrigez ou raccourcissez la valeur.', en: 'Mend or shorten the value.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${ACTION}/champs/nombre-heures-total`]: '0' }, { '/champs/contenu-formation': 'é'.repeat(3000) }],
      fail: [
        { edits: { '/champs/contenu-formation': 'x'.repeat(3001) }, at: ['/champs/contenu-formation'] },
        { edits: { '/champs/contenu-formation': `${'x'.repeat(3000)} ` }, at: ['/champs/contenu-formation'] },
        { edits: { '/champs/certifiante': 'oui' }, at: ['/champs/certifiante'] },
        { edits: { [`${ACTION}/champs/nombre-heures-centre`]: '35 h' }, at: [`${ACTION}/champs/nombre-heures-centre`] },
        { edits: { [`${ACTION}/champs/code-public-vise/0`]: '8305' }, at: [`${ACTION}/champs/code-public-vise/0`] },
        { edits: { [`${SESSION}/champs/periode/debut`]: '2027-01-04' }, at: [`${SESSION}/champs/periode/debut`] },
      ],
    },
  },
  {
    id: 'url-forme',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Une adresse web est complète.', en: 'A web address is complete.' },
    severity: WHILE_TYPING,
    needs: [],
    *check(fiche) {
      for (const { path, content } of elementsNamed(fiche, 'urlweb')) {
        const url = textOf(content);
        if (url !== '' && !isUrl(url)) yield { path, values: { url: url.slice(0, 80) } };
      }
    },
    message: ({ url }) => ({ fr: `« ${url} » n’est pas une adresse web.`, en: `“${url}” is not a web address.` }),
    mend: { fr: 'Écrivez l’adresse entière, avec https://.', en: 'Write the whole address, with https://.' },
    mendBy: 'of',
    examples: {
      pass: [
        { '/champs/url-formation/urlweb/0': 'https://a.example/f?x=1&y=é#z' },
        { '/champs/url-formation/urlweb/0': 'http://www.a-b.example' },
      ],
      fail: ['www.a.example', 'https://a', 'https://a.example/a b', 'javascript:alert(1)'].map((url) => ({
        edits: { '/champs/url-formation/urlweb/0': url },
        at: ['/champs/url-formation/urlweb/0'],
      })),
    },
  },
  {
    id: 'courriel-forme',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Une adresse de courriel est complète.', en: 'An e-mail address is complete.' },
    severity: WHILE_TYPING,
    needs: [],
    *check(fiche) {
      for (const { path, content } of elementsNamed(fiche, 'courriel')) {
        const courriel = textOf(content);
        if (courriel !== '' && !COURRIEL.test(courriel)) yield { path };
      }
    },
    message: () => ({
      fr: 'Cette adresse de courriel n’est pas complète.',
      en: 'This e-mail address is not complete.',
    }),
    mend: {
      fr: 'Écrivez une seule adresse, comme nom@organisme.fr.',
      en: 'Write a single address, like name@organisme.fr.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}, { '/champs/contact-formation/0/coordonnees/courriel': 'a.b+c@d-e.example' }],
      fail: ['accueil', 'a@b', 'a@b.fr; c@d.fr', 'a b@c.fr'].map((courriel) => ({
        edits: { '/champs/contact-formation/0/coordonnees/courriel': courriel },
        at: ['/champs/contact-formation/0/coordonnees/courriel'],
      })),
    },
  },
];
