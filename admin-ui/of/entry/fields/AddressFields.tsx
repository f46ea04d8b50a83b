import { Box, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { elementLabel } from '../../../../domain/model/element-label.ts';
import { isRecord } from '../../../../domain/model/json.ts';
import { getAtPath, joinPath } from '../../../../domain/model/paths.ts';
import { fieldDomId } from '../../../shared/fiche/FieldRow.tsx';
import type { ReferenceOption } from '../../../shared/reference/reference-search.ts';
import { SearchBox } from '../../../shared/reference/SearchBox.tsx';
import { leafText } from '../../../shared/words/leaf-text.ts';
import { useLang } from '../../../shared/words/use-lang.ts';
import { editField } from '../edit-field.ts';
import { useEntry, useField } from '../entry-context.ts';
import { FieldHelp, RequestNote } from './FieldNotes.tsx';

const FRANCE = 'FR';

/** `44` of `44109`, `974` of `97411`. */
function departementOf(insee: string): string {
  return insee.startsWith('97') ? insee.slice(0, 3) : insee.slice(0, 2);
}

/** What a commune says of an address: all that depends on it is written together; `detail` lists its postal codes. */
function withCommune(adresse: unknown, { code, label, detail = '', latitude, longitude }: ReferenceOption) {
  const { geolocalisation: _, ...rest } = isRecord(adresse) ? adresse : {};
  const postal = detail.split(' ');
  const kept = typeof rest.codepostal === 'string' && postal.includes(rest.codepostal);
  const centre =
    latitude === undefined || longitude === undefined
      ? undefined
      : { latitude: String(latitude), longitude: String(longitude) };
  return {
    ...rest,
    codepostal: kept ? rest.codepostal : postal[0],
    ville: label,
    departement: departementOf(code),
    'code-INSEE-commune': code,
    pays: FRANCE,
    ...(centre === undefined ? {} : { geolocalisation: centre }),
  };
}

/** An address: the street, then the commune by its name or postal code, which fills the rest. */
export function AddressFields({ path, title }: { readonly path: string; readonly title: string }) {
  const translate = useTranslate();
  const lang = useLang();
  const { document, edit } = useEntry();
  const whole = useField(path, true);
  const line = useField(joinPath(path, 'ligne', 0));
  const postal = useField(joinPath(path, 'codepostal'));
  const town = leafText(getAtPath(document, joinPath(path, 'ville')));
  const insee = leafText(getAtPath(document, joinPath(path, 'code-INSEE-commune')));
  const own = whole.faults.filter((fault) => ![...line.faults, ...postal.faults].includes(fault));
  return (
    <Box
      component="fieldset"
      id={fieldDomId(path)}
      sx={{ border: 0, p: 0, m: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1.5, minWidth: 0 }}
    >
      <Typography component="legend" variant="h3" sx={{ p: 0, mb: 1 }}>
        {title}
      </Typography>
      <RequestNote request={whole.request} />
      <TextField
        label={translate('of.field.line')}
        value={leafText(line.value)}
        onChange={({ target }) => line.set(target.value)}
        onBlur={line.touch}
        required
        error={line.faults.length > 0}
        helperText={<FieldHelp faults={line.faults} example="ligne" />}
      />
      <SearchBox
        label={town === '' ? translate('of.field.commune') : `${translate('of.field.commune')} : ${town} (${insee})`}
        table="communes"
        helper={<FieldHelp faults={own} />}
        error={own.length > 0}
        mandatory={town === ''}
        onPick={(option) => edit((it) => editField(it, path, withCommune(getAtPath(it, path), option)))}
        onBlur={whole.touch}
      />
      <TextField
        label={elementLabel('codepostal', lang)}
        value={leafText(postal.value)}
        onChange={({ target }) => postal.set(target.value)}
        onBlur={postal.touch}
        required
        error={postal.faults.length > 0}
        helperText={<FieldHelp faults={postal.faults} />}
        slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 5 } }}
      />
    </Box>
  );
}
