import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import type { Viewer } from '../db/connect.ts';
import { SofiError } from '../domain/model/errors.ts';
import { RIGHTS, type RightAct, type RightSubject } from '../domain/model/rights.ts';
import { ROLES, type Role } from '../domain/model/vocabulary.ts';

export type SofiAbility = MongoAbility<[RightAct, RightSubject]>;

function build(role: Role): SofiAbility {
  const { can, build: done } = new AbilityBuilder<SofiAbility>(createMongoAbility);
  for (const { act, subject } of RIGHTS[role]) can([act].flat() as RightAct[], [subject].flat() as RightSubject[]);
  return done();
}

const ABILITIES = Object.fromEntries(ROLES.map((role) => [role, build(role)])) as Record<Role, SofiAbility>;

/** What a role may do; which objects it sees is the wall's business (row-level security). */
export function abilityOf(role: Role): SofiAbility {
  return ABILITIES[role];
}

/** Who asks; throws 401 `non-authentifie` for nobody. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (viewer === null) throw new SofiError('non-authentifie');
  return viewer;
}

/** Who asks, once their role may do the act; throws 401 for nobody and 403 `interdit` otherwise. */
export function requireRight(viewer: Viewer | null, act: RightAct, subject: RightSubject): Viewer {
  const somebody = requireViewer(viewer);
  if (!abilityOf(somebody.role).can(act, subject))
    throw new SofiError('interdit', undefined, { acte: act, objet: subject });
  return somebody;
}
