import {
  Link as MuiLink,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { Appel } from '../../../domain/contract/fraicheur.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useDates } from '../../shared/words/use-dates.ts';

const COLUMNS = ['telephone', 'sessions', 'depuis', 'reponse'] as const;
const SHOWN = 25;

/** The organismes that owe answers, those who never answered first. */
export function CallList() {
  const translate = useTranslate();
  const { date } = useDates();
  const { data, error, refetch } = useQuery({
    queryKey: ['fraicheur', 'appels'],
    queryFn: async ({ signal }) =>
      (await callApi<Appel[]>(`/fraicheur/appels?range=[0,${SHOWN - 1}]&sort=["reponse","ASC"]`, { signal })).json,
    refetchInterval: 60_000,
  });
  const title = translate('fraicheur.calls.title');
  const waiting = ({ sessions, marquees, retirees }: Appel) =>
    `${sessions} (${marquees} ${translate('fraicheur.calls.marquees')}, ${retirees} ${translate('fraicheur.calls.retirees')})`;
  return (
    <Panel title={title}>
      {data === undefined ? (
        <LoadState error={error} retry={refetch} />
      ) : data.length === 0 ? (
        <Typography>{translate('fraicheur.calls.empty')}</Typography>
      ) : (
        <TableContainer tabIndex={0} role="group" aria-label={title}>
          <Table size="small" aria-label={title}>
            <TableHead>
              <TableRow>
                <TableCell>{translate('fraicheur.board.organisme')}</TableCell>
                {COLUMNS.map((column) => (
                  <TableCell key={column}>{translate(`fraicheur.calls.${column}`)}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {data.map((one) => (
                <TableRow key={one.id} hover>
                  <TableCell>
                    <MuiLink component={Link} to={`/organismes/${one.id}`}>
                      {one.nom}
                    </MuiLink>
                  </TableCell>
                  <TableCell>
                    {one.telephone === null ? (
                      translate('fraicheur.calls.none')
                    ) : (
                      <MuiLink href={`tel:${one.telephone.replaceAll(' ', '')}`}>{one.telephone}</MuiLink>
                    )}
                  </TableCell>
                  <TableCell>{waiting(one)}</TableCell>
                  <TableCell>{one.depuis === null ? '' : date(one.depuis)}</TableCell>
                  <TableCell>{one.reponse === null ? translate('fraicheur.calls.never') : date(one.reponse)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </Panel>
  );
}
