import { z } from 'zod';
import type { Viewer } from '../../db/connect.ts';

const moved = z.tuple([z.uuid(), z.uuid(), z.uuid(), z.string(), z.int()]);

/** What the database tells when soumissions move: each of a few, or that many did, and whose. */
const notice = z.union([
  z.object({ moved: z.array(moved) }),
  z.object({ many: z.int(), organismes: z.array(z.uuid()).default([]) }),
]);

/** One event as streams carry it, with the organismes whose people may hear it. */
export interface Told {
  readonly event: 'soumission' | 'file' | 'resync';
  readonly data: Readonly<Record<string, string | number>>;
  /** `all`: it says nothing of anybody. */
  readonly organismes: readonly string[] | 'all';
}

/** After a gap nobody knows what was missed: screens read again. */
export const RESYNC: Told = { event: 'resync', data: {}, organismes: 'all' };

/** The events in a notice of the database; throws for one that is not as expected. */
export function toldIn(payload: string): Told[] {
  const read = notice.parse(JSON.parse(payload));
  if ('many' in read) return [{ event: 'file', data: { n: read.many }, organismes: read.organismes }];
  return read.moved.map(([id, fiche, organisme, statut, version]) => ({
    event: 'soumission',
    data: { id, fiche, statut, version },
    organismes: [organisme],
  }));
}

/** An OF hears only its own; of many at once, only that some moved. */
export function mayHear({ role, organismes: own }: Viewer, { organismes }: Told): boolean {
  if (organismes === 'all' || role === 'moderateur' || role === 'administrateur') return true;
  return role === 'of' && organismes.some((id) => own.includes(id));
}

/** For an OF the count of many is nobody's business. */
export function asHeardBy({ role }: Viewer, told: Told): Told {
  return told.event === 'file' && role === 'of' ? { ...told, data: {} } : told;
}
