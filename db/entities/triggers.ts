/** The channel on which the database tells what moved; the payload holds ids and statuses only. */
export const EVENTS_CHANNEL = 'sofi_events';

const trigger = (name: string, event: string, tables: string) =>
  `create trigger "${name}" after ${event} on "soumission" referencing ${tables} for each statement execute function sofi_tell_soumissions()`;

/** Each statement that moves soumissions tells so once, when its transaction commits. */
export const SOUMISSION_TRIGGERS = [
  {
    name: 'soumission_told_insert',
    timing: 'after' as const,
    events: ['insert' as const],
    forEach: 'statement' as const,
    expression: trigger('soumission_told_insert', 'insert', 'new table as fresh'),
  },
  {
    name: 'soumission_told_update',
    timing: 'after' as const,
    events: ['update' as const],
    forEach: 'statement' as const,
    expression: trigger('soumission_told_update', 'update', 'old table as stale new table as fresh'),
  },
];
