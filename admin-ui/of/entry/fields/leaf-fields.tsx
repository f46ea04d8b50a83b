import { MenuItem, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { DictName } from '../../../../domain/grammar/dictionaries.ts';
import { codeLabel, elementRow } from '../../../../domain/model/element-label.ts';
import { isRecord } from '../../../../domain/model/json.ts';
import { parseLheoDate } from '../../../../domain/model/lheo-dates.ts';
import { keyChoices } from '../../../shared/words/key-choices.ts';
import { leafText } from '../../../shared/words/leaf-text.ts';
import { useLang } from '../../../shared/words/use-lang.ts';
import { FieldHelp } from './FieldNotes.tsx';
import type { FieldProps } from './field-props.ts';

/** A text keeps the attributes it came with. */
function withText(value: unknown, text: string): unknown {
  return text !== '' && isRecord(value) && '@' in value ? { ...value, '#': text } : text;
}

export function TextLine({ spec, label, field }: FieldProps) {
  const { value, set, touch, faults } = field;
  const row = elementRow(spec.element);
  const max = row.kind === 'text' ? row.max : undefined;
  return (
    <TextField
      fullWidth
      label={label}
      value={leafText(value)}
      onChange={({ target }) => set(withText(value, target.value))}
      onBlur={touch}
      required={spec.mandatory === true}
      error={faults.length > 0}
      helperText={<FieldHelp faults={faults} example={spec.example} />}
      {...(spec.control === 'long' ? { multiline: true, minRows: 3 } : {})}
      slotProps={{
        htmlInput: {
          ...(max === undefined ? {} : { maxLength: max }),
          ...(spec.control === 'int' ? { inputMode: 'numeric' } : {}),
        },
      }}
    />
  );
}

export function KeyField({ spec, label, field }: FieldProps) {
  const translate = useTranslate();
  const lang = useLang();
  const { value, set, touch, faults } = field;
  const row = elementRow(spec.element);
  const dict = (row.kind === 'key' ? row.dict : 'boolean') as DictName;
  const current = leafText(value);
  return (
    <TextField
      select
      fullWidth
      label={label}
      value={current}
      onChange={({ target }) => set(withText(value, target.value))}
      onBlur={touch}
      required={spec.mandatory === true}
      error={faults.length > 0}
      helperText={<FieldHelp faults={faults} />}
    >
      <MenuItem value="">{translate('sofi.state.unknown')}</MenuItem>
      {keyChoices(dict, current).map(({ code }) => (
        <MenuItem key={code} value={code}>
          {codeLabel(dict, code, lang)}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** A LHÉO date as a day of the calendar; one that names no day is shown as it is. */
export function DateField(props: FieldProps) {
  const { spec, label, field } = props;
  const { value, set, touch, faults } = field;
  const text = leafText(value);
  const date = parseLheoDate(text);
  if (text !== '' && date.kind !== 'day' && date.kind !== 'invalid') return <TextLine {...props} />;
  return (
    <TextField
      fullWidth
      type="date"
      label={label}
      value={date.kind === 'day' ? date.day : ''}
      onChange={({ target }) => set(withText(value, target.value.replaceAll('-', '')))}
      onBlur={touch}
      required={spec.mandatory === true}
      error={faults.length > 0}
      helperText={<FieldHelp faults={faults} example={spec.example} />}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
