import { type DestinationStream, type Logger, pino } from 'pino';
import { loggedError } from '../domain/model/logged-error.ts';
import { requestOfLine } from './request-context.ts';

/** The API's log: JSON lines that carry the id of their request and name nobody. */
export function openApiLog(level: string, to?: DestinationStream): Logger {
  const options = { level, name: 'api', mixin: requestOfLine, serializers: { err: loggedError } };
  return to === undefined ? pino(options) : pino(options, to);
}
