import { Box, Button, Chip, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { fieldDomId } from '../../shared/fiche/FieldRow.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';

const COLOURS = { blocking: 'error', warning: 'warning', nonVerifie: 'default' } as const;

function goToField(path: string): void {
  const field = document.getElementById(fieldDomId(path)) ?? document.querySelector(`[id^="${fieldDomId(path)}"]`);
  if (!(field instanceof HTMLElement)) return;
  field.scrollIntoView({ block: 'center' });
  field.focus();
}

/** What the rules say of this version: which rule, why, how it is mended, and where. */
export function ChecksPanel({ soumission: { controles, document } }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const lang = useLang();
  const title = translate('console.review.checks');
  if (controles === 'enCours') {
    return (
      <Panel title={title}>
        <Typography role="status">{translate('console.review.checksRunning')}</Typography>
      </Panel>
    );
  }
  return (
    <Panel title={title}>
      {controles.faults.length === 0 && (
        <Typography variant="body2">{translate('console.review.checksClean')}</Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {controles.faults.map((fault) => (
          <Box
            component="li"
            key={`${fault.rule}${fault.path}`}
            sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}
          >
            <Chip
              size="small"
              variant="outlined"
              color={COLOURS[fault.severity]}
              label={translate(`sofi.severity.${fault.severity}`)}
            />{' '}
            <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
              {fault.message}
            </Typography>
            <Typography variant="body2" color="text.secondary">
              {fault.sentence} ({fault.rule})
            </Typography>
            <Button size="small" onClick={() => goToField(fault.path)} title={translate('console.review.goToField')}>
              {pathLabel(fault.path, document, lang) || translate('console.review.goToField')}
            </Button>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
