import { type QueueAddress, readAddress, writeAddress } from './queue-query.ts';

const KEY = 'sofi-file';

/** The queue that the review walks through: the one last looked at in this tab. */
export function rememberQueue(address: QueueAddress): void {
  sessionStorage.setItem(KEY, writeAddress(address).toString());
}

export function rememberedQueue(): QueueAddress {
  return readAddress(new URLSearchParams(sessionStorage.getItem(KEY) ?? ''));
}

/** The address of that queue within the console. */
export function rememberedPath(): string {
  return `/?${sessionStorage.getItem(KEY) ?? ''}`;
}
