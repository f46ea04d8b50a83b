/** What a person is told instead of a stack trace when the platform cannot start; the process then ends with `exitCode`. */
export class StartFault extends Error {
  readonly exitCode = 2;
}

/** One sentence, in French then in English, as one message. */
export function bilingual(french: string, english: string): string {
  return `${french}\n${english}`;
}

const SENTENCES: Record<string, (where: string) => string> = {
  ENOSPC: (where) =>
    bilingual(
      `Le disque est plein : impossible d'écrire ${where}. Libérez de la place ou choisissez un autre dossier avec SOFI_DATA.`,
      `The disk is full: cannot write ${where}. Free some space or choose another folder with SOFI_DATA.`,
    ),
  EACCES: (where) =>
    bilingual(
      `Droits insuffisants sur ${where}. Donnez-les ou choisissez un autre dossier avec SOFI_DATA.`,
      `Missing rights on ${where}. Grant them or choose another folder with SOFI_DATA.`,
    ),
  EADDRINUSE: (where) =>
    bilingual(
      `L'adresse ${where} est déjà prise. Arrêtez ce qui l'occupe ou choisissez un autre port avec PORT.`,
      `The address ${where} is already in use. Stop what holds it or choose another port with PORT.`,
    ),
};
SENTENCES.EPERM = SENTENCES.EACCES as (where: string) => string;
SENTENCES.EROFS = SENTENCES.EACCES as (where: string) => string;
SENTENCES.EDQUOT = SENTENCES.ENOSPC as (where: string) => string;

function propertyOf(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The code of a system error (`EEXIST`…), undefined when it has none. */
export function codeOf(error: unknown): string | undefined {
  return propertyOf(error, 'code');
}

/** The fault a system error stands for (full disk, missing right, taken port), undefined when it is none of them. */
export function faultOf(error: unknown): StartFault | undefined {
  if (error instanceof StartFault) return error;
  const address = propertyOf(error, 'address');
  const where = propertyOf(error, 'path') ?? (address && `${address}:${propertyOf(error, 'port')}`) ?? '';
  const sentence = SENTENCES[codeOf(error) ?? ''];
  return sentence === undefined ? undefined : new StartFault(sentence(where), { cause: error });
}

/** The fault told by a child's log: services report a full disk or a missing right there only. */
export function faultInLog(log: string, where: string): StartFault | undefined {
  if (/No space left on device|disk is full|ENOSPC/i.test(log)) return new StartFault(SENTENCES.ENOSPC?.(where));
  if (/Permission denied|EACCES|readonly database/i.test(log)) return new StartFault(SENTENCES.EACCES?.(where));
  return undefined;
}
