import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { RegleDto } from '../../../../domain/contract/regle.contract.ts';
import { CHANNELS } from '../../../../domain/model/vocabulary.ts';
import { useDates } from '../../../shared/words/use-dates.ts';

/** Every setting that a rule was given, the newest first: what, from when, why. */
export function SettingHistory({ regle: { settings, version } }: { readonly regle: RegleDto }) {
  const translate = useTranslate();
  const { date, dateTime } = useDates();
  if (settings.length === 0) return null;
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3">{translate('suivi.regle.history')}</Typography>
      <Box component="ul">
        {settings.toReversed().map((setting) => (
          <li key={setting.version}>
            <strong>
              {setting.version === version
                ? translate('suivi.regle.inForce', { n: setting.version })
                : translate('suivi.regle.pending', { n: setting.version, day: date(setting.activeFrom) })}
            </strong>{' '}
            {CHANNELS.map(
              (channel) =>
                `${translate(`sofi.source.${channel}`)} : ${translate(`suivi.regle.gravity.${setting.severity[channel]}`)}`,
            ).join(', ')}
            {setting.twoPeople ? `, ${translate('suivi.regle.twoPeopleShort')}` : ''}
            <Typography variant="body2" color="text.secondary">
              {dateTime(setting.at)} · {setting.reason}
            </Typography>
          </li>
        ))}
      </Box>
    </Box>
  );
}
