/** Classes of SQLSTATE that say nothing of the data: connection, roll-back by the server, resources, locks, operator, system. */
const PASSING_CLASSES = new Set(['08', '25', '40', '53', '55', '57', '58']);
const PASSING_SYSTEM = /^(E(CONN|PIPE|HOST|NET|NOTFOUND|AI_AGAIN|TIMEDOUT))/;
const PASSING_WORDS = /connection terminated|connection ended|timeout|not queryable|aborted|cancelled/i;

/** True for an error that may pass by itself (the server is away, full, busy); false for one that the data bring back. */
export function isPassing(error: unknown): boolean {
  const { code, name, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly [key in 'code' | 'name' | 'message']?: unknown;
  };
  if (typeof code === 'string' && (PASSING_CLASSES.has(code.slice(0, 2)) || PASSING_SYSTEM.test(code))) return true;
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return false;
  return (
    name === 'AbortError' || name === 'CancelledFailure' || (typeof message === 'string' && PASSING_WORDS.test(message))
  );
}
