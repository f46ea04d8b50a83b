import { isArray } from '../../../../domain/model/json.ts';
import { SearchBox } from '../../../shared/reference/SearchBox.tsx';
import { leafText } from '../../../shared/words/leaf-text.ts';
import { CodeChips } from './CodeChips.tsx';
import { FieldHelp } from './FieldNotes.tsx';
import type { FieldProps } from './field-props.ts';

const FREE_CODE = /^[0-9A-Z]{3,5}$/;

/** A list of codes of a reference table, the main one first; each says the version it is of. */
export function CodesField({ spec, label, field }: FieldProps) {
  const { value, set, touch, faults } = field;
  const items = isArray(value) ? value : [];
  const table = spec.table ?? '';
  const add = (code: string, version: string | undefined) => {
    if (items.some((item) => leafText(item) === code)) return;
    set([...items, version === undefined ? code : { '#': code, '@': { ref: version } }]);
  };
  return (
    <>
      <CodeChips
        table={table}
        version={spec.version}
        codes={items.map(leafText)}
        onRemove={(at) => set(items.filter((_item, index) => index !== at))}
      />
      {items.length < (spec.max ?? 1) && (
        <SearchBox
          label={label}
          table={table}
          version={spec.version}
          freeCode={FREE_CODE}
          helper={<FieldHelp faults={faults} example={spec.example} />}
          error={faults.length > 0}
          mandatory={spec.mandatory === true && items.length === 0}
          onPick={({ code }) => add(code, spec.version)}
          onBlur={touch}
        />
      )}
    </>
  );
}
