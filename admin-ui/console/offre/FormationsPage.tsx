import { Link as MuiLink } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { formationRow } from '../../../domain/contract/offre.contract.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useDates } from '../../shared/words/use-dates.ts';

type Row = z.infer<typeof formationRow>;
const SORT = { field: 'intitule', order: 'ASC' } as const;

/** The accepted formations. */
export function FormationsPage() {
  const translate = useTranslate();
  const { date } = useDates();
  const columns: Column<Row>[] = [
    { label: 'console.offre.intitule', show: ({ intitule }) => intitule, sort: 'intitule' },
    { label: 'console.offre.numero', show: ({ numero }) => numero, sort: 'numero' },
    { label: 'console.offre.organisme', show: ({ organisme }) => organisme.nom },
    { label: 'console.offre.actions', show: ({ actions }) => actions },
    { label: 'console.offre.sessions', show: ({ sessions }) => sessions },
    { label: 'console.offre.maj', show: ({ maj }) => date(maj), sort: 'maj' },
    { label: 'console.offre.release', show: ({ release }) => release ?? translate('console.offre.notPublished') },
    {
      label: 'console.offre.soumission',
      show: ({ soumission }) =>
        soumission && (
          <MuiLink component={Link} to={`/soumissions/${soumission.id}`}>
            {translate(`sofi.statut.${soumission.statut}`)}
          </MuiLink>
        ),
    },
  ];
  return (
    <TablePage<Row>
      resource="formations"
      title="console.offre.formations"
      columns={columns}
      sort={SORT}
      search="console.offre.search"
      to={({ id }) => `/formations/${id}`}
    />
  );
}
