import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { timelineItem } from '../../../domain/contract/soumission.contract.ts';
import { keptOutWords } from '../../../domain/model/kept-out.ts';
import { useLang } from '../words/use-lang.ts';

type Item = z.infer<typeof timelineItem>;

/** One timeline for the OF and the moderator: what, when, who, why; newest first. */
export function Timeline({ items }: { readonly items: readonly Item[] }) {
  const translate = useTranslate();
  const lang = useLang();
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Paris' });
  const who = (item: Item) => {
    if (item.by === null) return translate('sofi.timeline.system');
    return item.by.nom === '' ? translate(`sofi.role.${item.by.role}`, { _: item.by.role }) : item.by.nom;
  };
  return (
    <Box component="ol" reversed sx={{ listStyle: 'none', p: 0, m: 0, borderLeft: 2, borderColor: 'divider' }}>
      {[...items].reverse().map((item) => (
        <Box component="li" key={item.n} sx={{ pl: 1.5, pb: 1.25, overflowWrap: 'anywhere' }}>
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {translate(`sofi.timeline.act.${item.act}`, { _: item.act })}
          </Typography>
          <Typography variant="body2" color="text.secondary">
            <time dateTime={item.at}>{format.format(new Date(item.at))}</time>{' '}
            {translate('sofi.timeline.by', { who: who(item) })}
            {item.version === undefined ? '' : ` · ${translate('sofi.timeline.version', { n: item.version })}`}
          </Typography>
          {item.act === 'horsRelease' && (
            <Typography variant="body2">
              {keptOutWords(typeof item.data?.reason === 'string' ? item.data.reason : '')[lang]}
            </Typography>
          )}
          {item.motif !== undefined && item.motif !== '' && (
            <Typography variant="body2" component="blockquote" sx={{ m: 0, mt: 0.5 }}>
              {item.motif}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}
