import type { ElementName } from '../../grammar/elements.ts';
import type { FicheDocument, FormationDocument } from '../documents.ts';
import { type Table, type Versioned, verdictOf } from '../tables.ts';
import { elementsNamed, sessionsOf, textOf, versionOf } from './fields.ts';
import { BUT_FLOWS, type Finding, ofFormation, type Rule } from './rule.ts';
import { ACTION, DISPOSITIF } from './samples.ts';

/** The version in which a code without one is looked up first. */
const CURRENT_FORMACODE = 'V14';

function* unknownCodes(fiche: FicheDocument, name: ElementName, table: Table<unknown>): Generator<Finding> {
  for (const { path, content } of elementsNamed(fiche, name)) {
    const code = textOf(content);
    if (code === '') continue;
    const verdict = verdictOf(table, code);
    if (verdict !== 'known')
      yield { path, values: { code }, ...(verdict === 'unsure' && { nonVerifie: true as const }) };
  }
}

/** Codes of Formacode: a code is only wrong in the version it declares, when that version is complete here. */
function* versionedFinding(
  path: string,
  code: string,
  declared: string | undefined,
  tables: Versioned<unknown>,
): Generator<Finding> {
  const verdict = verdictOf(tables[declared ?? CURRENT_FORMACODE], code);
  if (code === '' || verdict === 'known') return;
  const sure = verdict === 'unknown' && declared !== undefined;
  yield { path, values: { code, version: declared ?? '?' }, ...(!sure && { nonVerifie: true as const }) };
}

function* unknownVersioned(fiche: FicheDocument, name: ElementName, tables: Versioned<unknown>): Generator<Finding> {
  for (const { path, content } of elementsNamed(fiche, name)) {
    yield* versionedFinding(path, textOf(content), versionOf(content), tables);
  }
}

/** Publics of dispositifs are rows of SOFI, not LHÉO elements. */
function* unknownPublics(formation: FormationDocument, tables: Versioned<unknown>): Generator<Finding> {
  yield* unknownVersioned(formation, 'code-public-vise', tables);
  for (const { session, path } of sessionsOf(formation)) {
    for (const { id, publics } of session.dispositifs) {
      for (const [index, { code, ref }] of publics.entries()) {
        yield* versionedFinding(`${path}/dispositifs/${id}/publics/${index}`, code, ref, tables);
      }
    }
  }
}

const FORMACODE = '/champs/domaine-formation/code-FORMACODE/0';
const PUBLIC = `${ACTION}/champs/code-public-vise/0`;
const CHOOSE = { fr: 'Choisissez un code de la liste.', en: 'Choose a code of the list.' };

export const CODES_RULES: readonly Rule[] = [
  {
    id: 'formacode-connu',
    on: ['formation', 'organisme'],
    sentence: {
      fr: 'Un Formacode existe dans la version qu’il déclare.',
      en: 'A Formacode exists in the version it declares.',
    },
    severity: BUT_FLOWS,
    needs: ['formacode'],
    check: (fiche, { tables }) => unknownVersioned(fiche, 'code-FORMACODE', tables.formacode),
    message: ({ code, version }) => ({
      fr: `Le Formacode ${code} n’est pas dans la version ${version}.`,
      en: `Formacode ${code} is not in version ${version}.`,
    }),
    mend: CHOOSE,
    mendBy: 'of',
    examples: {
      pass: [{}, { [FORMACODE]: '45066' }],
      fail: [{ edits: { [`${FORMACODE}/#`]: '99999' }, at: [FORMACODE] }],
      unsure: [
        { edits: {}, at: [FORMACODE] },
        { edits: { [`${FORMACODE}/@/ref`]: 'V12' }, at: [FORMACODE] },
        { edits: { [FORMACODE]: '22403' }, at: [FORMACODE] },
      ],
    },
  },
  {
    id: 'public-connu',
    on: ['formation'],
    sentence: {
      fr: 'Un code de public existe dans la version qu’il déclare.',
      en: 'A code of public exists in the version it declares.',
    },
    severity: BUT_FLOWS,
    needs: ['publics'],
    check: ofFormation((formation, { tables }) => unknownPublics(formation, tables.publics)),
    message: ({ code, version }) => ({
      fr: `Le public ${code} n’est pas dans la version ${version}.`,
      en: `Public ${code} is not in version ${version}.`,
    }),
    mend: CHOOSE,
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        { edits: { [`${PUBLIC}/#`]: '10000' }, at: [PUBLIC] },
        { edits: { [`${DISPOSITIF}/publics`]: [{ code: '10000', ref: 'V14' }] }, at: [`${DISPOSITIF}/publics/0`] },
      ],
      unsure: [{ edits: { [`${PUBLIC}/@/ref`]: 'V12' }, at: [PUBLIC] }],
    },
  },
  {
    id: 'nsf-connu',
    on: ['formation'],
    sentence: { fr: 'Un code NSF existe.', en: 'An NSF code exists.' },
    severity: BUT_FLOWS,
    needs: ['nsf'],
    check: (fiche, { tables }) => unknownCodes(fiche, 'code-NSF', tables.nsf),
    message: ({ code }) => ({ fr: `Le code NSF ${code} n’existe pas.`, en: `NSF code ${code} does not exist.` }),
    mend: CHOOSE,
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        { edits: { '/champs/domaine-formation/code-NSF/0': '999' }, at: ['/champs/domaine-formation/code-NSF/0'] },
      ],
      unsure: [{ edits: {}, at: ['/champs/domaine-formation/code-NSF/0'] }],
    },
  },
  {
    id: 'rome-connu',
    on: ['formation'],
    sentence: { fr: 'Un code ROME existe.', en: 'A ROME code exists.' },
    severity: BUT_FLOWS,
    needs: ['rome'],
    check: (fiche, { tables }) => unknownCodes(fiche, 'code-ROME', tables.rome),
    message: ({ code }) => ({ fr: `Le code ROME ${code} n’existe pas.`, en: `ROME code ${code} does not exist.` }),
    mend: CHOOSE,
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        { edits: { '/champs/domaine-formation/code-ROME/0': 'Z9999' }, at: ['/champs/domaine-formation/code-ROME/0'] },
      ],
      unsure: [{ edits: {}, at: ['/champs/domaine-formation/code-ROME/0'] }],
    },
  },
  {
    id: 'modalite-pedagogique-connue',
    on: ['formation'],
    sentence: { fr: 'Un code de modalité pédagogique existe.', en: 'A code of pedagogical mode exists.' },
    severity: BUT_FLOWS,
    needs: ['modalitesPedagogiques'],
    check: (fiche, { tables }) => unknownCodes(fiche, 'code-modalite-pedagogique', tables.modalitesPedagogiques),
    message: ({ code }) => ({
      fr: `La modalité pédagogique ${code} n’existe pas.`,
      en: `Pedagogical mode ${code} does not exist.`,
    }),
    mend: CHOOSE,
    mendBy: 'of',
    examples: {
      pass: [{ [`${ACTION}/champs/code-modalite-pedagogique/0`]: '96124' }],
      fail: [
        {
          edits: { [`${ACTION}/champs/code-modalite-pedagogique/0`]: '12345' },
          at: [`${ACTION}/champs/code-modalite-pedagogique/0`],
        },
      ],
    },
  },
];
