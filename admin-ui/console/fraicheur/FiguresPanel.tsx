import { Box, Chip, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { ChiffresFraicheur } from '../../../domain/contract/fraicheur.contract.ts';
import { FRESHNESS_STAGES } from '../../../domain/model/fraicheur/stages.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useCount } from '../../shared/words/use-count.ts';
import { useLang } from '../../shared/words/use-lang.ts';

function Figure({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <Box sx={{ minWidth: 150, flex: '1 1 150px' }}>
      <Typography sx={{ fontSize: '1.6rem', fontWeight: 600 }}>{value}</Typography>
      <Typography variant="body2" color="text.secondary">
        {label}
      </Typography>
    </Box>
  );
}

/** The share of the offer that was said to be right lately, and what reminders brought. */
export function FiguresPanel() {
  const translate = useTranslate();
  const count = useCount();
  const percent = new Intl.NumberFormat(useLang(), { style: 'percent', maximumFractionDigits: 0 });
  const { data, error, refetch } = useQuery({
    queryKey: ['fraicheur', 'chiffres'],
    queryFn: async ({ signal }) => (await callApi<ChiffresFraicheur>('/fraicheur/chiffres', { signal })).json,
    refetchInterval: 30_000,
  });
  if (data === undefined) return <LoadState error={error} retry={refetch} />;
  const share = (part: number, of: number) => (of === 0 ? '–' : percent.format(part / of));
  const days = data.ageMedian === null ? '–' : translate('fraicheur.figures.days', { smart_count: data.ageMedian });
  const figures = [
    ['confirmees', share(data.confirmees, data.sessions)],
    ['age', days],
    ['courriels', count(data.courriels)],
    ['repondus', share(data.courrielsRepondus, data.courriels)],
    ['clic', share(data.reponsesParCourriel, data.reponses)],
  ] as const;
  return (
    <Panel title={translate('fraicheur.figures.title')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        {figures.map(([name, value]) => (
          <Figure key={name} value={value} label={translate(`fraicheur.figures.${name}`)} />
        ))}
      </Box>
      <Typography variant="h3" sx={{ mt: 2, mb: 1, fontSize: '1rem' }}>
        {translate('fraicheur.figures.stades')}
      </Typography>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
        {FRESHNESS_STAGES.map((stage) => (
          <Chip
            key={stage}
            label={translate('sofi.labelled', {
              label: translate(`fraicheur.stade.${stage}`),
              value: data.stades[stage] ?? 0,
            })}
          />
        ))}
      </Stack>
    </Panel>
  );
}
