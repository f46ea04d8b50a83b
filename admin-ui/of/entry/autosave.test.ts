import { describe, expect, it } from '@jest/globals';
import { aFormation } from '../../../domain/model/builders.ts';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { setAtPath } from '../../../domain/model/paths.ts';
import { type AutosaveEvent, autosaveReducer, openAutosave } from './autosave.ts';

const start: FicheDocument = aFormation();
const typed = (titre: string) => setAtPath(start, '/champs/intitule-formation', titre);
const edit = (titre: string): AutosaveEvent => ({
  kind: 'edit',
  change: (it) => setAtPath(it, '/champs/intitule-formation', titre),
});
const opened = openAutosave({ document: start, saveNumber: 1 }, undefined);
const follow = (...events: AutosaveEvent[]) => events.reduce(autosaveReducer, opened);

describe('autosave of a draft', () => {
  it('is dirty after a keystroke, and saved again when the keystroke is taken back', () => {
    expect(follow(edit('CAP')).phase).toBe('dirty');
    expect(follow(edit('CAP'), edit('CAP ébéniste')).phase).toBe('saved');
  });

  it('keeps what is typed while a save is on its way, and stays dirty for it', () => {
    const state = follow(edit('CAP'), { kind: 'sending' }, edit('CAP é'), {
      kind: 'saved',
      sent: typed('CAP'),
      saveNumber: 2,
      at: 5,
    });
    expect(state).toMatchObject({ phase: 'dirty', saveNumber: 2, document: typed('CAP é') });
  });

  it('loses nothing when a save fails', () => {
    const state = follow(edit('CAP'), { kind: 'sending' }, { kind: 'failed' });
    expect(state).toMatchObject({ phase: 'failed', document: typed('CAP'), saveNumber: 1 });
  });

  it('takes back from the device what a closed tab had not saved', () => {
    const state = openAutosave(
      { document: start, saveNumber: 4 },
      { document: typed('Non enregistré'), saveNumber: 4 },
    );
    expect(state).toMatchObject({ phase: 'dirty', restored: true, document: typed('Non enregistré') });
  });

  it('asks which one to keep when the draft was saved elsewhere in between', () => {
    const state = openAutosave({ document: start, saveNumber: 5 }, { document: typed('Ici'), saveNumber: 4 });
    expect(state.phase).toBe('conflict');
    expect(autosaveReducer(state, { kind: 'keepMine' })).toMatchObject({
      phase: 'dirty',
      saveNumber: 5,
      document: typed('Ici'),
    });
    expect(autosaveReducer(state, { kind: 'takeTheirs' })).toMatchObject({
      phase: 'saved',
      saveNumber: 5,
      document: start,
    });
  });

  it('sees no conflict when the other save said the same: an answer that was lost on the way', () => {
    const state = follow(edit('CAP'), { kind: 'sending' }, { kind: 'conflict', document: typed('CAP'), saveNumber: 2 });
    expect(state).toMatchObject({ phase: 'saved', saveNumber: 2 });
  });
});
