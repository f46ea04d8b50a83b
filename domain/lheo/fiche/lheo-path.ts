import type { FormationDocument } from '../../model/documents.ts';

/**
 * Where a field of a formation's document stands in its `formation` element, as the reader writes paths (repeated
 * elements by index, from 0): `/actions/{id}/champs/periode` → `/action/0/periode`.
 */
export function lheoPath(formation: FormationDocument, path: string): string {
  const steps = path.split('/').filter((step) => step !== '');
  const [level, id, ...rest] = steps;
  if (level === 'champs') return joined(steps.slice(1));
  if (level === 'numero' || level === 'referenceOf') return '/@/numero';
  if (level === 'organisme') return '/organisme-formation-responsable';
  if (level !== 'actions') return joined(steps);
  const index = formation.actions.findIndex((action) => action.id === id);
  const action = formation.actions[index];
  if (action === undefined) return '/action';
  return `/action/${index}${inAction(action, rest)}`;
}

function inAction(action: FormationDocument['actions'][number], steps: readonly string[]): string {
  const [level, id, ...rest] = steps;
  if (level === 'champs') return joined(steps.slice(1));
  if (level !== 'sessions') return level === undefined ? '' : '/@/numero';
  const index = action.sessions.findIndex((session) => session.id === id);
  if (index < 0) return '/session';
  const [field, dispositif] = rest;
  if (field === 'champs') return `/session/${index}${joined(rest.slice(1))}`;
  if (field !== 'dispositifs') return `/session/${index}`;
  const rank = action.sessions[index]?.dispositifs.findIndex((one) => one.id === dispositif) ?? -1;
  return rank < 0 ? `/session/${index}` : `/organisme-financeur/${rank}`;
}

function joined(steps: readonly string[]): string {
  return steps.map((step) => `/${step}`).join('');
}
