import { ELEMENTS } from '../../grammar/elements.ts';
import type { ElementRow } from '../../grammar/shape.ts';
import type { FicheDocument } from '../documents.ts';
import { isRecord } from '../json.ts';
import { joinPath } from '../paths.ts';
import { actionsOf, elementsOf, isEmpty, textOf } from './fields.ts';
import { ALWAYS, BUT_FLOWS, type Finding, ofFormation, ofOrganisme, type Rule, says, WHILE_TYPING } from './rule.ts';
import { ACTION, SESSION } from './samples.ts';

/** Rows of SOFI hold these, or a rule of their own asks for them. */
const ASKED_ELSEWHERE = new Set(['action', 'session', 'organisme-formation-responsable', 'intitule-formation']);
const MODE_DISTANCE = '2';

/** The mandatory children that are missing: the 1er cercle at each level, and inside what is given. */
function* missingFields(fiche: FicheDocument): Generator<Finding> {
  for (const { path, row, content } of elementsOf(fiche)) {
    if (row.kind !== 'sequence' || !isRecord(content)) continue;
    for (const [name, min] of row.children) {
      const child: ElementRow | undefined = (ELEMENTS as Readonly<Record<string, ElementRow>>)[name];
      if (min === 0 || ASKED_ELSEWHERE.has(name) || !isEmpty(content[name])) continue;
      yield { path: joinPath(path, name), values: { champ: child?.label ?? name } };
    }
  }
}

export const COEUR_RULES: readonly Rule[] = [
  {
    id: 'intitule-present',
    on: ['formation'],
    sentence: { fr: 'Une formation a un intitulé.', en: 'A formation has a title.' },
    severity: ALWAYS,
    needs: [],
    *check(fiche) {
      if (fiche.kind === 'formation' && isEmpty(fiche.champs['intitule-formation']))
        yield { path: '/champs/intitule-formation' };
    },
    message: says('L’intitulé manque.', 'The title is missing.'),
    mend: { fr: 'Écrivez l’intitulé de la formation.', en: 'Write the formation’s title.' },
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        { edits: { '/champs/intitule-formation': undefined }, at: ['/champs/intitule-formation'] },
        { edits: { '/champs/intitule-formation': '  ' }, at: ['/champs/intitule-formation'] },
      ],
    },
  },
  {
    id: 'organisme-present',
    on: ['formation'],
    sentence: { fr: 'Une formation a un organisme responsable.', en: 'A formation has an organisme responsable.' },
    severity: ALWAYS,
    needs: [],
    check: ofFormation(function* ({ organisme, champs }) {
      if (!organisme && isEmpty(champs['organisme-formation-responsable'])) yield { path: '/organisme' };
    }),
    message: says('L’organisme responsable manque.', 'The organisme responsable is missing.'),
    mend: { fr: 'Choisissez l’organisme responsable.', en: 'Choose the organisme responsable.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { '/organisme': '', '/champs/organisme-formation-responsable/nom-organisme': 'Ateliers' }],
      fail: [{ edits: { '/organisme': '' }, at: ['/organisme'] }],
    },
  },
  {
    id: 'action-presente',
    on: ['formation'],
    sentence: { fr: 'Une formation a au moins une action.', en: 'A formation has at least one action.' },
    severity: ALWAYS,
    needs: [],
    check: ofFormation(function* ({ actions }) {
      if (actions.length === 0) yield { path: '/actions' };
    }),
    message: says('Aucune action n’est décrite.', 'No action is described.'),
    mend: { fr: 'Ajoutez une action.', en: 'Add an action.' },
    mendBy: 'of',
    examples: { pass: [{}], fail: [{ edits: { [ACTION]: undefined }, at: ['/actions'] }] },
  },
  {
    id: 'session-presente',
    on: ['formation'],
    sentence: { fr: 'Une action a au moins une session.', en: 'An action has at least one session.' },
    severity: BUT_FLOWS,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation))
        if (action.sessions.length === 0) yield { path: `${path}/sessions` };
    }),
    message: says('Cette action n’a pas de session.', 'This action has no session.'),
    mend: { fr: 'Ajoutez une session, ou retirez l’action.', en: 'Add a session, or remove the action.' },
    mendBy: 'of',
    examples: { pass: [{}], fail: [{ edits: { [SESSION]: undefined }, at: [`${ACTION}/sessions`] }] },
  },
  {
    id: 'premier-cercle',
    on: ['formation', 'organisme'],
    sentence: {
      fr: 'Les champs du premier cercle de LHÉO sont remplis.',
      en: 'The fields of LHÉO’s first circle are filled in.',
    },
    severity: BUT_FLOWS,
    needs: [],
    check: missingFields,
    message: ({ champ }) => ({ fr: `« ${champ} » manque.`, en: `“${champ}” is missing.` }),
    mend: { fr: 'Remplissez ce champ.', en: 'Fill in this field.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { '/champs/url-formation': { urlweb: ['https://a.example'] } }],
      fail: [
        { edits: { '/champs/contenu-formation': undefined }, at: ['/champs/contenu-formation'] },
        { edits: { '/champs/contenu-formation': '' }, at: ['/champs/contenu-formation'] },
        { edits: { [`${ACTION}/champs/code-public-vise`]: [] }, at: [`${ACTION}/champs/code-public-vise`] },
        { edits: { [`${SESSION}/champs/periode/fin`]: undefined }, at: [`${SESSION}/champs/periode/fin`] },
        {
          edits: { '/champs/contact-formation/0/coordonnees/adresse/ville': undefined },
          at: ['/champs/contact-formation/0/coordonnees/adresse/ville'],
        },
      ],
    },
  },
  {
    id: 'lieu-present',
    on: ['formation'],
    sentence: {
      fr: 'Une action qui n’est pas toute à distance a un lieu.',
      en: 'An action that is not all remote has a place.',
    },
    severity: BUT_FLOWS,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        const remote = textOf(action.champs['modalites-enseignement']) === MODE_DISTANCE;
        const placed = action.site !== undefined || !isEmpty(action.champs['lieu-de-formation']);
        if (!remote && !placed) yield { path: `${path}/champs/lieu-de-formation` };
      }
    }),
    message: says('Le lieu de la formation manque.', 'The place of the formation is missing.'),
    mend: {
      fr: 'Choisissez un de vos sites, ou donnez l’adresse du lieu.',
      en: 'Choose one of your sites, or give the place’s address.',
    },
    mendBy: 'of',
    examples: {
      pass: [
        {},
        { [`${ACTION}/champs/lieu-de-formation`]: undefined, [`${ACTION}/champs/modalites-enseignement`]: '2' },
      ],
      fail: [
        { edits: { [`${ACTION}/champs/lieu-de-formation`]: undefined }, at: [`${ACTION}/champs/lieu-de-formation`] },
      ],
    },
  },
  {
    id: 'formacode-present',
    on: ['formation'],
    sentence: { fr: 'Une formation a au moins un Formacode.', en: 'A formation has at least one Formacode.' },
    severity: WHILE_TYPING,
    needs: [],
    check: ofFormation(function* ({ champs }) {
      const codes = champs['domaine-formation']?.['code-FORMACODE'];
      if (isEmpty(codes)) yield { path: '/champs/domaine-formation/code-FORMACODE' };
    }),
    message: says('Aucun Formacode n’est donné.', 'No Formacode is given.'),
    mend: { fr: 'Choisissez le domaine principal de la formation.', en: 'Choose the formation’s main domain.' },
    mendBy: 'of',
    examples: {
      pass: [{}],
      fail: [
        { edits: { '/champs/domaine-formation/code-FORMACODE': [] }, at: ['/champs/domaine-formation/code-FORMACODE'] },
      ],
    },
  },
  {
    id: 'potentiel-present',
    on: ['organisme'],
    sentence: { fr: 'Un organisme dit ses domaines de formation.', en: 'An organisme states its training domains.' },
    severity: WHILE_TYPING,
    needs: [],
    check: ofOrganisme(function* ({ champs }) {
      if (isEmpty(champs.potentiel?.['code-FORMACODE'])) yield { path: '/champs/potentiel' };
    }),
    message: says('Les domaines de formation manquent.', 'The training domains are missing.'),
    mend: { fr: 'Choisissez au moins un domaine.', en: 'Choose at least one domain.' },
    mendBy: 'of',
    examples: { pass: [{}], fail: [{ edits: { '/champs/potentiel': undefined }, at: ['/champs/potentiel'] }] },
  },
];
