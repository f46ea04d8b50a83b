import type { FicheDocument } from '../../../domain/model/documents.ts';
import { sameJson } from '../../../domain/model/json.ts';

/** Where the saving of a draft stands; what was typed is in `document` whatever the phase. */
export type Phase = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

export interface Autosave {
  readonly phase: Phase;
  readonly document: FicheDocument;
  /** The content that the server holds under `saveNumber`. */
  readonly saved: FicheDocument;
  readonly saveNumber: number;
  /** Milliseconds since the epoch of the last save of this page. */
  readonly savedAt?: number;
  /** What the server holds, when it is no longer what this page started from. */
  readonly theirs?: { readonly document: FicheDocument; readonly saveNumber: number };
  /** True when what was typed came back from this device. */
  readonly restored: boolean;
}

export type AutosaveEvent =
  | { readonly kind: 'edit'; readonly change: (document: FicheDocument) => FicheDocument }
  | { readonly kind: 'sending' }
  | { readonly kind: 'saved'; readonly sent: FicheDocument; readonly saveNumber: number; readonly at: number }
  | { readonly kind: 'failed' }
  | { readonly kind: 'conflict'; readonly document: FicheDocument; readonly saveNumber: number }
  | { readonly kind: 'keepMine' }
  | { readonly kind: 'takeTheirs' };

export interface Copy {
  readonly document: FicheDocument;
  readonly saveNumber: number;
}

/** A draft as it was read, with what this device still holds of it: a closed tab or a lost network loses nothing. */
export function openAutosave(server: Copy, local: Copy | undefined): Autosave {
  const start = { saved: server.document, saveNumber: server.saveNumber, document: server.document, restored: false };
  if (local === undefined || sameJson(local.document, server.document)) return { ...start, phase: 'saved' };
  if (local.saveNumber === server.saveNumber)
    return { ...start, phase: 'dirty', document: local.document, restored: true };
  return { ...start, phase: 'conflict', document: local.document, theirs: server };
}

function phaseOf(document: FicheDocument, saved: FicheDocument): Phase {
  return sameJson(document, saved) ? 'saved' : 'dirty';
}

export function autosaveReducer(state: Autosave, event: AutosaveEvent): Autosave {
  switch (event.kind) {
    case 'edit': {
      const document = event.change(state.document);
      if (state.phase === 'conflict' || state.phase === 'saving') return { ...state, document };
      return { ...state, document, phase: phaseOf(document, state.saved) };
    }
    case 'sending':
      return { ...state, phase: 'saving' };
    case 'saved': {
      const { sent: saved, saveNumber, at: savedAt } = event;
      return { ...state, saved, saveNumber, savedAt, phase: phaseOf(state.document, saved), restored: false };
    }
    case 'failed':
      return state.phase === 'saving' ? { ...state, phase: 'failed' } : state;
    case 'conflict': {
      const { document, saveNumber } = event;
      if (sameJson(document, state.document)) return { ...state, saved: document, saveNumber, phase: 'saved' };
      return { ...state, phase: 'conflict', theirs: { document, saveNumber } };
    }
    case 'keepMine': {
      if (state.theirs === undefined) return state;
      const { theirs, ...rest } = state;
      return { ...rest, saved: theirs.document, saveNumber: theirs.saveNumber, phase: 'dirty' };
    }
    case 'takeTheirs': {
      if (state.theirs === undefined) return state;
      const { theirs, ...rest } = state;
      return { ...rest, ...theirs, saved: theirs.document, phase: 'saved' };
    }
  }
}
