import { grouped } from '../i18n/grouped.ts';
import { useLang } from './use-lang.ts';

/** Says counts in the language of the screen, their thousands kept apart. */
export function useCount(): (count: number) => string {
  const lang = useLang();
  return (count) => grouped(count, lang);
}
