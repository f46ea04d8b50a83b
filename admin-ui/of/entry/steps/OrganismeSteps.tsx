import { Box, Button, Stack, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Site } from '../../../../domain/model/documents.ts';
import { elementLabel } from '../../../../domain/model/element-label.ts';
import { joinPath, setAtPath } from '../../../../domain/model/paths.ts';
import { leafText } from '../../../shared/words/leaf-text.ts';
import { useLang } from '../../../shared/words/use-lang.ts';
import { useEntry, useField } from '../entry-context.ts';
import { AddressFields } from '../fields/AddressFields.tsx';
import { DraftFields } from '../fields/DraftField.tsx';
import { FieldHelp, RequestNote } from '../fields/FieldNotes.tsx';
import { ORGANISME_CONTACT, ORGANISME_FIELDS, POTENTIEL_FIELDS } from '../fields/specs.ts';
import { newSite } from '../new-rows.ts';
import { RowFrame } from './RowFrame.tsx';
import { useRows } from './use-rows.ts';

const ADRESSE = '/champs/coordonnees-organisme/coordonnees/adresse';

/** The establishment: who it is, where, whom to ask. */
export function EstablishmentStep() {
  const lang = useLang();
  return (
    <Stack sx={{ gap: 2 }}>
      <DraftFields specs={ORGANISME_FIELDS} level="" />
      <AddressFields path={ADRESSE} title={elementLabel('coordonnees-organisme', lang)} />
      <DraftFields specs={ORGANISME_CONTACT} level="" />
    </Stack>
  );
}

/** Its domains, mandatory before anything else. */
export function DomainsStep() {
  return <DraftFields specs={POTENTIEL_FIELDS} level="" />;
}

/** The places where it teaches. */
export function SitesStep() {
  const translate = useTranslate();
  const lang = useLang();
  const { rows, add, remove, pathOf } = useRows<Site>('/sites');
  return (
    <Stack sx={{ gap: 2 }}>
      {rows.map((site, at) => (
        <RowFrame key={site.id} title={translate('of.entry.site', { n: at + 1 })} onRemove={() => remove(site.id)}>
          <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
            <PlainText path={joinPath(pathOf(site.id), 'nom')} label={translate('of.field.formateurName')} mandatory />
            <AddressFields
              path={joinPath(pathOf(site.id), 'coordonnees', 'adresse')}
              title={elementLabel('adresse', lang)}
            />
            <PlainText path={joinPath(pathOf(site.id), 'accessibilite')} label={translate('of.field.accessibilite')} />
          </Box>
        </RowFrame>
      ))}
      <Button variant="outlined" onClick={() => add(newSite())} sx={{ alignSelf: 'start' }}>
        {translate('of.entry.addSite')}
      </Button>
    </Stack>
  );
}

interface PlainProps {
  readonly path: string;
  readonly label: string;
  readonly mandatory?: boolean;
}

function PlainText({ path, label, mandatory = false }: PlainProps) {
  const field = useField(path);
  const { edit } = useEntry();
  return (
    <div>
      <RequestNote request={field.request} />
      <TextField
        fullWidth
        label={label}
        required={mandatory}
        value={leafText(field.value)}
        onChange={({ target }) =>
          edit((it) => setAtPath(it, path, target.value === '' && !mandatory ? undefined : target.value))
        }
        onBlur={field.touch}
        error={field.faults.length > 0}
        helperText={<FieldHelp faults={field.faults} />}
      />
    </div>
  );
}
