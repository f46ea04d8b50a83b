import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { referentiel } from '../../../domain/contract/referentiel.contract.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useCount } from '../../shared/words/use-count.ts';
import { useDates } from '../../shared/words/use-dates.ts';

type Row = z.infer<typeof referentiel> & { readonly id: string };
const SORT = { field: 'nom', order: 'ASC' } as const;

/** Which tables the rules and the CPF marking lean on, and how whole they are. */
export function ReferentielsPage() {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const count = useCount();
  const columns: Column<Row>[] = [
    { label: 'console.referentiel.nom', show: ({ nom }) => nom },
    { label: 'console.referentiel.version', show: ({ version }) => version },
    {
      label: 'console.referentiel.state',
      show: ({ state }) => translate(`console.referentiel.states.${state}`, { _: state }),
    },
    { label: 'console.referentiel.lignes', show: ({ lignes }) => count(lignes) },
    { label: 'console.referentiel.loadedAt', show: ({ loadedAt }) => (loadedAt === null ? '' : dateTime(loadedAt)) },
    { label: 'console.referentiel.alerte', show: ({ alerte }) => alerte ?? '' },
  ];
  return <TablePage<Row> resource="referentiels" title="console.referentiel.title" columns={columns} sort={SORT} />;
}
