import type { RegionSettings } from '../domain/model/region.ts';
import type { Lang } from '../domain/model/words.ts';

/** What a mail says, in blocks that both its parts, HTML and text, are made of. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Somebody's own words. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'heading'; readonly text: string };

export interface ListItem {
  readonly text: string;
  /** A second, softer line. */
  readonly note?: string;
}

/** One act per mail: a button that opens a page. */
export interface Act {
  readonly label: string;
  /** Below the platform's address. */
  readonly path: string;
}

export interface Content {
  readonly subject: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly act?: Act;
  /** Why this person gets this mail. */
  readonly reason: string;
}

/** What the words need to know beside the facts. */
export interface Telling {
  readonly langue: Lang;
  readonly region: RegionSettings;
  /** When it is told, in ms: for "tomorrow 18:00". */
  readonly now: number;
}

export const text = (said: string): Block => ({ kind: 'text', text: said });
export const quote = (said: string | null): readonly Block[] =>
  said === null || said.trim() === '' ? [] : [{ kind: 'quote', text: said }];
