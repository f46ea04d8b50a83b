import { useTranslate } from 'react-admin';
import type { SessionFraicheur } from '../../../domain/contract/fraicheur.contract.ts';
import { parseLheoDate } from '../../../domain/model/lheo-dates.ts';
import { useDates } from '../words/use-dates.ts';

/** The dates of a session in words; permanent entries have none. */
export function useSessionDates(): (session: Pick<SessionFraicheur, 'debut' | 'fin'>) => string {
  const translate = useTranslate();
  const { date } = useDates();
  return ({ debut, fin }) => {
    const [from, to] = [parseLheoDate(debut), parseLheoDate(fin)];
    if (from.kind !== 'day' || to.kind !== 'day') return translate('fraicheur.of.permanent');
    return translate('fraicheur.of.dates', { debut: date(from.day), fin: date(to.day) });
  };
}
