import { Button, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../../shared/parts/Panel.tsx';
import { newOrganisme } from '../entry/new-rows.ts';
import { useCreateDraft } from './use-create-draft.ts';

/** Before the first formation: the establishment and its domains. */
export function FirstVisit() {
  const translate = useTranslate();
  const { busy, create } = useCreateDraft();
  return (
    <Panel title={translate('of.first.title')}>
      <Typography sx={{ mb: 1.5 }}>{translate('of.first.intro')}</Typography>
      <Button
        variant="contained"
        disabled={busy}
        onClick={() => void create('/brouillons', { document: newOrganisme() })}
      >
        {translate('of.first.start')}
      </Button>
    </Panel>
  );
}
