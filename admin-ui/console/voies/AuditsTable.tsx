import { Button, Link as MuiLink, TableCell, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { AuditDto } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { TablePanel } from '../../shared/parts/TablePanel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';

const COLUMNS = ['titre', 'voies', 'at', 'answer'].map((column) => `vie.voies.audit.${column}`);

/** What lanes approved and chance drew: right or wrong, by whoever answers; nothing waits for it. */
export function AuditsTable() {
  const answer = useQuery({
    queryKey: ['voies', 'audits'],
    queryFn: async ({ signal }) => (await callApi<AuditDto[]>('/voies/audits?range=[0,99]', { signal })).json,
  });
  return (
    <TablePanel title="vie.voies.audits" heads={COLUMNS} answer={answer}>
      {(audit) => <AuditRow key={audit.id} audit={audit} />}
    </TablePanel>
  );
}

function AuditRow({ audit }: { readonly audit: AuditDto }) {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const { act, busy } = useAct(['voies']);
  const { id, titre, voies, at, juste, by } = audit;
  const answer = (right: boolean) => () =>
    void act(() => callApi(`/voies/audits/${id}`, { method: 'POST', body: { juste: right } }), 'vie.voies.answered');
  return (
    <TableRow hover>
      <TableCell>
        <MuiLink component={Link} to={`/soumissions/${id}`}>
          {titre || translate('sofi.state.unknown')}
        </MuiLink>
      </TableCell>
      <TableCell>{voies.join(', ')}</TableCell>
      <TableCell>{dateTime(at)}</TableCell>
      <TableCell>
        {juste !== null && `${translate(juste ? 'vie.voies.right' : 'vie.voies.wrong')} (${by?.nom ?? ''}) `}
        <Button
          size="small"
          disabled={busy}
          aria-label={`${translate('vie.voies.right')} : ${titre}`}
          onClick={answer(true)}
        >
          {translate('vie.voies.right')}
        </Button>
        <Button
          size="small"
          disabled={busy}
          aria-label={`${translate('vie.voies.wrong')} : ${titre}`}
          onClick={answer(false)}
        >
          {translate('vie.voies.wrong')}
        </Button>
      </TableCell>
    </TableRow>
  );
}
