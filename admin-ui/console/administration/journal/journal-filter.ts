const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is typed to search the journal; days are Paris days, ends included. */
export interface JournalTyped {
  readonly q: string;
  readonly act: string;
  readonly by: string;
  readonly fiche: string;
  readonly soumission: string;
  readonly from: string;
  readonly until: string;
}

export const NOTHING_TYPED: JournalTyped = { q: '', act: '', by: '', fiche: '', soumission: '', from: '', until: '' };

/** True when an id is typed but not whole. */
export function isHalfId(text: string): boolean {
  return text.trim() !== '' && !UUID.test(text.trim());
}

/** The filter of `GET /journal` that was typed; half an id filters nothing. `startOf` gives the first instant of a day. */
export function journalFilter(typed: JournalTyped, startOf: (day: string, later: number) => string) {
  const id = (text: string) => (UUID.test(text.trim()) ? text.trim().toLowerCase() : undefined);
  const all = {
    q: typed.q.trim() || undefined,
    act: typed.act || undefined,
    by: id(typed.by),
    fiche: id(typed.fiche),
    soumission: id(typed.soumission),
    from: typed.from === '' ? undefined : startOf(typed.from, 0),
    until: typed.until === '' ? undefined : startOf(typed.until, 1),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>;
}
