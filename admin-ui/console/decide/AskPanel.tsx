import { Alert, Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { getAtPath } from '../../../domain/model/paths.ts';
import { FIELD_REASONS, type FieldReason } from '../../../domain/model/vocabulary.ts';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { askBody, type FieldDraft, isReady, mendBody, refuseBody } from './decide-state.ts';
import { SuggestionField } from './SuggestionField.tsx';
import type { Decide } from './use-decide.ts';

interface Props {
  readonly soumission: SoumissionDto;
  readonly decide: Decide;
}

/** Where a refusal or a request for changes is written; Ctrl+Enter sends, Escape leaves without losing a word. */
export function AskPanel({ soumission, decide }: Props) {
  const translate = useTranslate();
  const { state, dispatch, busy } = decide;
  const asking = state.mode === 'ask';
  const ready = isReady(state) && !busy;
  const mends = mendBody(state, soumission);
  const send = () =>
    ready && void decide.decide(asking ? askBody(state, soumission.version) : refuseBody(state, soumission.version));
  const leave = () => dispatch({ kind: 'mode', mode: 'read' });
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
        if (event.key === 'Enter' && event.ctrlKey) send();
      }}
    >
      <Panel title={translate(asking ? 'console.decide.requestChanges' : 'console.decide.refuse')}>
        <Stack sx={{ gap: 1.5, mt: 1 }}>
          {asking && <Alert severity="info">{translate('console.decide.pick')}</Alert>}
          {state.champs.length > 0 &&
            asking &&
            state.champs.map((draft) => (
              <FieldForm key={draft.path} draft={draft} soumission={soumission} decide={decide} />
            ))}
          <TextField
            label={translate(asking ? 'console.decide.generalComment' : 'console.decide.motif')}
            value={state.motif}
            onChange={({ target }) => dispatch({ kind: 'motif', motif: target.value })}
            multiline
            minRows={2}
            autoFocus={!asking}
            required={!asking}
            helperText={asking ? undefined : translate('console.decide.motifMandatory')}
          />
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button type="submit" variant="contained" disabled={!ready}>
              {asking
                ? translate('console.decide.send', { smart_count: state.champs.length })
                : translate('console.decide.refuse')}
            </Button>
            {asking && soumission.allowed.includes('mend') && (
              <Button
                variant="outlined"
                disabled={busy || mends === null}
                title={translate('vie.mends.mendHelp')}
                onClick={() => mends !== null && void decide.mend(mends)}
              >
                {translate('vie.mends.mendMyself')}
              </Button>
            )}
            <Button onClick={leave}>{translate('sofi.act.cancel')}</Button>
          </Box>
        </Stack>
      </Panel>
    </Box>
  );
}

function FieldForm({ draft, soumission, decide }: Props & { readonly draft: FieldDraft }) {
  const translate = useTranslate();
  const label = pathLabel(draft.path, soumission.document, useLang());
  const change = (part: Partial<Omit<FieldDraft, 'path'>>) =>
    decide.dispatch({ kind: 'field', path: draft.path, change: part });
  return (
    <Box
      role="group"
      aria-label={label}
      sx={{ borderLeft: 3, borderColor: 'warning.main', pl: 1.5, display: 'grid', gap: 1 }}
    >
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {label}
        </Typography>
        <Button size="small" onClick={() => decide.dispatch({ kind: 'toggleField', path: draft.path })}>
          {translate('sofi.act.remove')}
        </Button>
      </Box>
      <TextField
        select
        label={translate('console.decide.reason')}
        value={draft.reason}
        onChange={({ target }) => change({ reason: target.value as FieldReason })}
        autoFocus
      >
        {FIELD_REASONS.map((reason) => (
          <MenuItem key={reason} value={reason}>
            {translate(`sofi.reason.${reason}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={translate('console.decide.comment')}
        value={draft.comment}
        onChange={({ target }) => change({ comment: target.value })}
        multiline
      />
      <SuggestionField
        path={draft.path}
        current={getAtPath(soumission.document, draft.path)}
        suggestion={draft.suggestion}
        onChange={(suggestion) => change({ suggestion })}
      />
    </Box>
  );
}
