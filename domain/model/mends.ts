import { marksMissing } from './contacts.ts';
import type { FicheDocument } from './documents.ts';
import { isRecord, sameJson } from './json.ts';
import { getAtPath, pathSteps, setAtPath } from './paths.ts';

/** A field that a moderator corrects; a value that is absent takes the field away. */
export interface MendWish {
  readonly path: string;
  readonly value?: unknown;
  readonly reason: string;
}

/** A correction as it is kept: what the field said and says. */
export interface Mend {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason: string;
}

/** What SOFI allots or links: identity is no field. */
const IDENTITY = new Set(['id', 'kind', 'organisme', 'numero', 'numeroRecu', 'recu', 'origine']);
const ROWS = new Set(['actions', 'sessions', 'dispositifs', 'sites']);

/** True when the address names a field that a moderator may correct: none that identifies, no row as a whole. */
export function isMendable(path: string): boolean {
  const steps = pathSteps(path);
  const last = steps.at(-1);
  if (last === undefined || ROWS.has(last) || ROWS.has(steps.at(-2) ?? '')) return false;
  return steps.includes('champs') ? last !== 'champs' : !steps.some((step) => IDENTITY.has(step));
}

function applied(document: FicheDocument, wishes: readonly MendWish[]) {
  let mended = document;
  const mends: Mend[] = [];
  for (const { path, value, reason } of wishes) {
    const before = getAtPath(mended, path);
    if (sameJson(before, value)) continue;
    mended = setAtPath(mended, path, value);
    mends.push({
      path,
      reason,
      ...(before === undefined ? {} : { before }),
      ...(value === undefined ? {} : { after: value }),
    });
  }
  return { document: mended, mends };
}

/** Contacts that wishes add without saying whether they may be published: they stay inside, for the reason of their wish. */
function marksOf(document: FicheDocument, mended: FicheDocument, wishes: readonly MendWish[]): MendWish[] {
  return marksMissing(mended, document).map(({ contact, path, value }) => {
    const cause = wishes.find(
      (wish) => `${wish.path}/`.startsWith(`${contact}/`) || contact.startsWith(`${wish.path}/`),
    );
    return { path, value, reason: cause?.reason ?? '' };
  });
}

/**
 * The document with corrections, and each as it is kept; a correction that changes nothing is left out. A contact that
 * they add is marked private, as one that an OF adds is, unless they mark it themselves (design §11).
 */
export function mendDocument(
  document: FicheDocument,
  wishes: readonly MendWish[],
): { readonly document: FicheDocument; readonly mends: readonly Mend[] } {
  const asked = applied(document, wishes);
  const marked = applied(asked.document, marksOf(document, asked.document, wishes));
  return { document: marked.document, mends: [...asked.mends, ...marked.mends] };
}

function rowIsThere(document: unknown, path: string): boolean {
  const steps = pathSteps(path);
  const at = steps.indexOf('champs');
  return at <= 0 || isRecord(getAtPath(document, steps.slice(0, at).join('/')));
}

/**
 * What a source sends again with the corrections made here: a field that it did not change since keeps its correction
 * (design §4), one that it changed is the source's.
 */
export function keepMends(received: FicheDocument, mends: readonly Mend[]): FicheDocument {
  let kept = received;
  for (const { path, before, after } of mends) {
    if (rowIsThere(kept, path) && sameJson(getAtPath(kept, path), before)) kept = setAtPath(kept, path, after);
  }
  return kept;
}
