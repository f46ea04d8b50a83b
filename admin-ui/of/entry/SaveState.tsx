import { Alert, Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useLang } from '../../shared/words/use-lang.ts';
import type { Draft } from './use-draft.ts';

/** Never lies about saving: saving, saved and when, failed and what happens next, or a choice to make. */
export function SaveState({ draft }: { readonly draft: Draft }) {
  const translate = useTranslate();
  const lang = useLang();
  const { state, save, dispatch } = draft;
  if (state.phase === 'conflict') {
    return (
      <Alert
        severity="warning"
        action={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <Button onClick={() => dispatch({ kind: 'keepMine' })}>{translate('of.save.keepMine')}</Button>
            <Button onClick={() => dispatch({ kind: 'takeTheirs' })}>{translate('of.save.takeTheirs')}</Button>
          </Box>
        }
      >
        {translate('of.save.conflict')}
      </Alert>
    );
  }
  if (state.phase === 'failed') {
    return (
      <Alert severity="warning" action={<Button onClick={() => void save()}>{translate('of.save.retry')}</Button>}>
        {translate('of.save.failed')}
      </Alert>
    );
  }
  const time =
    state.savedAt === undefined
      ? undefined
      : new Intl.DateTimeFormat(lang, { timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(state.savedAt);
  const words =
    state.phase === 'saved'
      ? time === undefined
        ? translate('of.save.idle')
        : translate('of.save.saved', { time })
      : translate(`of.save.${state.phase}`);
  return (
    <Box
      component="span"
      role="status"
      data-testid="save-state"
      data-phase={state.phase}
      sx={{ color: 'text.secondary' }}
    >
      {words}
      {state.restored ? ` – ${translate('of.save.restored')}` : ''}
    </Box>
  );
}
