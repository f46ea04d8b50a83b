import { randomUUID } from 'node:crypto';
import type { NewIds } from '../../domain/lheo/fiche/received.ts';
import type { ActionId, DispositifId, FicheId, SessionId } from '../../domain/model/ids.ts';

/** Fresh ids for what a file brings; those that are known already are matched afterwards. */
export const NEW_IDS: NewIds = {
  fiche: () => randomUUID() as FicheId,
  action: () => randomUUID() as ActionId,
  session: () => randomUUID() as SessionId,
  dispositif: () => randomUUID() as DispositifId,
};
