import {
  Checkbox,
  Link as MuiLink,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { DueClock } from '../../shared/parts/DueClock.tsx';
import { StatutChip } from '../../shared/parts/StatutChip.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { useAmberHours } from '../promesse/settings-query.ts';
import { ChecksCount } from './ChecksCount.tsx';
import type { Selection } from './use-selection.ts';

const COLUMNS = ['due', 'organisme', 'titre', 'kind', 'resume', 'checks', 'claim', 'statut'] as const;

/** `import` is the fourth kind a moderator sees: a creation or change that no person typed. */
function kindKey(row: SoumissionRowDto): string {
  const fromFile = row.source === 'flux' || row.source === 'fichier';
  return fromFile && row.kind === 'creation' ? 'import' : row.kind;
}

interface Choice {
  readonly selected: Selection;
  readonly onChoose: (rows: readonly SoumissionRowDto[], on: boolean) => void;
}

function QueueRow({ row, selected, onChoose }: Choice & { readonly row: SoumissionRowDto }) {
  const translate = useTranslate();
  const lang = useLang();
  const amber = useAmberHours();
  const titre = row.titre === '' ? translate('sofi.state.unknown') : row.titre;
  return (
    <TableRow hover sx={{ '&:focus-within': { bgcolor: 'action.hover' } }}>
      <TableCell padding="checkbox">
        <Checkbox
          size="small"
          checked={selected.has(row.id)}
          onChange={(_event, on) => onChoose([row], on)}
          slotProps={{ input: { 'aria-label': translate('vie.lot.select', { titre }) } }}
        />
      </TableCell>
      <TableCell>
        <DueClock due={row.due} amber={amber} />
      </TableCell>
      <TableCell>{row.organisme.nom}</TableCell>
      <TableCell sx={{ minWidth: 220, overflowWrap: 'anywhere' }}>
        <MuiLink
          component={Link}
          to={`/soumissions/${row.id}`}
          aria-label={translate('console.queue.open', { titre })}
          sx={{ fontWeight: 600 }}
        >
          {titre}
        </MuiLink>
      </TableCell>
      <TableCell>
        {translate(`sofi.kind.${kindKey(row)}`)}
        {row.fiche.kind === 'organisme' ? ` · ${translate('sofi.ficheKind.organisme')}` : ''}
      </TableCell>
      <TableCell sx={{ maxWidth: 320 }}>{row.resume?.[lang] ?? translate('console.review.proposal')}</TableCell>
      <TableCell>
        <ChecksCount blocking={row.blocking} warnings={row.warnings} />
      </TableCell>
      <TableCell>
        {row.claim === null
          ? translate('console.queue.free')
          : row.claim.mine
            ? translate('console.queue.mine')
            : row.claim.by.nom}
      </TableCell>
      <TableCell>
        <StatutChip statut={row.statut} />
        {row.horsRelease !== null && <Typography variant="caption">{row.horsRelease[lang]}</Typography>}
      </TableCell>
    </TableRow>
  );
}

/** The queue itself, sorted by the server by the time left to the next promise. */
export function QueueTable({
  rows,
  label,
  selected,
  onChoose,
}: Choice & { readonly rows: readonly SoumissionRowDto[]; readonly label: string }) {
  const translate = useTranslate();
  const whole = rows.every(({ id }) => selected.has(id));
  return (
    <TableContainer tabIndex={0} role="region" aria-label={label}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell padding="checkbox">
              <Checkbox
                size="small"
                checked={whole}
                onChange={(_event, on) => onChoose(rows, on)}
                slotProps={{ input: { 'aria-label': translate('vie.lot.selectAll') } }}
              />
            </TableCell>
            {COLUMNS.map((column) => (
              <TableCell key={column}>{translate(`console.queue.col.${column}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <QueueRow key={row.id} row={row} selected={selected} onChoose={onChoose} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
