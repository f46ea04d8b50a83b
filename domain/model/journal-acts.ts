import { ACTS, type Act } from './statuts.ts';

/** Steps that a journal tells beside the moves of the status table. */
const OTHER_STEPS = [
  'takeOver',
  'leaseOver',
  'remind',
  'horsRelease',
  'mend',
  'escalade',
  'firstVoice',
  'message',
  'note',
  'objection',
  'lookAlike',
  'effacer',
  'confirmer',
  'repondre',
] as const;

/** What a row of the journal may tell: `act` of a timeline's item, and its label's key. */
export type JournalAct = Act | (typeof OTHER_STEPS)[number];
export const JOURNAL_ACTS: readonly JournalAct[] = [...ACTS, ...OTHER_STEPS];
