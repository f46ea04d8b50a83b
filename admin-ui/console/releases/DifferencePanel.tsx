import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { release } from '../../../domain/contract/release.contract.ts';
import { LazyBarChart } from '../../shared/parts/LazyBarChart.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { DifferenceList, WHATS } from './DifferenceList.tsx';

/** What a release moves, drawn and listed. */
export function DifferencePanel({ n, difference }: Pick<z.infer<typeof release>, 'n' | 'difference'>) {
  const translate = useTranslate();
  const lang = useLang();
  const counts = difference ?? { added: 0, changed: 0, deleted: 0, reRendered: 0 };
  const isSame = difference !== null && WHATS.every((what) => difference[what] === 0);
  return (
    <Panel title={translate('diffusion.difference')}>
      {isSame ? (
        <Typography>{translate('diffusion.same')}</Typography>
      ) : (
        <>
          <LazyBarChart
            height={180}
            layout="horizontal"
            skipAnimation
            aria-label={translate('diffusion.drawn')}
            xAxis={[{ tickMinStep: 1, valueFormatter: (value: number) => value.toLocaleString(lang) }]}
            yAxis={[{ data: WHATS.map((what) => translate(`diffusion.whats.${what}`)), width: 90 }]}
            series={[{ data: WHATS.map((what) => counts[what]) }]}
            hideLegend
          />
          <DifferenceList n={n} moved={difference} />
        </>
      )}
    </Panel>
  );
}
