import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { pathLabel } from '../../../domain/model/path-label.ts';
import type { FieldRequest } from '../../../domain/model/requests.ts';
import { FIELD_REASONS, type FicheKind, type FieldReason } from '../../../domain/model/vocabulary.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { fieldsOf } from './fields-in-common.ts';

interface Props {
  readonly kind: FicheKind;
  readonly asked: readonly FieldRequest[];
  readonly onChange: (asked: readonly FieldRequest[]) => void;
}

/** The fields that a lot asks to be changed, each with its reason and a comment. */
export function AskFields({ kind, asked, onChange }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  const free = fieldsOf(kind).filter((path) => !asked.some((one) => one.path === path));
  const set = (path: string, part: Partial<FieldRequest>) =>
    onChange(asked.map((one) => (one.path === path ? { ...one, ...part } : one)));
  return (
    <>
      <TextField
        select
        label={translate('vie.lot.field')}
        value=""
        onChange={({ target }) => onChange([...asked, { path: target.value, reason: 'imprecis', comment: '' }])}
        sx={{ mt: 1 }}
      >
        {free.map((path) => (
          <MenuItem key={path} value={path}>
            {pathLabel(path, {}, lang)}
          </MenuItem>
        ))}
      </TextField>
      {asked.map(({ path, reason, comment }) => (
        <Box
          key={path}
          role="group"
          aria-label={pathLabel(path, {}, lang)}
          sx={{ borderLeft: 3, borderColor: 'warning.main', pl: 1.5, display: 'grid', gap: 1 }}
        >
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {pathLabel(path, {}, lang)}
            </Typography>
            <Button size="small" onClick={() => onChange(asked.filter((one) => one.path !== path))}>
              {translate('sofi.act.remove')}
            </Button>
          </Box>
          <TextField
            select
            label={translate('console.decide.reason')}
            value={reason}
            onChange={({ target }) => set(path, { reason: target.value as FieldReason })}
          >
            {FIELD_REASONS.map((one) => (
              <MenuItem key={one} value={one}>
                {translate(`sofi.reason.${one}`)}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            label={translate('console.decide.comment')}
            value={comment}
            onChange={({ target }) => set(path, { comment: target.value })}
            multiline
          />
        </Box>
      ))}
    </>
  );
}
