import { Button, Stack } from '@mui/material';
import { useState } from 'react';
import { usePermissions, useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { CourrielDto } from '../../../domain/contract/courriel.contract.ts';
import { MAILS } from '../../../domain/model/mail.ts';
import { callApi } from '../../shared/http/api.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { PreviewDialog } from './PreviewDialog.tsx';
import { RetoursPanel } from './RetoursPanel.tsx';
import { SendingPanel } from './SendingPanel.tsx';

const SORT = { field: 'createdAt', order: 'DESC' } as const;
const POLL_MS = 10_000;

/** Every mail with where it stands; how sending is doing; the addresses that refuse. */
export function CourrielsPage() {
  const translate = useTranslate();
  const lang = useLang();
  const { dateTime } = useDates();
  const [shown, setShown] = useState<string>();
  const state = ({ state, reprises }: CourrielDto) => {
    const again = reprises > 0 ? ` · ${translate('courriel.reprises', { n: reprises })}` : '';
    return `${translate(`courriel.state.${state}`)}${again}`;
  };
  const columns: Column<CourrielDto>[] = [
    {
      label: 'courriel.col.kind',
      show: ({ kind, titre }) => {
        const label = MAILS[kind].libelle[lang];
        return titre ? translate('sofi.labelled', { label, value: titre }) : label;
      },
      sort: 'kind',
    },
    { label: 'courriel.col.a', show: ({ a }) => (a.nom === null ? a.adresse : `${a.nom} (${a.adresse})`) },
    { label: 'courriel.col.state', show: state, sort: 'state' },
    { label: 'courriel.col.createdAt', show: ({ createdAt }) => dateTime(createdAt), sort: 'createdAt' },
    { label: 'courriel.col.sentAt', show: ({ sentAt }) => (sentAt === null ? '' : dateTime(sentAt)), sort: 'sentAt' },
    { label: 'courriel.col.code', show: ({ code }) => code ?? '' },
    { label: 'courriel.col.act', show: (mail) => <Acts mail={mail} onPreview={() => setShown(mail.id)} /> },
  ];
  return (
    <Stack sx={{ gap: 2 }}>
      <TablePage<CourrielDto>
        resource="courriels"
        title="courriel.title"
        columns={columns}
        sort={SORT}
        search="courriel.search"
        refreshMs={POLL_MS}
        actions={
          <>
            <Button component={Link} to="/mes-courriels">
              {translate('courriel.prefs.title')}
            </Button>
            <TestButton />
          </>
        }
      />
      <RetoursPanel />
      <SendingPanel />
      {shown !== undefined && <PreviewDialog id={shown} onClose={() => setShown(undefined)} />}
    </Stack>
  );
}

function Acts({ mail, onPreview }: { readonly mail: CourrielDto; readonly onPreview: () => void }) {
  const translate = useTranslate();
  const { act, busy } = useAct(['courriels']);
  const { id, state, a } = mail;
  const again = () => void act(() => callApi(`/courriels/${id}/renvoi`, { method: 'POST' }), 'courriel.againDone');
  return (
    <>
      <Button size="small" aria-label={`${translate('courriel.preview')} : ${a.adresse}`} onClick={onPreview}>
        {translate('courriel.preview')}
      </Button>
      {(state === 'abandonne' || state === 'incertain') && (
        <Button
          size="small"
          disabled={busy}
          aria-label={`${translate('courriel.again')} : ${a.adresse}`}
          onClick={again}
        >
          {translate('courriel.again')}
        </Button>
      )}
    </>
  );
}

function TestButton() {
  const translate = useTranslate();
  const { permissions } = usePermissions<string>();
  const { act, busy } = useAct(['courriels']);
  if (permissions !== 'administrateur') return null;
  return (
    <Button
      variant="outlined"
      disabled={busy}
      onClick={() => void act(() => callApi('/courriels/test', { method: 'POST' }), 'courriel.testDone')}
    >
      {translate('courriel.test')}
    </Button>
  );
}
