import { Button, FormControlLabel, Link as MuiLink, Switch, TableCell, TableRow, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { AuditDto, VoieDto } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { TablePanel } from '../../shared/parts/TablePanel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { WrongDialog } from './WrongDialog.tsx';

const COLUMNS = ['titre', 'voies', 'at', 'answer'].map((column) => `vie.voies.audit.${column}`);
const SHOWN = 100;

/** What lanes approved and chance drew: right or wrong, by whoever answers; nothing waits for it. */
export function AuditsTable({ lanes }: { readonly lanes: readonly VoieDto[] }) {
  const translate = useTranslate();
  const lang = useLang();
  const [all, setAll] = useState(false);
  const filter = encodeURIComponent(JSON.stringify(all ? {} : { waiting: true }));
  const answer = useQuery({
    queryKey: ['voies', 'audits', all],
    queryFn: async ({ signal }) =>
      (await callApi<AuditDto[]>(`/voies/audits?filter=${filter}&range=[0,${SHOWN - 1}]`, { signal })).json,
  });
  const nameOf = (id: string) => lanes.find((lane) => lane.id === id)?.libelle[lang] ?? id;
  return (
    <TablePanel
      title="vie.voies.audits"
      heads={COLUMNS}
      answer={answer}
      empty={all ? 'vie.voies.audit.never' : 'vie.voies.audit.none'}
      tools={
        <FormControlLabel
          control={<Switch checked={all} onChange={(_event, on) => setAll(on)} />}
          label={translate('vie.voies.audit.all')}
        />
      }
    >
      {(audit) => <AuditRow key={audit.id} audit={audit} lanes={audit.voies.map(nameOf)} />}
    </TablePanel>
  );
}

function AuditRow({ audit, lanes }: { readonly audit: AuditDto; readonly lanes: readonly string[] }) {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const { act, busy } = useAct(['voies']);
  const [wrong, setWrong] = useState(false);
  const { id, at, juste, by, commentaire } = audit;
  const titre = audit.titre || translate('sofi.state.unknown');
  const answer = (body: { juste: boolean; commentaire?: string }) =>
    act(() => callApi(`/voies/audits/${id}`, { method: 'POST', body }), 'vie.voies.answered');
  return (
    <TableRow hover>
      <TableCell sx={{ minWidth: 180, overflowWrap: 'anywhere' }}>
        <MuiLink component={Link} to={`/soumissions/${id}`}>
          {titre}
        </MuiLink>
      </TableCell>
      <TableCell>{lanes.join(', ')}</TableCell>
      <TableCell sx={{ minWidth: 110 }}>{dateTime(at)}</TableCell>
      <TableCell>
        {juste !== null && `${translate(juste ? 'vie.voies.right' : 'vie.voies.wrong')} (${by?.nom ?? ''}) `}
        <Button
          size="small"
          disabled={busy}
          aria-label={`${translate('vie.voies.right')} : ${titre}`}
          onClick={() => void answer({ juste: true })}
        >
          {translate('vie.voies.right')}
        </Button>
        <Button
          size="small"
          disabled={busy}
          aria-label={`${translate('vie.voies.wrong')} : ${titre}`}
          onClick={() => setWrong(true)}
        >
          {translate('vie.voies.wrong')}
        </Button>
        {commentaire !== null && <Typography variant="body2">{commentaire}</Typography>}
        {wrong && (
          <WrongDialog
            titre={titre}
            busy={busy}
            onClose={() => setWrong(false)}
            onSay={(why) =>
              void answer({ juste: false, ...(why === '' ? {} : { commentaire: why }) }).then(
                (done) => done && setWrong(false),
              )
            }
          />
        )}
      </TableCell>
    </TableRow>
  );
}
