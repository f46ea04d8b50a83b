import { Client, Connection } from '@temporalio/client';
import { SofiError } from '../domain/model/errors.ts';
import { requestInterceptor } from './request-context.ts';
import type { ApiSettings } from './settings.ts';

const CONNECT_TIMEOUT_MS = 2_000;
/** gRPC's own pauses between two tries grow to two minutes: a server that is back would be found late. */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1_000 };

export interface TemporalDoor {
  /** The client, connected at the first call; throws `temporal-absent` while the server does not answer. */
  readonly client: () => Promise<Client>;
  readonly close: () => Promise<void>;
}

/** Opens Temporal lazily: the API starts and serves reads without it; gRPC itself reconnects once it was open. */
export function openTemporal(settings: ApiSettings['temporal']): TemporalDoor {
  let opening: Promise<Connection> | undefined;

  const connect = () =>
    Connection.connect({
      address: settings.address,
      connectTimeout: CONNECT_TIMEOUT_MS,
      channelArgs: RECONNECT,
      ...(settings.tls ? { tls: true } : {}),
      ...(settings.apiKey === undefined ? {} : { apiKey: settings.apiKey }),
    });

  return {
    async client() {
      opening ??= connect();
      const mine = opening;
      try {
        const interceptors = { workflow: [requestInterceptor] };
        return new Client({ connection: await mine, namespace: settings.namespace, interceptors });
      } catch {
        if (opening === mine) opening = undefined;
        throw new SofiError('temporal-absent', `Cannot reach Temporal at ${settings.address}`, { retryAfter: 2 });
      }
    },
    async close() {
      const connection = await opening?.catch(() => undefined);
      await connection?.close();
    },
  };
}
