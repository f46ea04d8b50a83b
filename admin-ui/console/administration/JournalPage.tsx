import { Link as MuiLink, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { JournalRowDto } from '../../../domain/contract/journal.contract.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useDates } from '../../shared/words/use-dates.ts';
import { JournalSearch } from './journal/JournalSearch.tsx';
import { saidOf } from './journal/said.ts';

const SORT = { field: 'id', order: 'DESC' } as const;
/** As much of a hash as tells two rows apart at a glance. */
const HASH_SHOWN = 10;

/** Every step of every fiche, newest first, and where it stands in its chain. */
export function JournalPage() {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const columns: Column<JournalRowDto>[] = [
    { label: 'suivi.journal.at', show: ({ at }) => dateTime(at), sort: 'id' },
    { label: 'suivi.journal.act', show: ({ act }) => translate(`sofi.timeline.act.${act}`, { _: act }) },
    { label: 'suivi.journal.by', show: ({ nom }) => nom ?? translate('sofi.timeline.system') },
    {
      label: 'suivi.journal.fiche',
      show: ({ soumission, titre, fiche }) =>
        soumission === null ? (
          titre || fiche
        ) : (
          <MuiLink component={Link} to={`/soumissions/${soumission}`}>
            {titre || fiche}
          </MuiLink>
        ),
    },
    {
      label: 'suivi.journal.move',
      show: ({ from, to }) =>
        [from, to]
          .map((statut) => (statut === null ? '–' : translate(`sofi.statut.${statut}`, { _: statut })))
          .join(' → '),
    },
    {
      label: 'suivi.journal.data',
      show: ({ data }) => (
        <Typography variant="body2" sx={{ maxWidth: 360, overflowWrap: 'anywhere' }}>
          {saidOf(data, translate).join(' · ')}
        </Typography>
      ),
    },
    {
      label: 'suivi.journal.chain',
      show: ({ n, hash }) => (
        <span title={hash}>
          {translate('suivi.journal.link', { n })} <code>{hash.slice(0, HASH_SHOWN)}</code>
        </span>
      ),
    },
  ];
  return (
    <TablePage<JournalRowDto>
      resource="journal"
      title="suivi.journal.title"
      columns={columns}
      sort={SORT}
      actions={<JournalSearch />}
    />
  );
}
