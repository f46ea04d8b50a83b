import { createContext, useContext } from 'react';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { getAtPath } from '../../../domain/model/paths.ts';
import type { FieldRequest } from '../../../domain/model/requests.ts';
import type { ShownFault } from './draft-faults.ts';
import { editField } from './edit-field.ts';

export interface Entry {
  readonly document: FicheDocument;
  readonly edit: (change: (document: FicheDocument) => FicheDocument) => void;
  readonly faults: readonly ShownFault[];
  /** True once everything is to be shown, after a refused deposit or on a draft that comes back. */
  readonly showAll: boolean;
  readonly touched: ReadonlySet<string>;
  readonly touch: (path: string) => void;
  /** Changes that the moderation asked for and that are not answered yet. */
  readonly requests: readonly FieldRequest[];
}

const EntryContext = createContext<Entry | undefined>(undefined);
export const EntryProvider = EntryContext.Provider;

export function useEntry(): Entry {
  const entry = useContext(EntryContext);
  if (entry === undefined) throw new Error('A field of the entry stands outside of an entry');
  return entry;
}

/** A missing element is a fault of the mandatory fields that would fill it. */
function isOn(fault: string, path: string, mandatory: boolean): boolean {
  if (fault === path || fault.startsWith(`${path}/`)) return true;
  return mandatory && fault.includes('/champs/') && path.startsWith(`${fault}/`);
}

/** One field of the entry by its address: its value, its faults once it is time to show them, how to change it. */
export function useField(path: string, mandatory = false) {
  const { document, edit, faults, showAll, touched, touch, requests } = useEntry();
  const own = faults.filter((fault) => isOn(fault.path, path, mandatory));
  const visible = showAll || touched.has(path) ? own.filter(({ severity }) => severity !== 'nonVerifie') : [];
  return {
    value: getAtPath(document, path),
    set: (value: unknown) => edit((it) => editField(it, path, value)),
    touch: () => touch(path),
    faults: visible,
    request: requests.find((request) => request.path === path || request.path.startsWith(`${path}/`)),
  };
}
