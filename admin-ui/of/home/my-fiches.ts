import { queryOptions } from '@tanstack/react-query';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { isClosed } from '../../../domain/model/statuts.ts';
import { callApi } from '../../shared/http/api.ts';
import { pollMs } from '../../shared/live/live-state.ts';

const SHOWN = 200;

export interface MyFiches {
  readonly rows: readonly SoumissionRowDto[];
  readonly total: number;
}

/** Everything I entered, last saved first; fresh by itself. */
export const myFichesQuery = queryOptions({
  queryKey: ['mes-fiches'],
  queryFn: async ({ signal }): Promise<MyFiches> => {
    const sort = encodeURIComponent('["savedAt","DESC"]');
    const { json, headers } = await callApi<SoumissionRowDto[]>(`/soumissions?sort=${sort}&range=[0,${SHOWN - 1}]`, {
      signal,
    });
    return { rows: json, total: Number(headers.get('Content-Range')?.split('/')[1] ?? json.length) };
  },
  refetchInterval: () => pollMs(),
});

/** What asks for an act from me: corrections first, then drafts. */
export function toDo(rows: readonly SoumissionRowDto[]): SoumissionRowDto[] {
  const asked = rows.filter(({ statut }) => statut === 'correctionsDemandees');
  return [...asked, ...rows.filter(({ statut }) => statut === 'brouillon')];
}

/** One line per fiche: what is open of it, else its latest; what was given up is not offer. */
export function offerOf(rows: readonly SoumissionRowDto[]): SoumissionRowDto[] {
  const byFiche = new Map<string, SoumissionRowDto>();
  for (const row of rows) {
    const known = byFiche.get(row.fiche.id);
    if (row.statut === 'abandonnee' || row.statut === 'brouillon') continue;
    if (known === undefined || (isClosed(known.statut) && !isClosed(row.statut))) byFiche.set(row.fiche.id, row);
  }
  return [...byFiche.values()];
}
