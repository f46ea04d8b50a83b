import { Stack, Typography } from '@mui/material';
import { Title, usePermissions, useTranslate } from 'react-admin';
import { Board } from './Board.tsx';
import { CallList } from './CallList.tsx';
import { ClockPanel } from './ClockPanel.tsx';
import { FiguresPanel } from './FiguresPanel.tsx';
import { PeriodsPanel } from './PeriodsPanel.tsx';

/** How fresh the offer is, who has to be called, and what waits for a word. */
export function FreshnessPage() {
  const translate = useTranslate();
  const { permissions } = usePermissions<string>();
  const title = translate('fraicheur.title');
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={title} />
      <Typography variant="h1">{title}</Typography>
      <ClockPanel />
      <FiguresPanel />
      <CallList />
      <Board />
      <PeriodsPanel mayWrite={permissions === 'administrateur'} />
    </Stack>
  );
}
