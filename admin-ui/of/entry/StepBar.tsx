import { Box, ButtonBase, LinearProgress, type Theme, Typography, useMediaQuery } from '@mui/material';
import { useTranslate } from 'react-admin';
import { LetterBadge } from '../../shared/fiche/FicheView.tsx';
import { VISUALLY_HIDDEN } from '../../shared/parts/visually-hidden.ts';
import type { Step } from './draft-faults.ts';

export interface StepState {
  readonly step: Step;
  /** 0 to 1; undefined when the entry has none. */
  readonly complete?: number | undefined;
  readonly faults: number;
}

interface Props {
  readonly steps: readonly StepState[];
  readonly current: Step;
  readonly onStep: (step: Step) => void;
}

/** The steps with their letters, always in sight, each with how complete it is and what is left to mend. */
export function StepBar({ steps, current, onStep }: Props) {
  const translate = useTranslate();
  const small = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <Box
      component="nav"
      aria-label={translate('of.entry.steps')}
      sx={{
        display: 'grid',
        gridTemplateColumns: `repeat(${steps.length}, minmax(0, 1fr))`,
        gap: 0.5,
        position: 'sticky',
        top: 0,
        zIndex: 10,
        bgcolor: 'background.default',
        py: 1,
      }}
    >
      {steps.map(({ step, complete, faults }) => {
        const percent = complete === undefined ? undefined : Math.round(complete * 100);
        const name = translate(`of.step.${step}`);
        return (
          <ButtonBase
            key={step}
            onClick={() => onStep(step)}
            aria-current={step === current ? 'step' : undefined}
            sx={{
              flexDirection: 'column',
              alignItems: 'stretch',
              p: 0.75,
              borderRadius: 1,
              border: 2,
              borderColor: step === current ? 'primary.main' : 'divider',
              bgcolor: 'background.paper',
            }}
          >
            <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'center', gap: 0.75 }}>
              <LetterBadge letter={translate(`of.letter.${step}`)} />
              <Typography
                component="span"
                variant="body2"
                sx={{ fontWeight: 600, ...(small ? VISUALLY_HIDDEN : {}) }}
                noWrap
              >
                {name}
              </Typography>
            </Box>
            {percent !== undefined && (
              <LinearProgress aria-hidden variant="determinate" value={percent} sx={{ mt: 0.75 }} />
            )}
            <Typography component="span" variant="caption" color="text.secondary" noWrap>
              {percent === undefined ? '' : `${percent} %`}
            </Typography>
            {faults > 0 && (
              <Typography component="span" variant="caption" color="error.main" sx={{ lineHeight: 1.2 }}>
                {translate('of.entry.toMend', { smart_count: faults })}
              </Typography>
            )}
          </ButtonBase>
        );
      })}
    </Box>
  );
}
