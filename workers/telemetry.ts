import {
  DefaultLogger,
  type LogEntry,
  makeTelemetryFilterString,
  Runtime,
  type RuntimeOptions,
} from '@temporalio/worker';
import { type DestinationStream, type Logger, pino } from 'pino';
import { loggedError } from '../domain/model/logged-error.ts';
import { activityOfLine } from './activity-log.ts';

/** The worker's log: JSON lines that carry the activity and request they belong to and name nobody. */
export function openWorkerLog(level: string, to?: DestinationStream): Logger {
  const options = { level, name: 'worker', mixin: activityOfLine, serializers: { err: loggedError } };
  return to === undefined ? pino(options) : pino(options, to);
}

/** Members of the SDK's lines that say where; its others may hold arguments. */
const PLACES = ['workflowId', 'runId', 'workflowType', 'activityType', 'activityId', 'attempt', 'taskQueue'] as const;
const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** `activityLog` tells it already, with the request that asked. */
const TOLD = 'Activity failed';

/** The SDK's own warnings as lines of the worker's log. */
function sdkLogger(log: Logger): DefaultLogger {
  return new DefaultLogger('WARN', ({ level, message, meta = {} }: LogEntry) => {
    if (message === TOLD) return;
    const places = PLACES.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]] as const]));
    const error: unknown = meta.error ?? meta.err;
    log[LEVELS[level]]({ ...Object.fromEntries(places), ...(error === undefined ? {} : { err: error }) }, message);
  });
}

/**
 * Installs the SDK's runtime: its warnings in our log and, at `metricsAddress` (`host:port`), its figures for
 * Prometheus. A port that is taken is told and leaves the worker without figures: work goes before watching.
 */
export function installTelemetry(log: Logger, metricsAddress: string | undefined): void {
  // Its core, in Rust, would print by itself, past our log.
  const logging = { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} };
  const options: RuntimeOptions = { logger: sdkLogger(log), shutdownSignals: [], telemetryOptions: { logging } };
  if (metricsAddress === undefined) {
    Runtime.install(options);
    return;
  }
  try {
    const prometheus = {
      bindAddress: metricsAddress,
      countersTotalSuffix: true,
      unitSuffix: true,
      useSecondsForDurations: true,
    };
    Runtime.install({ ...options, telemetryOptions: { logging, metrics: { prometheus } } });
  } catch (error) {
    log.warn({ address: metricsAddress, err: error }, 'no metrics of the worker: cannot listen');
    Runtime.install(options);
  }
}
