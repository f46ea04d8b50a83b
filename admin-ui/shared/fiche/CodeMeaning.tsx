import { Box } from '@mui/material';
import { codeVersion, tableAt } from '../reference/field-tables.ts';
import { useReferenceLabel } from '../reference/use-reference-label.ts';
import { leafText } from '../words/leaf-text.ts';

/** The meaning of a code, after the code itself, so that nobody has to know it by heart. */
export function CodeMeaning({ path, value }: { readonly path: string; readonly value: unknown }) {
  const label = useReferenceLabel(tableAt(path), leafText(value), codeVersion(value));
  if (label === undefined) return null;
  return <Box component="span" sx={{ fontWeight: 600 }}>{` ${label}`}</Box>;
}
