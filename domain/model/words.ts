import { daysBetween, isoWeekday, ymdOf } from './calendar.ts';
import type { InstantMs } from './ids.ts';
import { parisDayOf, parisTimeOf } from './paris-time.ts';

export const LANGS = ['fr', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** A sentence or a word in the two languages of the screens. */
export type Bilingual = Readonly<Record<Lang, string>>;

const DAYS: Record<Lang, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const TODAY: Bilingual = { fr: 'aujourd’hui', en: 'today' };
const TOMORROW: Bilingual = { fr: 'demain', en: 'tomorrow' };

/** A due instant as people say it, seen from `now`: "jeudi 18:00", "today 18:00", and with its date beyond six days. */
export function describeDue(due: InstantMs, now: InstantMs, lang: Lang): string {
  const day = parisDayOf(due);
  const { hour, minute } = parisTimeOf(due);
  const time = `${hour}:${String(minute).padStart(2, '0')}`;
  const away = daysBetween(parisDayOf(now), day);
  if (away === 0) return `${TODAY[lang]} ${time}`;
  if (away === 1) return `${TOMORROW[lang]} ${time}`;
  const name = DAYS[lang][isoWeekday(day) - 1] ?? '';
  if (away > 1 && away < 7) return `${name} ${time}`;
  const { year, month, day: number } = ymdOf(day);
  const date = `${String(number).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;
  return `${name} ${date} ${time}`;
}
