import type { z } from 'zod';
import type { formationRow, organismeRow } from '../../../domain/contract/offre.contract.ts';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { OPEN_STATUTS } from '../../../domain/model/statuts.ts';
import { callApi } from '../../shared/http/api.ts';

export const MIN_SEARCH = 2;
/** Shown of each kind; the lists show the others. */
const EACH = 5;

/** The kinds of things that the console finds, in the order they are shown. */
export const FOUND_KINDS = ['soumissions', 'formations', 'organismes'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

export interface Found {
  readonly kind: FoundKind;
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

type Formation = z.infer<typeof formationRow>;
type Organisme = z.infer<typeof organismeRow>;

async function first<Row>(kind: FoundKind, filter: unknown, signal: AbortSignal): Promise<Row[]> {
  const query = new URLSearchParams({ filter: JSON.stringify(filter), range: JSON.stringify([0, EACH - 1]) });
  const { json } = await callApi<Row[]>(`/${kind}?${query}`, { signal });
  return json;
}

const detailOf = (...parts: readonly (string | null)[]) =>
  parts.filter((part) => part !== null && part !== '').join(' · ');

/** What a numero, a SIRET, an NDA or words name: open soumissions, then formations and organismes of the offer. */
export async function searchEverywhere(q: string, signal: AbortSignal): Promise<Found[]> {
  const [soumissions, formations, organismes] = await Promise.all([
    first<SoumissionRowDto>('soumissions', { q, statut: OPEN_STATUTS }, signal),
    first<Formation>('formations', { q }, signal),
    first<Organisme>('organismes', { q }, signal),
  ]);
  return [
    ...soumissions.map(({ id, titre, fiche, organisme }): Found => {
      return { kind: 'soumissions', id, label: titre, detail: detailOf(fiche.numero, organisme.nom) };
    }),
    ...formations.map(({ id, intitule, numero, organisme }): Found => {
      return { kind: 'formations', id, label: intitule, detail: detailOf(numero, organisme.nom) };
    }),
    ...organismes.map(({ id, nom, siret, nda, commune }): Found => {
      return { kind: 'organismes', id, label: nom, detail: detailOf(siret, nda, commune) };
    }),
  ];
}
