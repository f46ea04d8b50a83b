import { Chip, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useReferenceLabel } from '../../../shared/reference/use-reference-label.ts';

interface Props {
  readonly table: string;
  readonly version?: string | undefined;
  readonly codes: readonly string[];
  readonly onRemove: (at: number) => void;
}

function CodeChip({
  table,
  version,
  code,
  onRemove,
}: Omit<Props, 'codes' | 'onRemove'> & { readonly code: string; readonly onRemove: () => void }) {
  const translate = useTranslate();
  const label = useReferenceLabel(table, code, version);
  const words = label === undefined ? code : `${label} (${code})`;
  return (
    <li>
      <Chip
        label={words}
        title={words}
        onDelete={onRemove}
        slotProps={{ label: { sx: { whiteSpace: 'normal' } } }}
        sx={{ height: 'auto', py: 0.25, maxWidth: '100%' }}
        aria-label={translate('of.entry.removeRow', { what: words })}
      />
    </li>
  );
}

/** The codes chosen, in words; Delete or the cross takes one away. The first one is the main one. */
export function CodeChips({ table, version, codes, onRemove }: Props) {
  if (codes.length === 0) return null;
  return (
    <Stack component="ul" direction="row" sx={{ listStyle: 'none', p: 0, m: 0, mb: 1, gap: 0.75, flexWrap: 'wrap' }}>
      {codes.map((code, at) => (
        <CodeChip key={code} table={table} version={version} code={code} onRemove={() => onRemove(at)} />
      ))}
    </Stack>
  );
}
