import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { isOpen } from '../../../domain/model/statuts.ts';

/** The paths that both the last deposit and another accepted change moved, as the journal tells; none once it is decided. */
export function conflictsOf({ timeline, statut }: Pick<SoumissionDto, 'timeline' | 'statut'>): string[] {
  if (!isOpen(statut)) return [];
  const deposit = timeline.findLast(({ act }) => act === 'deposer' || act === 'reviser');
  const paths = deposit?.data?.conflits;
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}
