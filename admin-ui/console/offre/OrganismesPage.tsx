import type { z } from 'zod';
import type { organismeRow } from '../../../domain/contract/offre.contract.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';

type Row = z.infer<typeof organismeRow>;
const SORT = { field: 'nom', order: 'ASC' } as const;

const COLUMNS: readonly Column<Row>[] = [
  { label: 'console.offre.nom', show: ({ nom }) => nom, sort: 'nom' },
  { label: 'console.offre.nda', show: ({ nda }) => nda },
  { label: 'console.offre.siret', show: ({ siret }) => siret },
  { label: 'console.offre.commune', show: ({ commune, codePostal }) => `${codePostal} ${commune}` },
  { label: 'console.offre.departement', show: ({ departement }) => departement },
  { label: 'console.offre.version', show: ({ version }) => version },
];

/** The accepted organismes. */
export function OrganismesPage() {
  return (
    <TablePage<Row>
      resource="organismes"
      title="console.offre.organismes"
      columns={COLUMNS}
      sort={SORT}
      search="console.offre.search"
      to={({ id }) => `/organismes/${id}`}
    />
  );
}
