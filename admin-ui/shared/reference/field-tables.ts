import { isRecord } from '../../../domain/model/json.ts';
import { pathSteps } from '../../../domain/model/paths.ts';

/** Fields that hold a code of a reference table. */
const TABLES: Readonly<Record<string, string>> = {
  'code-FORMACODE': 'formacode',
  'code-NSF': 'nsf',
  'code-ROME': 'rome',
  'code-public-vise': 'publics',
  'code-modalite-pedagogique': 'modalites-pedagogiques',
};

/** The element that a path ends in: its last step that is no number; empty for the whole document. */
export function elementAt(path: string): string {
  return pathSteps(path).findLast((step) => !/^\d+$/.test(step)) ?? '';
}

/** The reference table whose code the field at a path holds; undefined for any other field. */
export function tableAt(path: string): string | undefined {
  return TABLES[elementAt(path)];
}

/** The version of codes that a value says it is of. */
export function codeVersion(value: unknown): string | undefined {
  const attributs = isRecord(value) ? value['@'] : undefined;
  return isRecord(attributs) && typeof attributs.ref === 'string' ? attributs.ref : undefined;
}
