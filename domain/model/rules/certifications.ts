import { ficheCode } from '../certification-codes.ts';
import type { FicheDocument } from '../documents.ts';
import { earliestDay, latestDay } from '../lheo-dates.ts';
import { verdictOf } from '../tables.ts';
import { elementsNamed, sessionsOf, textOf } from './fields.ts';
import { BUT_FLOWS, ofFormation, REMARK, type Rule } from './rule.ts';
import { SESSION } from './samples.ts';

/** Certifications of a formation with their place: `RNCP…` and `RS…`. */
function* certificationsOf(fiche: FicheDocument): Generator<{ path: string; code: string | undefined; texte: string }> {
  for (const { path, content } of elementsNamed(fiche, 'code-RNCP')) {
    const texte = textOf(content);
    if (texte !== '') yield { path, texte, code: ficheCode('RNCP', texte) };
  }
  for (const { path, content } of elementsNamed(fiche, 'code-RS')) {
    const texte = textOf(content);
    if (texte !== '') yield { path, texte, code: ficheCode('RS', texte) };
  }
}

const RNCP = '/champs/certification/0/code-RNCP';

export const CERTIFICATIONS_RULES: readonly Rule[] = [
  {
    id: 'certification-connue',
    on: ['formation'],
    sentence: {
      fr: 'Une certification est une fiche du RNCP ou du RS.',
      en: 'A certification is a fiche of the RNCP or the RS.',
    },
    severity: BUT_FLOWS,
    needs: ['certifications'],
    *check(fiche, { tables: { certifications } }) {
      for (const { path, code, texte } of certificationsOf(fiche)) {
        const verdict = code === undefined ? 'unknown' : verdictOf(certifications, code);
        if (verdict === 'unknown') yield { path, values: { code: code ?? texte } };
        if (verdict === 'unsure') yield { path, values: { code: code ?? texte }, nonVerifie: true };
      }
    },
    message: ({ code }) => ({
      fr: `La certification ${code} n’existe pas.`,
      en: `Certification ${code} does not exist.`,
    }),
    mend: { fr: 'Cherchez la certification par son titre.', en: 'Look the certification up by its title.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [RNCP]: 'RNCP37535BC01' }, { '/champs/certification': undefined }],
      fail: ['1', '-1'].map((code) => ({ edits: { [RNCP]: code }, at: [RNCP] })),
      unsure: [{ edits: {}, at: [RNCP] }],
    },
  },
  {
    id: 'certification-active',
    on: ['formation'],
    sentence: {
      fr: 'Une certification est active aux dates des sessions.',
      en: 'A certification is active on the sessions’ dates.',
    },
    severity: REMARK,
    needs: ['certifications'],
    check: ofFormation(function* (formation, { tables: { certifications } }) {
      if (certifications.state !== 'complete') return;
      const debuts = sessionsOf(formation).map(({ session }) => earliestDay(textOf(session.champs.periode?.debut)));
      const fins = sessionsOf(formation).map(({ session }) => latestDay(textOf(session.champs.periode?.fin)));
      const last = [...debuts, ...fins]
        .filter((day) => day !== undefined)
        .sort()
        .at(-1);
      for (const { path, code } of certificationsOf(formation)) {
        const row = code === undefined ? undefined : certifications.get(code);
        const over = row?.fin !== undefined && last !== undefined && last > row.fin;
        if (row !== undefined && (!row.actif || over)) yield { path, values: { code: row.code, fin: row.fin ?? '?' } };
      }
    }),
    message: ({ code, fin }) => ({
      fr: `${code} n’est plus active à ces dates (fin : ${fin}).`,
      en: `${code} is not active on these dates (end: ${fin}).`,
    }),
    mend: {
      fr: 'Choisissez la certification qui la remplace, ou d’autres dates.',
      en: 'Choose the certification that replaces it, or other dates.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        { edits: { [RNCP]: '509' }, at: [RNCP] },
        { edits: { [`${SESSION}/champs/periode/fin`]: '20300101' }, at: [RNCP] },
      ],
    },
  },
];
