import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { refusalOf, type Wish } from '../../domain/model/refusals.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Sql } from '../connect.ts';
import { checked } from './commands/checked.ts';
import { claim, giveBack, leaseOver } from './commands/claim.ts';
import { type Decide, decide } from './commands/decide.ts';
import { escalate } from './commands/escalate.ts';
import { mend } from './commands/mend.ts';
import { revise } from './commands/revise.ts';
import type { Step } from './commands/step.ts';
import { undo, withdraw } from './commands/take-back.ts';
import { abandon, remind } from './commands/unanswered.ts';
import { lockFicheOf, noSoumission } from './rows.ts';
import { lockStanding, readState, type SoumissionState } from './state.ts';

type OfPerson<K extends Wish['kind']> = Extract<Wish, { readonly kind: K }>;

/** What one command does; the workflow's port has the same form. */
export type Effect =
  | { readonly kind: 'checked'; readonly version: number }
  | OfPerson<'claim'>
  | OfPerson<'giveBack'>
  | { readonly kind: 'leaseOver' }
  | (OfPerson<'decide'> & Decide)
  | OfPerson<'undo'>
  | (OfPerson<'withdraw'> & { readonly words?: string })
  | (OfPerson<'revise'> & { readonly brouillonId: string })
  | (OfPerson<'mend'> & { readonly words: string })
  | { readonly kind: 'escalate' }
  | { readonly kind: 'remind' }
  | { readonly kind: 'abandon' };

export type Command = {
  readonly id: string;
  readonly seq: number;
  readonly commande: string;
  readonly at: number;
} & Effect;

type Apply<K extends Effect['kind']> = (step: Step, command: Extract<Effect, { readonly kind: K }>) => Promise<void>;

const COMMANDS: { readonly [K in Effect['kind']]: Apply<K> } = {
  checked,
  claim,
  giveBack,
  leaseOver,
  decide,
  undo,
  withdraw,
  revise,
  mend,
  escalate,
  remind,
  abandon,
};

function requireAllowed(state: SoumissionState, command: Command): void {
  if (!('by' in command)) return;
  const refusal = refusalOf(state, command, command.at);
  if (refusal === null) return;
  throw new SofiError(refusal.code, `Cannot ${command.kind} soumission "${command.id}"`, refusal.details);
}

async function currentState(sql: Sql, id: string): Promise<SoumissionState> {
  const state = await readState(sql, id);
  if (state === null) throw noSoumission(id);
  return state;
}

/**
 * Applies one command of a soumission in the caller's transaction and answers where it stands then. A command whose row
 * of the journal exists was applied before and changes nothing. Refuses `fence` when the row is not at `seq`, and
 * whatever `refusalOf`, acceptance and undo refuse.
 */
export async function applyCommand(sql: Sql, command: Command, region: RegionSettings): Promise<SoumissionState> {
  const fiche = await lockFicheOf(sql, command.id);
  const { row, state, applied } = await lockStanding(sql, command.id, command.commande);
  if (applied) return state;
  if (row.seq !== command.seq) {
    throw new SofiError('fence', `Cannot write soumission "${row.id}" at ${command.seq}: it is at ${row.seq}`);
  }
  requireAllowed(state, command);
  const step = { sql, fiche, row, state, region, at: command.at as InstantMs, commande: command.commande };
  const apply = COMMANDS[command.kind] as (step: Step, effect: Effect) => Promise<void>;
  await apply(step, command);
  return currentState(sql, command.id);
}
