import { Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { callApi } from '../http/api.ts';
import { Panel } from '../parts/Panel.tsx';
import { useLang } from '../words/use-lang.ts';
import { valueText } from '../words/value-text.ts';
import { useAct } from './use-act.ts';

interface Props {
  readonly soumission: SoumissionDto;
  /** True where the OF may object. */
  readonly mayObject: boolean;
}

/** What moderators mended themselves, field by field and why; absent when they mended nothing. */
export function MendsPanel({ soumission, mayObject }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  const { mends, document } = soumission;
  if (mends.length === 0) return null;
  const shown = (path: string, value: unknown) => valueText(path, value, lang) || translate('vie.mends.nothing');
  return (
    <Panel title={translate('vie.mends.title')}>
      {mends.map(({ version, champs }) => (
        <Box key={version} component="section" aria-label={translate('vie.mends.version', { n: version })}>
          <Typography variant="body2" color="text.secondary">
            {translate('vie.mends.version', { n: version })}
          </Typography>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {champs.map(({ path, before, after, reason }) => (
              <li key={path}>
                <strong>{pathLabel(path, document, lang)}</strong> :{' '}
                {translate('vie.mends.was', { value: shown(path, before) })} ;{' '}
                {translate('vie.mends.is', { value: shown(path, after) })}. {reason}
              </li>
            ))}
          </Box>
        </Box>
      ))}
      {mayObject && <Objection id={soumission.id} />}
    </Panel>
  );
}

function Objection({ id }: { readonly id: string }) {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const { act, busy } = useAct(['soumission', id]);
  const message = typed.trim();
  async function object() {
    const post = () => callApi(`/soumissions/${id}/objection`, { method: 'POST', body: { message } });
    if (await act(post, 'vie.mends.objected')) setTyped('');
  }
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', mt: 1 }}>
      <TextField
        fullWidth
        multiline
        label={translate('vie.mends.objection')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button variant="outlined" disabled={busy || message === ''} onClick={() => void object()}>
        {translate('vie.mends.object')}
      </Button>
    </Box>
  );
}
