import { FormControlLabel, FormHelperText, Switch } from '@mui/material';
import { useTranslate } from 'react-admin';
import { CONTACT_PRIVE, CONTACT_PUBLIC } from '../../../../domain/model/contacts.ts';
import { getAtPath, joinPath, pathSteps } from '../../../../domain/model/paths.ts';
import { useEntry } from '../entry-context.ts';
import type { FieldProps } from './field-props.ts';

/** Whether a contact may be published; a contact that came in a flow carries no mark and is public. */
export function PublicMark({ spec, label, field }: FieldProps) {
  const translate = useTranslate();
  const { document } = useEntry();
  const contact = getAtPath(document, joinPath('', ...pathSteps(spec.at).slice(0, -2)));
  const shown = contact !== undefined && field.value !== CONTACT_PRIVE;
  return (
    <>
      <FormControlLabel
        disabled={contact === undefined}
        control={
          <Switch
            checked={shown}
            onChange={({ target }) => field.set(target.checked ? CONTACT_PUBLIC : CONTACT_PRIVE)}
          />
        }
        label={label}
      />
      <FormHelperText sx={{ mt: 0 }}>
        {translate(shown ? 'of.entry.contactShown' : 'of.entry.contactHidden')}
      </FormHelperText>
    </>
  );
}
