import { DEFAULT_ESCALATION, workingHoursBefore } from '../../../domain/model/escalation.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import type { Lang } from '../../../domain/model/words.ts';

export type Tone = 'late' | 'amber' | 'running';

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
const DAY_UNIT: Record<Lang, string> = { fr: 'j', en: 'd' };

/** A length as people say it: "25 min", "2 h", "1 j 3 h", "4 j". */
export function describeLength(ms: number, lang: Lang): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  if (minutes < HOUR) return `${minutes} min`;
  if (minutes < DAY) return `${Math.round(minutes / HOUR)} h`;
  const days = Math.floor(minutes / DAY);
  const hours = Math.round((minutes % DAY) / HOUR);
  return days > 2 || hours === 0 ? `${days} ${DAY_UNIT[lang]}` : `${days} ${DAY_UNIT[lang]} ${hours} h`;
}

/** Where a promise stands at `now`, and in words; amber some working hours before it is due, by setting (design §2: 8). */
export function timeLeft(
  due: number,
  now: number,
  lang: Lang,
  amberHours = DEFAULT_ESCALATION.amber,
): { readonly tone: Tone; readonly words: string } {
  if (now > due) {
    const late = describeLength(now - due, lang);
    return { tone: 'late', words: lang === 'fr' ? `en retard de ${late}` : `late by ${late}` };
  }
  const amber = workingHoursBefore(due as InstantMs, amberHours);
  return { tone: now >= amber ? 'amber' : 'running', words: describeLength(due - now, lang) };
}
