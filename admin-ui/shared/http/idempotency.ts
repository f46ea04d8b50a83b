import { newId } from '../words/ids.ts';

/** The part of Storage that keeps keys through a reload. */
export type KeyStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'sofi-cle:';

/** A short name of an act: the same route and body give the same one (FNV-1a, 53 bits are enough within one tab). */
function nameOf(act: string): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let at = 0; at < act.length; at++) {
    const unit = act.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
  }
  return `${PREFIX}${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
}

/** The key of an act: kept until the act is answered for good, so that a retry tells what became of the first try. */
export function keyFor(act: string, store: KeyStore): string {
  const name = nameOf(act);
  const kept = store.getItem(name);
  if (kept !== null) return kept;
  const key = newId();
  store.setItem(name, key);
  return key;
}

/** Forgets the key of an act that was done or refused; the same act made again later is another act. */
export function forgetKey(act: string, store: KeyStore): void {
  store.removeItem(nameOf(act));
}

/** True when the answer leaves open whether the act was done: no answer, a 5xx, or the same call still running. */
export function isOpenAnswer(status: number, code: string | undefined): boolean {
  return status === 0 || status >= 500 || status === 429 || code === 'cle-en-cours';
}
