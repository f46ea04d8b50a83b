import type { DecisionBody, SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import type { MendBody } from '../../../domain/contract/vie.contract.ts';
import { isRecord } from '../../../domain/model/json.ts';
import { getAtPath } from '../../../domain/model/paths.ts';
import type { FieldReason } from '../../../domain/model/vocabulary.ts';

/** A request being written; an empty suggestion is none. */
export interface FieldDraft {
  readonly path: string;
  readonly reason: FieldReason;
  readonly comment: string;
  readonly suggestion: string;
}

export type Mode = 'read' | 'refuse' | 'ask';

/** What a moderator is writing: it outlives a new version, a refusal and a fault of the network. */
export interface DecideState {
  readonly mode: Mode;
  readonly motif: string;
  readonly champs: readonly FieldDraft[];
}

export const NOTHING_WRITTEN: DecideState = { mode: 'read', motif: '', champs: [] };

export type DecideEvent =
  | { readonly kind: 'mode'; readonly mode: Mode }
  | { readonly kind: 'motif'; readonly motif: string }
  | { readonly kind: 'toggleField'; readonly path: string }
  | { readonly kind: 'field'; readonly path: string; readonly change: Partial<Omit<FieldDraft, 'path'>> }
  | { readonly kind: 'sent' };

export function decideReducer(state: DecideState, event: DecideEvent): DecideState {
  switch (event.kind) {
    case 'mode':
      return { ...state, mode: event.mode };
    case 'motif':
      return { ...state, motif: event.motif };
    case 'toggleField':
      return { ...state, mode: 'ask', champs: toggled(state.champs, event.path) };
    case 'field':
      return {
        ...state,
        champs: state.champs.map((draft) => (draft.path === event.path ? { ...draft, ...event.change } : draft)),
      };
    case 'sent':
      return NOTHING_WRITTEN;
  }
}

function toggled(champs: readonly FieldDraft[], path: string): readonly FieldDraft[] {
  if (champs.some((draft) => draft.path === path)) return champs.filter((draft) => draft.path !== path);
  return [...champs, { path, reason: 'incorrect', comment: '', suggestion: '' }];
}

/** The request that the drafts make, of the version that was looked at. */
export function askBody({ champs, motif }: DecideState, version: number): DecisionBody {
  return {
    kind: 'requestChanges',
    version,
    ...(motif.trim() === '' ? {} : { motif: motif.trim() }),
    champs: champs.map(({ suggestion, ...draft }) => ({ ...draft, ...(suggestion === '' ? {} : { suggestion }) })),
  };
}

export function refuseBody({ motif }: DecideState, version: number): DecisionBody {
  return { kind: 'refuse', version, motif: motif.trim() };
}

const MIN_MOTIF = 3;

/** A suggested text in the place of a text with attributes keeps the attributes. */
function inPlaceOf(before: unknown, text: string): MendBody['champs'][number]['value'] {
  return isRecord(before) && '#' in before ? ({ ...before, '#': text } as never) : text;
}

/** The mends that the drafts make, their comments being the reasons; null until each has a value and a reason. */
export function mendBody(
  { champs }: DecideState,
  soumission: Pick<SoumissionDto, 'version' | 'document'>,
): MendBody | null {
  const isWritten = ({ suggestion, comment }: FieldDraft) => suggestion !== '' && comment.trim().length >= MIN_MOTIF;
  if (champs.length === 0 || !champs.every(isWritten)) return null;
  return {
    version: soumission.version,
    champs: champs.map(({ path, suggestion, comment }) => ({
      path,
      value: inPlaceOf(getAtPath(soumission.document, path), suggestion),
      reason: comment.trim(),
    })),
  };
}

/** True when what is written can be sent. */
export function isReady({ mode, motif, champs }: DecideState): boolean {
  return mode === 'refuse' ? motif.trim().length >= MIN_MOTIF : mode === 'ask' && champs.length > 0;
}

/** A decision may be made from the queue too, where it claims first: the server says which are possible. */
export function mayDecide({ allowed }: Pick<SoumissionDto, 'allowed'>, act: string): boolean {
  return allowed.includes(act);
}
