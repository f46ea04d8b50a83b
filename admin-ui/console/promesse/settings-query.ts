import { useQuery } from '@tanstack/react-query';
import { DEFAULT_ESCALATION, type EscalationHours } from '../../../domain/model/escalation.ts';
import type { TwoVoices } from '../../../domain/model/two-voices.ts';
import { callApi } from '../../shared/http/api.ts';

export interface Settings {
  readonly escalade: EscalationHours;
  readonly deuxVoix: TwoVoices;
}

export const SETTINGS_PATH = '/promesse/reglages';
const FRESH_MS = 5 * 60_000;

/** What administrators set of moderation, read once in five minutes for all that shows it. */
export function useSettings() {
  return useQuery({
    queryKey: ['reglages'],
    queryFn: async ({ signal }) => (await callApi<Settings>(SETTINGS_PATH, { signal })).json,
    refetchOnWindowFocus: false,
    staleTime: FRESH_MS,
  });
}

/** Working hours before due at which a promise turns amber; the design's until the setting is read. */
export function useAmberHours(): number {
  return useSettings().data?.escalade.amber ?? DEFAULT_ESCALATION.amber;
}
