import type { InstantMs } from './ids.ts';
import { refusalOf, type Standing } from './refusals.ts';
import type { Actor } from './requests.ts';
import { nextStatut } from './statuts.ts';

const DECISIONS = ['approve', 'refuse', 'requestChanges'] as const;

function cariforefActs(standing: Standing, by: Actor, now: InstantMs): string[] {
  const may = (wish: Parameters<typeof refusalOf>[1]) => refusalOf(standing, wish, now) === null;
  const mine = standing.claim !== null && standing.claim.expires > now && standing.claim.by === by.userId;
  const claim = may({ kind: 'claim', by, takeOver: false });
  const takeOver = !claim && may({ kind: 'claim', by, takeOver: true });
  return [
    ...(claim && !mine ? ['claim'] : []),
    ...(takeOver ? ['takeOver'] : []),
    ...(mine && may({ kind: 'giveBack', by }) ? ['giveBack'] : []),
    ...DECISIONS.filter((kind) => may({ kind: 'decide', by, decision: { kind, version: standing.version } })),
    ...(may({ kind: 'mend', by, version: standing.version }) ? ['mend'] : []),
    ...(may({ kind: 'undo', by }) ? ['undo'] : []),
  ];
}

function entryActs({ statut }: Standing): string[] {
  return [
    ...(nextStatut(statut, 'deposer') === undefined ? [] : ['deposer']),
    ...(statut === 'brouillon' ? ['abandonner'] : []),
    ...(nextStatut(statut, 'reviser') === undefined ? [] : ['reviser']),
    ...(nextStatut(statut, 'retirer') === undefined ? [] : ['retirer']),
  ];
}

/**
 * The acts that a person may do on a soumission now: by the status table, who holds it and who decided; `takeOver` where
 * a colleague holds it. An OF's acts are those of who entered it, also for a moderator who entered on behalf.
 */
export function allowedActs(standing: Standing, by: Actor, now: InstantMs): string[] {
  if (by.role === 'of') return entryActs(standing);
  if (by.role === 'consommateur') return [];
  if (standing.statut === 'brouillon') return entryActs(standing);
  const own = standing.saisiPar === by.userId ? entryActs(standing) : [];
  return [...cariforefActs(standing, by, now), ...own];
}
