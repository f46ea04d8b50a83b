import { MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import type { PreferenceDto } from '../../../domain/contract/courriel.contract.ts';
import { callApi } from '../http/api.ts';
import { LoadState } from '../parts/LoadState.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useAct } from '../vie/use-act.ts';
import { useLang } from '../words/use-lang.ts';

const PATH = '/me/courriels';

/** How I want each kind of mail; what I choose is kept at once. */
export function PreferencesPage() {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['mesCourriels'],
    queryFn: async ({ signal }) => (await callApi<PreferenceDto[]>(PATH, { signal })).json,
  });
  const title = translate('courriel.prefs.title');
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={title} />
      <Typography variant="h1">{title}</Typography>
      <Typography>{translate('courriel.prefs.intro')}</Typography>
      {data === undefined ? <LoadState error={error} retry={refetch} /> : <Choices preferences={data} />}
    </Stack>
  );
}

function Choices({ preferences }: { readonly preferences: readonly PreferenceDto[] }) {
  const translate = useTranslate();
  const lang = useLang();
  const { act, busy } = useAct(['mesCourriels']);
  const choose = (kind: string, mode: string) =>
    act(() => callApi(PATH, { method: 'PUT', body: { preferences: [{ kind, mode }] } }), 'courriel.prefs.saved');
  return (
    <Panel title={translate('courriel.title')}>
      <Stack sx={{ gap: 1.5, maxWidth: 520 }}>
        {preferences.map(({ kind, libelle, mode, modes }) => (
          <TextField
            key={kind}
            select
            label={libelle[lang]}
            value={mode}
            disabled={busy || modes.length < 2}
            onChange={({ target }) => void choose(kind, target.value)}
          >
            {modes.map((one) => (
              <MenuItem key={one} value={one}>
                {translate(`courriel.prefs.mode.${one}`)}
              </MenuItem>
            ))}
          </TextField>
        ))}
      </Stack>
    </Panel>
  );
}
