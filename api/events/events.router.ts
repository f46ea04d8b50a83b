import type { Request, Response } from 'express';
import type { Viewer } from '../../db/connect.ts';
import type { ApiDeps } from '../deps.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireRight } from '../rights.ts';
import { type EventHub, openEventHub } from './hub.ts';

const HEARTBEAT_MS = 15_000;
/** A stream ends and is opened again: who may hear what is judged anew. */
const STREAM_MS = 10 * 60_000;
const RETRY_MS = 3_000;
/** Someone who does not read is cut, and reads again from where it was. */
const MAX_UNREAD_BYTES = 256 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};

function stream(hub: EventHub, viewer: Viewer, req: Request, res: Response): void {
  const waiting: string[] = [];
  let open = false;
  const write = (text: string) => {
    if (!open) waiting.push(text);
    else if (res.writableLength > MAX_UNREAD_BYTES) res.destroy();
    else res.write(text);
  };
  const hear = (id: string, { event, data }: { readonly event: string; readonly data: object }) =>
    write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  // Joined before a byte is sent: a refusal is still a problem document.
  const leave = hub.join({ viewer, hear, end: () => res.end() }, req.get('Last-Event-ID'));
  res.status(200).set(HEADERS).flushHeaders();
  res.write(`retry: ${RETRY_MS}\n\n`);
  open = true;
  for (const text of waiting) write(text);
  const beat = setInterval(() => write(': \n\n'), HEARTBEAT_MS);
  const over = setTimeout(() => res.end(), STREAM_MS);
  res.once('close', () => {
    leave();
    clearInterval(beat);
    clearTimeout(over);
  });
}

/** `GET /events`: what moved in the queue and in reviews, as server-sent events; `close` ends every stream. */
export function openEvents(deps: ApiDeps): { readonly endpoint: Endpoint; readonly close: () => void } {
  const hub = openEventHub({ databaseUrl: deps.settings.databaseUrl, log: deps.log });
  const endpoint: Endpoint = {
    method: 'get',
    path: '/events',
    summary:
      'Server-sent events: `soumission` { id, fiche, statut, version } of one that moved, `file` when many did, `resync` after a gap',
    tag: 'soumissions',
    access: ['read', 'soumission'],
    answers: { 200: 'text/event-stream' },
    async run(_deps, req, res) {
      stream(hub, requireRight(req.viewer, 'read', 'soumission'), req, res);
    },
  };
  return { endpoint, close: hub.close };
}
