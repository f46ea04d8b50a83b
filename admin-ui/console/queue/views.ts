import { CLOSED_STATUTS, OPEN_STATUTS } from '../../../domain/model/statuts.ts';

/** Saved views of the queue; each is a filter of `GET /soumissions`, so that the address of a view can be sent. */
export const VIEWS = ['all', 'mine', 'unassigned', 'late', 'decided', 'keptOut'] as const;
export type View = (typeof VIEWS)[number];

const TO_DECIDE = OPEN_STATUTS.filter((statut) => statut !== 'correctionsDemandees');

/** The filter of a view as the API takes it. */
export function filterOf(view: View, q: string): Record<string, unknown> {
  const search = q === '' ? {} : { q };
  if (view === 'mine') return { ...search, statut: ['enRevue'], claim: 'mine' };
  if (view === 'unassigned') return { ...search, statut: ['controlee'], claim: 'none' };
  if (view === 'late') return { ...search, statut: TO_DECIDE, late: true };
  if (view === 'keptOut') return { ...search, statut: ['validee'], horsRelease: true };
  if (view === 'decided') return { ...search, statut: ['correctionsDemandees', 'validee', ...CLOSED_STATUTS] };
  return { ...search, statut: TO_DECIDE };
}

export function isView(text: string | null): text is View {
  return VIEWS.some((view) => view === text);
}
