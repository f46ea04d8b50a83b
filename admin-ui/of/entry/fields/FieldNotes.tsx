import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { isRecord } from '../../../../domain/model/json.ts';
import { getAtPath } from '../../../../domain/model/paths.ts';
import type { FieldRequest } from '../../../../domain/model/requests.ts';
import { useLang } from '../../../shared/words/use-lang.ts';
import { valueText } from '../../../shared/words/value-text.ts';
import type { ShownFault } from '../draft-faults.ts';
import { editField } from '../edit-field.ts';
import { useEntry } from '../entry-context.ts';

/** Under a field: its faults with their mend, else its example. */
export function FieldHelp({
  faults,
  example,
}: {
  readonly faults: readonly ShownFault[];
  readonly example?: string | undefined;
}) {
  const translate = useTranslate();
  if (faults.length === 0)
    return example === undefined ? null : translate('of.entry.example', { text: translate(`of.example.${example}`) });
  return faults.map(({ rule, path, message, mend }) => (
    <Box component="span" key={rule + path} sx={{ display: 'block' }}>
      {message} {mend}
    </Box>
  ));
}

/** A suggested text in the place of a text with attributes keeps the attributes. */
function withSuggestion(value: unknown, suggestion: unknown): unknown {
  return isRecord(value) && '#' in value && typeof suggestion === 'string' ? { ...value, '#': suggestion } : suggestion;
}

/** What the moderation asks of a field, beside it; its suggestion is taken in one click. */
export function RequestNote({ request }: { readonly request: FieldRequest | undefined }) {
  const translate = useTranslate();
  const lang = useLang();
  const { document, edit } = useEntry();
  if (request === undefined) return null;
  const { path, reason, comment, suggestion } = request;
  const taken =
    suggestion !== undefined && valueText(path, getAtPath(document, path), lang) === valueText(path, suggestion, lang);
  const accept = () => edit((it) => editField(it, path, withSuggestion(getAtPath(it, path), suggestion)));
  return (
    <Box role="note" sx={{ borderLeft: 3, borderColor: 'warning.main', pl: 1.5, mb: 1 }}>
      <Box component="p" sx={{ m: 0 }}>
        {translate('of.correction.asked', { reason: translate(`sofi.reason.${reason}`), comment })}
      </Box>
      {suggestion !== undefined && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
          {translate('of.correction.suggestion', { value: valueText(path, suggestion, lang) })}
          <Button size="small" variant="contained" disabled={taken} onClick={accept}>
            {translate(taken ? 'of.correction.accepted' : 'of.correction.accept')}
          </Button>
        </Box>
      )}
    </Box>
  );
}
