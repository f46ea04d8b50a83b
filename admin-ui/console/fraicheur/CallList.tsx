import { Link as MuiLink, TableCell, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { Appel } from '../../../domain/contract/fraicheur.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { TablePanel } from '../../shared/parts/TablePanel.tsx';
import { useDates } from '../../shared/words/use-dates.ts';

const COLUMNS = ['telephone', 'sessions', 'depuis', 'reponse'].map((column) => `fraicheur.calls.${column}`);
const SHOWN = 25;

/** The organismes that owe answers, those who never answered first. */
export function CallList() {
  const translate = useTranslate();
  const { date } = useDates();
  const answer = useQuery({
    queryKey: ['fraicheur', 'appels'],
    queryFn: async ({ signal }) =>
      (await callApi<Appel[]>(`/fraicheur/appels?range=[0,${SHOWN - 1}]&sort=["reponse","ASC"]`, { signal })).json,
    refetchInterval: 60_000,
  });
  const waiting = ({ sessions, marquees, retirees }: Appel) =>
    `${sessions} (${marquees} ${translate('fraicheur.calls.marquees')}, ${retirees} ${translate('fraicheur.calls.retirees')})`;
  return (
    <TablePanel
      title="fraicheur.calls.title"
      heads={['fraicheur.board.organisme', ...COLUMNS]}
      answer={answer}
      empty="fraicheur.calls.empty"
    >
      {(one) => (
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
      )}
    </TablePanel>
  );
}
