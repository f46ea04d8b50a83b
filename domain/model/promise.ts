import type { InstantMs, ParisDay } from './ids.ts';
import { instantOf, parisDayOf, parisTimeOf } from './paris-time.ts';
import { CLOCKS, type Clock } from './vocabulary.ts';
import { addWorkingDays, isWorkingDay, nextWorkingDay } from './working-days.ts';

/** Hour of the day, in Paris, at which a deposit counts for the next day and at which clocks are due. */
export const DEFAULT_DUE_HOUR = 18;

/** Working days from J to each clock's due (design §2). */
const WORKING_DAYS: Record<Clock, number> = { alimentation: 1, traitement: 2, diffusion: 3 };

/** One clock of the promise, as plain JSON; instants in milliseconds since the epoch. */
export interface Horloge {
  readonly due: InstantMs;
  /** 1 at deposit; a traitement opened by the answer to a request for changes counts on. */
  readonly cycle: number;
  readonly stoppedAt?: InstantMs;
  /** Absent while nothing is decided: running in time, or stopped without object (refused, withdrawn). */
  readonly kept?: boolean;
  readonly pausedAt?: InstantMs;
}

export interface Echeances extends Readonly<Record<Clock, Horloge>> {
  /** Hour of the region's settings under which these clocks run. */
  readonly dueHour: number;
  /** Traitements of earlier cycles, oldest first: both are part of the record. */
  readonly traitementsClos: readonly Horloge[];
}

/** J: the working day of a deposit, or the next one from the due hour on and on a day off. */
export function jourOf(deposit: number, dueHour = DEFAULT_DUE_HOUR): ParisDay {
  const day = parisDayOf(deposit);
  return isWorkingDay(day) && parisTimeOf(deposit).hour < dueHour ? day : nextWorkingDay(day);
}

function dueAfter(day: ParisDay, workingDays: number, dueHour: number): InstantMs {
  return instantOf(addWorkingDays(day, workingDays), dueHour);
}

/** The three clocks of a deposit, due at 18:00 (by default) of J+1, J+2 and J+3. */
export function openClocks(deposit: InstantMs, dueHour = DEFAULT_DUE_HOUR): Echeances {
  const jour = jourOf(deposit, dueHour);
  const open = (clock: Clock): Horloge => ({ due: dueAfter(jour, WORKING_DAYS[clock], dueHour), cycle: 1 });
  return {
    alimentation: open('alimentation'),
    traitement: open('traitement'),
    diffusion: open('diffusion'),
    dueHour,
    traitementsClos: [],
  };
}

/** True while the clock waits for its act, paused or not. */
export function isRunning(horloge: Horloge): boolean {
  return horloge.stoppedAt === undefined;
}

function mapRunning(echeances: Echeances, change: (horloge: Horloge, clock: Clock) => Horloge): Echeances {
  const changed: Record<Clock, Horloge> = { ...echeances };
  for (const clock of CLOCKS) if (isRunning(echeances[clock])) changed[clock] = change(echeances[clock], clock);
  return { ...echeances, ...changed };
}

/** Once missed, a clock stays missed: no pause, move or late act mends the record. */
function missedBy(horloge: Horloge, at: InstantMs): boolean {
  return horloge.kept === false || (horloge.pausedAt ?? at) > horloge.due;
}

/** Stops one clock by the act it waited for: kept when it was not late. A stopped clock stays as it is. */
export function stopClock(echeances: Echeances, clock: Clock, at: InstantMs): Echeances {
  return mapRunning(echeances, (horloge, name) => {
    if (name !== clock) return horloge;
    const { pausedAt: _, ...rest } = horloge;
    return { ...rest, stoppedAt: at, kept: !missedBy(horloge, at) };
  });
}

/** Ends what no act will stop any more (refused, withdrawn, abandoned): missed if it was late, else without object. */
export function closeClocks(echeances: Echeances, at: InstantMs): Echeances {
  return mapRunning(echeances, (horloge) => {
    const { pausedAt: _, ...rest } = horloge;
    return missedBy(horloge, at) ? { ...rest, stoppedAt: at, kept: false } : { ...rest, stoppedAt: at };
  });
}

/** From `correctionsDemandees` on the running clocks pause; one that was already late is recorded as missed. */
export function pauseClocks(echeances: Echeances, at: InstantMs): Echeances {
  return mapRunning(echeances, (horloge) => {
    if (horloge.pausedAt !== undefined) return horloge;
    return missedBy(horloge, at) ? { ...horloge, pausedAt: at, kept: false } : { ...horloge, pausedAt: at };
  });
}

/** How many 18:00 of working days lie in ]from, to]. */
function dueHoursPassed(from: InstantMs, to: InstantMs, dueHour: number): number {
  let passed = 0;
  let day = parisDayOf(from);
  if (!isWorkingDay(day) || instantOf(day, dueHour) <= from) day = nextWorkingDay(day);
  for (; instantOf(day, dueHour) <= to; day = nextWorkingDay(day)) passed++;
  return passed;
}

function later(a: InstantMs, b: InstantMs): InstantMs {
  return a > b ? a : b;
}

/**
 * The answer to a request for changes, whose J is J′: each 18:00 of a working day that passed in the pause moves a
 * paused clock one working day, none is due before J′+1; a traitement that a decision had stopped opens anew, due J′+2;
 * diffusion is never due before the working day after the traitement's due.
 */
export function resumeClocks(echeances: Echeances, at: InstantMs): Echeances {
  const { dueHour } = echeances;
  const jour = jourOf(at, dueHour);
  const moved = mapRunning(echeances, ({ pausedAt, ...horloge }) => {
    const days = pausedAt === undefined ? 0 : dueHoursPassed(pausedAt, at, dueHour);
    return { ...horloge, due: later(dueAfter(parisDayOf(horloge.due), days, dueHour), dueAfter(jour, 1, dueHour)) };
  });
  const reopened: Echeances = isRunning(moved.traitement)
    ? moved
    : {
        ...moved,
        traitement: { due: dueAfter(jour, WORKING_DAYS.traitement, dueHour), cycle: moved.traitement.cycle + 1 },
        traitementsClos: [...moved.traitementsClos, moved.traitement],
      };
  const { diffusion, traitement } = reopened;
  if (!isRunning(diffusion)) return reopened;
  const due = later(diffusion.due, dueAfter(parisDayOf(traitement.due), 1, dueHour));
  return { ...reopened, diffusion: { ...diffusion, due } };
}

/**
 * Undo of a decision: the traitement runs again under its own due, pauses are lifted without moving anything, and what
 * `closeClocks` ended without object runs again.
 */
export function undoClocks(echeances: Echeances): Echeances {
  const resumed = mapRunning(echeances, ({ pausedAt: _lifted, ...horloge }) => horloge);
  const { stoppedAt: _decided, kept, ...traitement } = resumed.traitement;
  const { stoppedAt: _closed, ...diffusion } = resumed.diffusion;
  return { ...resumed, traitement: kept === false ? { ...traitement, kept } : traitement, diffusion };
}
