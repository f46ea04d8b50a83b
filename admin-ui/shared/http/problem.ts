import { HttpError } from 'react-admin';
import { type Problem, problem } from '../../../domain/contract/common.ts';

/** A refusal of the API: RFC 9457, with the code by which the screens react. */
export class ApiProblem extends HttpError {
  readonly code: string;
  readonly problem: Problem;
  /** The whole answer: a 412 carries the current version and the difference beside the problem's own members. */
  readonly answer: unknown;

  constructor(found: Problem, answer: unknown) {
    super(noticeOf(found), found.status, { errors: fieldErrors(found) });
    // HttpError sets its own prototype: without this no refusal would be known as one.
    Object.setPrototypeOf(this, ApiProblem.prototype);
    this.code = found.code;
    this.problem = found;
    this.answer = answer;
  }
}

/** What a person is told: what could not be done, then how to mend it. */
export function noticeOf(found: Problem): string {
  return [found.title, found.detail, found.mend ?? found.errors?.[0]?.message]
    .filter((text) => text !== undefined)
    .join(' – ');
}

/** Errors by field name as react-admin's forms take them; `/a/b` becomes `a.b`. */
export function fieldErrors(found: Problem): Record<string, string> {
  return Object.fromEntries(
    (found.errors ?? []).map(({ pointer, message, mend }) => [
      pointer.replace(/^#?\//, '').replaceAll('/', '.'),
      mend === undefined ? message : `${message} – ${mend}`,
    ]),
  );
}

/** Reads an answer that is no success; one that is not a problem document keeps its status. */
export function problemOf(status: number, answer: unknown, fallback: string): ApiProblem {
  const parsed = problem.safeParse(answer);
  const found = parsed.success
    ? parsed.data
    : { type: 'about:blank', code: status === 0 ? 'reseau' : 'inattendu', title: fallback, status };
  return new ApiProblem(found, answer);
}

/** The refusal that an error is, or undefined. */
export function asProblem(error: unknown): ApiProblem | undefined {
  return error instanceof ApiProblem ? error : undefined;
}
