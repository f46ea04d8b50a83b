import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary } from '@mui/material';
import { useTranslate } from 'react-admin';
import { joinPath, pathSteps } from '../../../../domain/model/paths.ts';
import { useEntry } from '../entry-context.ts';
import { DraftFields } from '../fields/DraftField.tsx';
import type { FieldSpec } from '../fields/specs.ts';

/** What completes without being mandatory, folded unless the moderation asks for something in it. */
export function MoreFields({ specs, level }: { readonly specs: readonly FieldSpec[]; readonly level: string }) {
  const translate = useTranslate();
  const { requests } = useEntry();
  const asked = requests.some(({ path }) => specs.some(({ at }) => path.startsWith(joinPath(level, ...pathSteps(at)))));
  return (
    <Accordion
      defaultExpanded={asked}
      variant="outlined"
      disableGutters
      slotProps={{ heading: { component: 'h2' } }}
      sx={{ mt: 2 }}
    >
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>{translate('of.entry.optional')}</AccordionSummary>
      <AccordionDetails>
        <DraftFields specs={specs} level={level} />
      </AccordionDetails>
    </Accordion>
  );
}
