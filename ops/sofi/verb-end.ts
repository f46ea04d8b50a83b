import { ERRORS, errorCodeOf } from '../../domain/model/errors.ts';

/** The input is bad: the reasons were or are given, and the verb ends with 1. */
export class Refused extends Error {}

/** What could not be done, in words, where the system gives only a code. */
const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'introuvable',
  EACCES: 'accès refusé',
  EPERM: 'accès refusé',
  EISDIR: "c'est un dossier",
  ENOTDIR: "le dossier n'existe pas",
  ENOSPC: 'le disque est plein',
  EROFS: 'le disque est en lecture seule',
};

/** How a verb that threw ends: its exit code and one clear sentence. */
export function endOf(error: unknown): { readonly exitCode: 1 | 2; readonly message: string } {
  if (error instanceof Refused) return { exitCode: 1, message: error.message };
  const code = errorCodeOf(error);
  if (code !== undefined) return { exitCode: 1, message: `${ERRORS[code].title.fr}. ${ERRORS[code].mend.fr}` };
  if (error instanceof Error && 'code' in error && 'path' in error) {
    const words = SYSTEM_WORDS[String(error.code)];
    if (words !== undefined) return { exitCode: 2, message: `${String(error.path)} : ${words}` };
  }
  return { exitCode: 2, message: error instanceof Error ? error.message : String(error) };
}
