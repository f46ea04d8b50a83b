import { Box } from '@mui/material';
import { isRecord } from '../../../domain/model/json.ts';
import { pathSteps } from '../../../domain/model/paths.ts';
import { useReferenceLabel } from '../reference/use-reference-label.ts';
import { leafText } from '../words/leaf-text.ts';

/** Fields that hold a code of a reference table. */
const TABLES: Readonly<Record<string, string>> = {
  'code-FORMACODE': 'formacode',
  'code-NSF': 'nsf',
  'code-ROME': 'rome',
  'code-public-vise': 'publics',
  'code-modalite-pedagogique': 'modalites-pedagogiques',
};

function versionOf(value: unknown): string | undefined {
  const attributs = isRecord(value) ? value['@'] : undefined;
  return isRecord(attributs) && typeof attributs.ref === 'string' ? attributs.ref : undefined;
}

/** The meaning of a code, after the code itself, so that nobody has to know it by heart. */
export function CodeMeaning({ path, value }: { readonly path: string; readonly value: unknown }) {
  const name = pathSteps(path).findLast((step) => !/^\d+$/.test(step)) ?? '';
  const label = useReferenceLabel(TABLES[name], leafText(value), versionOf(value));
  if (label === undefined) return null;
  return <Box component="span" sx={{ fontWeight: 600 }}>{` ${label}`}</Box>;
}
