import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { elementLabel } from '../../../../domain/model/element-label.ts';
import { joinPath, pathSteps } from '../../../../domain/model/paths.ts';
import { fieldDomId } from '../../../shared/fiche/FieldRow.tsx';
import { useLang } from '../../../shared/words/use-lang.ts';
import { useField } from '../entry-context.ts';
import { CertificationsField } from './CertificationsField.tsx';
import { CodesField } from './CodesField.tsx';
import { RequestNote } from './FieldNotes.tsx';
import type { FieldProps } from './field-props.ts';
import { DateField, KeyField, TextLine } from './leaf-fields.tsx';
import { PublicMark } from './PublicMark.tsx';
import type { FieldSpec } from './specs.ts';

function Control(props: FieldProps) {
  switch (props.spec.control) {
    case 'key':
      return <KeyField {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'codes':
      return <CodesField {...props} />;
    case 'certifications':
      return <CertificationsField {...props} />;
    case 'publicMark':
      return <PublicMark {...props} />;
    default:
      return <TextLine {...props} />;
  }
}

/** One field of the entry, drawn from its specification, with what is wrong and what is asked beside it. */
export function DraftField({ spec, level }: { readonly spec: FieldSpec; readonly level: string }) {
  const translate = useTranslate();
  const lang = useLang();
  const path = joinPath(level, ...pathSteps(spec.at));
  const field = useField(path, spec.mandatory === true);
  const label = spec.label === undefined ? elementLabel(spec.element, lang) : translate(spec.label);
  return (
    <Box id={fieldDomId(path)} sx={{ scrollMarginTop: 120 }}>
      <RequestNote request={field.request} />
      <Control spec={spec} label={label} field={field} />
    </Box>
  );
}

/** A run of fields of one level. */
export function DraftFields({ specs, level }: { readonly specs: readonly FieldSpec[]; readonly level: string }) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {specs.map((spec) => (
        <DraftField key={spec.at} spec={spec} level={level} />
      ))}
    </Box>
  );
}
