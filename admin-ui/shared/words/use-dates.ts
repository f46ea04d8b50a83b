import { useMemo } from 'react';
import { useLang } from './use-lang.ts';

/** Instants and days as they are read in France, in the language of the screen. */
export function useDates() {
  const lang = useLang();
  return useMemo(() => {
    const timeZone = 'Europe/Paris';
    const long = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone });
    const short = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone });
    return {
      dateTime: (iso: string) => long.format(new Date(iso)),
      date: (iso: string) => short.format(new Date(iso)),
    };
  }, [lang]);
}
