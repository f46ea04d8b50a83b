import type { ErrorEntry } from './errors/entry.ts';
import { FILES_ERRORS } from './errors/files.ts';
import { MAIL_ERRORS } from './errors/mail.ts';
import { MODERATION_ERRORS } from './errors/moderation.ts';
import { REGLES_ERRORS } from './errors/regles.ts';
import { REQUESTS_ERRORS } from './errors/requests.ts';

/** Every code by which the platform refuses; the same word names it over HTTP, in reports and in workflows. */
export const ERRORS = {
  ...MODERATION_ERRORS,
  ...REQUESTS_ERRORS,
  ...FILES_ERRORS,
  ...REGLES_ERRORS,
  ...MAIL_ERRORS,
} as const;
export type ErrorCode = keyof typeof ERRORS;

/** What a refusal tells beside its code; plain JSON, without personal data. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * A refusal with a code of the catalogue. Beyond a border test `code`, not the class: the workflow sandbox has classes
 * of its own.
 */
export class SofiError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message?: string, details: ErrorDetails = {}) {
    super(message ?? ERRORS[code].title.en);
    this.name = 'SofiError';
    this.code = code;
    this.details = details;
  }
}

/** The entry of a code. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return ERRORS[code];
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

/** The catalogue's code that an error of any class carries, or undefined. */
export function errorCodeOf(error: unknown): ErrorCode | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && isErrorCode(error.code) ? error.code : undefined;
}
