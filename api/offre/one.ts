import { z } from 'zod';
import type { Viewer } from '../../db/connect.ts';
import { texte, uuid } from '../../domain/contract/common.ts';
import { withoutPrivateContacts } from '../../domain/model/contacts.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { anyOf } from '../lists.ts';

export const byId = z.strictObject({ id: uuid });
/** One value of a filter, or any of several. */
export const code = anyOf(texte(255, 1));

/** Contacts that are not public are for the organisme and the Cariforef (design §11). */
export function shownTo<D>(viewer: Viewer, organisme: string, document: D): D {
  const inside =
    viewer.role === 'moderateur' || viewer.role === 'administrateur' || viewer.organismes.includes(organisme);
  return inside ? document : withoutPrivateContacts(document);
}

/** What was read; `introuvable` when it was not there. */
export const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new SofiError('introuvable');
  return value;
};
