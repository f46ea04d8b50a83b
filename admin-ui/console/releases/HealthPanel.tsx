import { Alert } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { usePermissions, useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { publicationHealth } from '../../../domain/contract/release.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { useDates } from '../../shared/words/use-dates.ts';
import { LiftButton } from './LiftButton.tsx';

type Health = z.infer<typeof publicationHealth>;
const POLL_MS = 10_000;

/** How publication is doing: one line when all is well, else what an administrator has to look at. */
export function HealthPanel() {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const { permissions } = usePermissions<string>();
  const { data } = useQuery({
    queryKey: ['releases', 'health'],
    queryFn: async () => (await callApi<Health>('/releases/health')).json,
    refetchInterval: POLL_MS,
  });
  if (data === undefined) return null;
  const { current, lastSwitch, alertes, hold } = data;
  if (lastSwitch === null) return <Alert severity="info">{translate('diffusion.health.never')}</Alert>;
  if (alertes.length === 0) {
    return (
      <Alert severity="success">{translate('diffusion.health.good', { current, since: dateTime(lastSwitch) })}</Alert>
    );
  }
  return (
    <>
      {alertes.map(({ code, release }) => (
        <Alert
          key={code}
          severity="warning"
          action={
            code === 'retenue' && hold !== null && permissions === 'administrateur' ? (
              <LiftButton since={hold.release} />
            ) : undefined
          }
        >
          {translate(`diffusion.health.alertes.${code}`, { release })}
        </Alert>
      ))}
    </>
  );
}
