import { Autocomplete, Box, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import { dictEntries } from '../../../../domain/grammar/dictionaries.ts';
import type { Dispositif } from '../../../../domain/model/documents.ts';
import { codeLabel } from '../../../../domain/model/element-label.ts';
import { joinPath } from '../../../../domain/model/paths.ts';
import { SearchBox } from '../../../shared/reference/SearchBox.tsx';
import { useLang } from '../../../shared/words/use-lang.ts';
import { useField } from '../entry-context.ts';
import { CodeChips } from '../fields/CodeChips.tsx';
import { FieldHelp, RequestNote } from '../fields/FieldNotes.tsx';

const OBSOLETE = '1';
const FINANCEURS = dictEntries('financeurs')
  .map(({ code }) => code)
  .filter((code) => code !== OBSOLETE);
const PUBLICS_VERSION = 'V14';

interface Props {
  readonly dispositif: Dispositif;
  readonly path: string;
}

/** One funding: who pays, for which publics, how many places, from when until when. */
export function DispositifFields({ dispositif, path }: Props) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      <Financeur path={path} code={dispositif.codeFinanceur} />
      <Publics path={path} publics={dispositif.publics} />
      <Small path={path} name="nbPlaces" type="number" />
      <Small path={path} name="debutValidite" type="date" />
      <Small path={path} name="finValidite" type="date" />
    </Box>
  );
}

function Financeur({ path, code }: { readonly path: string; readonly code: string }) {
  const translate = useTranslate();
  const lang = useLang();
  const field = useField(joinPath(path, 'codeFinanceur'));
  return (
    <div>
      <RequestNote request={field.request} />
      <Autocomplete
        options={FINANCEURS}
        value={code === '' ? null : code}
        onChange={(_event, picked) => field.set(picked ?? undefined)}
        onBlur={field.touch}
        autoHighlight
        openText={translate('sofi.act.open')}
        closeText={translate('sofi.act.close')}
        clearText={translate('sofi.act.remove')}
        getOptionLabel={(option) => codeLabel('financeurs', option, lang)}
        renderInput={(params) => (
          <TextField
            {...params}
            label={translate('of.field.financeur')}
            required
            error={field.faults.length > 0}
            helperText={<FieldHelp faults={field.faults} />}
          />
        )}
      />
    </div>
  );
}

function Publics({ path, publics }: { readonly path: string; readonly publics: Dispositif['publics'] }) {
  const translate = useTranslate();
  const field = useField(joinPath(path, 'publics'));
  return (
    <div>
      <RequestNote request={field.request} />
      <CodeChips
        table="publics"
        version={PUBLICS_VERSION}
        codes={publics.map(({ code }) => code)}
        onRemove={(at) => field.set(publics.toSpliced(at, 1))}
      />
      <SearchBox
        label={translate('of.field.publics')}
        table="publics"
        version={PUBLICS_VERSION}
        helper={<FieldHelp faults={field.faults} example="publics" />}
        error={field.faults.length > 0}
        mandatory={false}
        onPick={({ code }) => {
          if (!publics.some((it) => it.code === code)) field.set([...publics, { code, ref: PUBLICS_VERSION }]);
        }}
        onBlur={field.touch}
      />
    </div>
  );
}

interface SmallProps {
  readonly path: string;
  readonly name: 'nbPlaces' | 'debutValidite' | 'finValidite';
  readonly type: 'number' | 'date';
}

function Small({ path, name, type }: SmallProps) {
  const translate = useTranslate();
  const field = useField(joinPath(path, name));
  const read = (text: string) =>
    text === '' ? undefined : type === 'number' ? Math.max(0, Math.trunc(Number(text))) : text;
  return (
    <div>
      <RequestNote request={field.request} />
      <TextField
        fullWidth
        type={type}
        label={translate(`of.field.${name}`)}
        value={field.value ?? ''}
        onChange={({ target }) => field.set(read(target.value))}
        onBlur={field.touch}
        error={field.faults.length > 0}
        helperText={<FieldHelp faults={field.faults} />}
        slotProps={{ inputLabel: { shrink: true } }}
      />
    </div>
  );
}
