import { parseFicheDocument } from '../../../domain/contract/brouillon.contract.ts';
import type { Copy } from './autosave.ts';

const PREFIX = 'sofi-brouillon:';

/** Keeps on this device what the server does not hold yet; a full or forbidden storage is not an error here. */
export function keepLocal(id: string, copy: Copy): void {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(copy));
  } catch (error) {
    console.warn('sofi: local copy not kept', error);
  }
}

export function dropLocal(id: string): void {
  localStorage.removeItem(PREFIX + id);
}

/** What this device still holds of a draft; a copy that cannot be read is none. */
export function readLocal(id: string): Copy | undefined {
  try {
    const { document, saveNumber } = JSON.parse(localStorage.getItem(PREFIX + id) ?? '') as Record<string, unknown>;
    return typeof saveNumber === 'number' ? { document: parseFicheDocument(document), saveNumber } : undefined;
  } catch {
    return undefined;
  }
}
