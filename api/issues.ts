import type { z } from 'zod';
import type { Lang } from '../domain/model/words.ts';

/** One bad field: where (JSON pointer) and which sentence of the table below. */
export interface FieldIssue {
  readonly pointer: string;
  readonly code: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

type Words = (
  values: Readonly<Record<string, unknown>>,
) => Readonly<Record<Lang, readonly [message: string, mend: string]>>;

/** What each kind of bad field is called and how to mend it. */
const SENTENCES: Readonly<Record<string, Words>> = {
  'champ-inconnu': () => ({
    fr: ['Ce champ n’existe pas', 'Retirez-le'],
    en: ['This field does not exist', 'Remove it'],
  }),
  absent: () => ({
    fr: ['Ce champ manque', 'Donnez-le'],
    en: ['This field is missing', 'Give it'],
  }),
  type: ({ expected }) => ({
    fr: ['Cette valeur n’est pas du bon type', `Envoyez : ${String(expected)}`],
    en: ['This value is of the wrong type', `Send: ${String(expected)}`],
  }),
  'trop-petit': ({ minimum }) => ({
    fr: ['Cette valeur est trop petite ou trop courte', `Au moins ${String(minimum)}`],
    en: ['This value is too small or too short', `At least ${String(minimum)}`],
  }),
  'trop-grand': ({ maximum }) => ({
    fr: ['Cette valeur est trop grande ou trop longue', `Au plus ${String(maximum)}`],
    en: ['This value is too large or too long', `At most ${String(maximum)}`],
  }),
  choix: ({ choices }) => ({
    fr: ['Cette valeur n’est pas dans la liste', `Choisissez parmi : ${String(choices)}`],
    en: ['This value is not in the list', `Choose among: ${String(choices)}`],
  }),
  format: ({ format }) => ({
    fr: ['Cette valeur n’a pas la forme attendue', `Forme attendue : ${String(format)}`],
    en: ['This value does not have the expected form', `Expected form: ${String(format)}`],
  }),
  'caractere-interdit': () => ({
    fr: ['Ce texte contient un caractère nul, de commande ou illisible', 'Retirez ce caractère'],
    en: ['This text holds a null, control or unreadable character', 'Remove that character'],
  }),
  'champs-invalides': () => ({
    fr: [
      'Ces champs contiennent un caractère interdit, trop de niveaux ou une valeur qui n’est ni texte, ni liste, ni groupe',
      'Envoyez des textes sans caractère de commande, en listes et en groupes',
    ],
    en: [
      'These fields hold a forbidden character, too many levels or a value that is no text, list or group',
      'Send texts without control characters, in lists and groups',
    ],
  }),
  'deja-pris': () => ({
    fr: ['Cette valeur est déjà prise', 'Choisissez-en une autre'],
    en: ['This value is already taken', 'Choose another'],
  }),
  invalide: () => ({
    fr: ['Cette valeur n’est pas valable', 'Corrigez-la'],
    en: ['This value is not valid', 'Mend it'],
  }),
};

const OWN_MESSAGES = new Set(['caractere-interdit', 'champs-invalides']);

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function codeOf(issue: z.core.$ZodIssue): Pick<FieldIssue, 'code' | 'values'> {
  if (OWN_MESSAGES.has(issue.message)) return { code: issue.message };
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? { code: 'absent' } : { code: 'type', values: { expected: issue.expected } };
    case 'too_small':
      return { code: 'trop-petit', values: { minimum: issue.minimum } };
    case 'too_big':
      return { code: 'trop-grand', values: { maximum: issue.maximum } };
    case 'invalid_value':
      return { code: 'choix', values: { choices: issue.values.join(', ') } };
    case 'invalid_format':
      return { code: 'format', values: { format: issue.format } };
    default:
      return { code: 'invalide' };
  }
}

/** The fields that a schema refused, unknown keys one by one. */
export function issuesOf(error: z.core.$ZodError): FieldIssue[] {
  return error.issues.flatMap((issue): FieldIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), code: 'champ-inconnu' }));
    }
    return [{ pointer: pointerOf(issue.path), ...codeOf(issue) }];
  });
}

/** A bad field as it is told, in one language. */
export function describeIssue({ pointer, code, values }: FieldIssue, langue: Lang) {
  const sentence = SENTENCES[code] ?? SENTENCES.invalide;
  const [message, mend] = sentence?.(values ?? {})[langue] ?? ['', ''];
  return { pointer, code, message, mend };
}
