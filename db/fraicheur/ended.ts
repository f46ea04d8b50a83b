import { sql as raw } from 'kysely';
import { businessDayNow } from '../horloge.ts';

/** `hasEnded` of the model in a statement over session `s` and action `a`, on the business clock as the statement begins. */
export const endedNow = raw<boolean>`(s.fin ~ '^[0-9]{8}$' and s.fin not in ('00000000', '99999999')
  and s.debut <> '00000000' and not a.permanente
  and case when s.fin like '%00' then left(s.fin, 6) || '99' else s.fin end < replace(${businessDayNow}, '-', ''))`;
