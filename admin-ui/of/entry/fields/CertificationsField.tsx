import { isArray, isRecord } from '../../../../domain/model/json.ts';
import { SearchBox } from '../../../shared/reference/SearchBox.tsx';
import { CodeChips } from './CodeChips.tsx';
import { FieldHelp } from './FieldNotes.tsx';
import type { FieldProps } from './field-props.ts';

const FREE_CODE = /^(RNCP|RS)\d{1,6}$/i;

function codeOf(item: unknown): string {
  if (!isRecord(item)) return '';
  const digits = (value: unknown) => String(isRecord(value) ? value['#'] : value).replace(/^\D+/, '');
  if (item['code-RNCP'] !== undefined) return `RNCP${digits(item['code-RNCP'])}`;
  if (item['code-RS'] !== undefined) return `RS${digits(item['code-RS'])}`;
  return digits(item['code-CERTIFINFO'] ?? '');
}

/** `RNCP37535` as LHÉO writes it. */
function certificationOf(code: string): unknown {
  const digits = code.replace(/^\D+/, '');
  return /^RS/i.test(code) ? { 'code-RS': `RS${digits}` } : { 'code-RNCP': digits };
}

/** The certifications prepared, by their number in the RNCP or the RS. */
export function CertificationsField({ spec, label, field }: FieldProps) {
  const { value, set, touch, faults } = field;
  const items = isArray(value) ? value : [];
  return (
    <>
      <CodeChips
        table="certifications"
        codes={items.map(codeOf)}
        onRemove={(at) => set(items.filter((_item, index) => index !== at))}
      />
      {items.length < (spec.max ?? 1) && (
        <SearchBox
          label={label}
          table="certifications"
          freeCode={FREE_CODE}
          helper={<FieldHelp faults={faults} />}
          error={faults.length > 0}
          mandatory={false}
          onPick={({ code }) => set([...items, certificationOf(code.toUpperCase())])}
          onBlur={touch}
        />
      )}
    </>
  );
}
