import type { useField } from '../entry-context.ts';
import type { FieldSpec } from './specs.ts';

/** What drawing one field of the entry needs. */
export interface FieldProps {
  readonly spec: FieldSpec;
  readonly label: string;
  readonly field: ReturnType<typeof useField>;
}
