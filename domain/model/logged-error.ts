/** What a log may say of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** Where it came from, without the message that it begins with. */
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const MAIL = /[^\s@"'<>(),;]+@[^\s@"'<>(),;]+/g;
const BEARER = /\bBearer\s+\S+/gi;
const MAX_MESSAGE = 500;
const MAX_CAUSES = 3;

type Thrown = { readonly [member: string]: unknown };

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A database or its driver tells values of rows, and the statement with them: such a message is not for a log. */
function isOfDatabase(error: Thrown): boolean {
  return 'severity' in error || 'sqlState' in error || text(error.name).endsWith('Exception') || 'query' in error;
}

function messageOf(error: Thrown): string {
  if (isOfDatabase(error)) return `database error ${text(error.code)}`.trim();
  return text(error.message).replaceAll(BEARER, 'Bearer …').replaceAll(MAIL, '…@…').slice(0, MAX_MESSAGE);
}

function stackOf(error: Thrown): string | undefined {
  if (typeof error.stack !== 'string') return undefined;
  const frames = error.stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length === 0 ? undefined : frames.join('\n');
}

/**
 * An error without what may name somebody: of a database's error only its code stays, of any other the message with
 * mail addresses and tokens taken out. No member but these is kept.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (typeof error !== 'object' || error === null)
    return { type: typeof error, message: messageOf({ message: error }) };
  const thrown = error as Thrown;
  const { code, cause } = thrown;
  const stack = stackOf(thrown);
  return {
    type: text(thrown.name) || 'Error',
    message: messageOf(thrown),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined || depth === MAX_CAUSES ? {} : { cause: loggedError(cause, depth + 1) }),
  };
}
