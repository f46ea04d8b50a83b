import { API } from '../http/api.ts';

/** What a page hears of the queue: one soumission moved, many did, or something was missed. */
export type LiveEvent =
  | { readonly kind: 'soumission'; readonly id: string }
  | { readonly kind: 'file' }
  | { readonly kind: 'resync' };

/** The part of EventSource that is used. */
export type Source = Pick<EventSource, 'addEventListener' | 'close'>;
export type OpenSource = (url: string) => Source;

const open: OpenSource = (url) => new EventSource(url);

/** The soumission that an event names, or undefined for what is not as expected. */
export function soumissionOf(data: string): string | undefined {
  try {
    const read: unknown = JSON.parse(data);
    const id = typeof read === 'object' && read !== null && 'id' in read ? read.id : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

interface Ears {
  readonly hear: (event: LiveEvent) => void;
  /** Whether the stream is open: while it is not, the screens poll. */
  readonly live: (on: boolean) => void;
}

/** Opens the stream of events; the browser comes back by itself when it is cut. Answers how to leave. */
export function followEvents({ hear, live }: Ears, source: OpenSource = open): () => void {
  const stream = source(`${API}/events`);
  stream.addEventListener('open', () => live(true));
  stream.addEventListener('error', () => live(false));
  stream.addEventListener('soumission', (event) => {
    const id = soumissionOf((event as MessageEvent<string>).data);
    hear(id === undefined ? { kind: 'resync' } : { kind: 'soumission', id });
  });
  stream.addEventListener('file', () => hear({ kind: 'file' }));
  stream.addEventListener('resync', () => hear({ kind: 'resync' }));
  return () => {
    live(false);
    stream.close();
  };
}
