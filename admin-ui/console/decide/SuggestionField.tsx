import { Chip, MenuItem, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { DictName } from '../../../domain/grammar/dictionaries.ts';
import { CONTACT_MARKS, isContactMark } from '../../../domain/model/contacts.ts';
import { codeLabel, elementRow, isElement } from '../../../domain/model/element-label.ts';
import { codeVersion, elementAt, tableAt } from '../../shared/reference/field-tables.ts';
import { SearchBox } from '../../shared/reference/SearchBox.tsx';
import { useReferenceLabel } from '../../shared/reference/use-reference-label.ts';
import { keyChoices } from '../../shared/words/key-choices.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { valueText } from '../../shared/words/value-text.ts';

interface Props {
  readonly path: string;
  /** What stands in the field now: says the version of its code. */
  readonly current: unknown;
  readonly suggestion: string;
  readonly onChange: (suggestion: string) => void;
}

/** Where a value is suggested: a list for a dictionary or a contact's mark, a search for a code, a day for a date, else a text. */
export function SuggestionField(props: Props) {
  const lang = useLang();
  const name = elementAt(props.path);
  const row = isElement(name) ? elementRow(name) : undefined;
  if (isContactMark(props.path))
    return <ListSuggestion {...props} codes={CONTACT_MARKS} labelOf={(code) => valueText(props.path, code, lang)} />;
  if (row?.kind === 'key') {
    const dict = row.dict as DictName;
    const codes = keyChoices(dict, props.suggestion).map(({ code }) => code);
    return <ListSuggestion {...props} codes={codes} labelOf={(code) => codeLabel(dict, code, lang)} />;
  }
  const table = tableAt(props.path);
  if (table !== undefined) return <CodeSuggestion {...props} table={table} />;
  return row?.kind === 'date' ? <DateSuggestion {...props} /> : <TextSuggestion {...props} />;
}

function TextSuggestion({ suggestion, onChange }: Props) {
  const label = useTranslate()('console.decide.suggestion');
  return <TextField label={label} value={suggestion} onChange={({ target }) => onChange(target.value)} multiline />;
}

const DAY = /^(\d{4})(\d{2})(\d{2})$/;

function DateSuggestion({ suggestion, onChange }: Props) {
  return (
    <TextField
      type="date"
      label={useTranslate()('console.decide.suggestion')}
      value={suggestion.replace(DAY, '$1-$2-$3')}
      onChange={({ target }) => onChange(target.value.replaceAll('-', ''))}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}

interface ListProps extends Props {
  readonly codes: readonly string[];
  readonly labelOf: (code: string) => string;
}

function ListSuggestion({ suggestion, onChange, codes, labelOf }: ListProps) {
  const translate = useTranslate();
  return (
    <TextField
      select
      label={translate('console.decide.suggestion')}
      value={suggestion}
      onChange={({ target }) => onChange(target.value)}
    >
      <MenuItem value="">{translate('console.decide.noSuggestion')}</MenuItem>
      {codes.map((code) => (
        <MenuItem key={code} value={code}>
          {labelOf(code)}
        </MenuItem>
      ))}
    </TextField>
  );
}

const FREE_CODE = /^[0-9A-Z]{3,5}$/;

function CodeSuggestion({ current, suggestion, onChange, table }: Props & { readonly table: string }) {
  const translate = useTranslate();
  const version = codeVersion(current);
  const label = useReferenceLabel(table, suggestion, version);
  if (suggestion !== '')
    return (
      <Chip
        label={label === undefined ? suggestion : `${label} (${suggestion})`}
        onDelete={() => onChange('')}
        sx={{ justifySelf: 'start' }}
      />
    );
  return (
    <SearchBox
      label={translate('console.decide.suggestion')}
      table={table}
      version={version}
      freeCode={FREE_CODE}
      onPick={({ code }) => onChange(code)}
    />
  );
}
