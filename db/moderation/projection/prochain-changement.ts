import { addDays, toParisDay } from '../../../domain/model/calendar.ts';
import { type FormationDocument, texteOf } from '../../../domain/model/documents.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import { latestDay } from '../../../domain/model/lheo-dates.ts';

/** Last day on which each session and each dispositif shows. */
function lastDays(formation: FormationDocument): ParisDay[] {
  return formation.actions
    .flatMap(({ sessions }) => sessions)
    .flatMap(({ champs, dispositifs }) => [
      latestDay(texteOf(champs.periode?.fin)),
      ...dispositifs.map(({ finValidite }) => toParisDay(finValidite ?? '')),
    ])
    .filter((day) => day !== undefined);
}

/** First Paris day after `day` on which the formation changes by itself (design §7); null when it never does. */
export function prochainChangement(formation: FormationDocument, day: ParisDay): ParisDay | null {
  let first: ParisDay | undefined;
  for (const last of lastDays(formation)) if (last >= day && (first === undefined || last < first)) first = last;
  return first === undefined ? null : addDays(first, 1);
}
