import { isoWeekday } from './calendar.ts';
import type { ParisDay } from './ids.ts';
import { isPublicHoliday } from './working-days.ts';

/** What administrators set of sending. */
export interface MailSettings {
  /** Nothing leaves until it is lifted; mails go on being left. */
  readonly arret: boolean;
  /** Mails in any hour at most; null is no cap. */
  readonly parHeure: number | null;
  /** Days without reminders and digests: week-ends, public holidays, and some dates. */
  readonly calme: { readonly weekEnd: boolean; readonly feries: boolean; readonly dates: readonly ParisDay[] };
}

export const DEFAULT_MAIL_SETTINGS: MailSettings = {
  arret: false,
  parHeure: null,
  calme: { weekEnd: true, feries: true, dates: [] },
};

/** Whether reminders and digests keep silent on a Paris day; other mails are told all the same. */
export function isQuietDay(day: ParisDay, { calme }: MailSettings): boolean {
  if (calme.dates.includes(day)) return true;
  if (calme.weekEnd && isoWeekday(day) > 5) return true;
  return calme.feries && isPublicHoliday(day);
}
