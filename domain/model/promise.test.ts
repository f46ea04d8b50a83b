import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  clockState,
  ESCALATION_SPREAD_MS,
  escalationInstants,
  escalationLead,
  escalationsAfter,
  workingHoursBefore,
} from './escalation.ts';
import type { InstantMs, ParisDay } from './ids.ts';
import { instantOf, parisDayOf, parisTimeOf } from './paris-time.ts';
import {
  closeClocks,
  type Echeances,
  jourOf,
  openClocks,
  pauseClocks,
  resumeClocks,
  stopClock,
  undoClocks,
} from './promise.ts';
import { CLOCKS } from './vocabulary.ts';
import { describeDue } from './words.ts';
import { addWorkingDays, isWorkingDay } from './working-days.ts';

/** `AAAA-MM-JJ HH:MM` on a Paris clock. */
function at(text: string): InstantMs {
  const [day = '', time = ''] = text.split(' ');
  const [hour, minute] = time.split(':').map(Number);
  return instantOf(day as ParisDay, hour ?? 0, minute ?? 0);
}
function onClock(instant: number): string {
  const { hour, minute } = parisTimeOf(instant);
  return `${parisDayOf(instant)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
const dues = ({ alimentation, traitement, diffusion }: Echeances) =>
  [alimentation, traitement, diffusion].map(({ due }) => onClock(due));

describe('the promise of a deposit', () => {
  it.each([
    ['on a Monday morning', '2026-11-23 10:00', ['2026-11-24', '2026-11-25', '2026-11-26']],
    ['on a Friday at 17:59', '2026-11-20 17:59', ['2026-11-23', '2026-11-24', '2026-11-25']],
    ['on a Friday at 18:00', '2026-11-20 18:00', ['2026-11-24', '2026-11-25', '2026-11-26']],
    ['on a Sunday', '2026-11-22 11:00', ['2026-11-24', '2026-11-25', '2026-11-26']],
    ['at midnight', '2026-11-24 00:00', ['2026-11-25', '2026-11-26', '2026-11-27']],
    ['before the change to summer time', '2026-03-27 10:00', ['2026-03-30', '2026-03-31', '2026-04-01']],
    ['before the change to winter time', '2026-10-23 17:00', ['2026-10-26', '2026-10-27', '2026-10-28']],
    ['in the night of the change to winter time', '2026-10-25 02:30', ['2026-10-27', '2026-10-28', '2026-10-29']],
    ['before 1 May', '2026-04-30 09:00', ['2026-05-04', '2026-05-05', '2026-05-06']],
    ['on 1 May', '2026-05-01 09:00', ['2026-05-05', '2026-05-06', '2026-05-07']],
    ['across 8 May', '2026-05-06 12:00', ['2026-05-07', '2026-05-11', '2026-05-12']],
    ['before Easter Monday', '2026-04-03 12:00', ['2026-04-07', '2026-04-08', '2026-04-09']],
    ['on Easter Monday', '2026-04-06 12:00', ['2026-04-08', '2026-04-09', '2026-04-10']],
    ['at the end of the year', '2026-12-31 18:30', ['2027-01-05', '2027-01-06', '2027-01-07']],
  ])('%s is due at 18:00 of J+1, J+2 and J+3', (_when, deposit, days) => {
    expect(dues(openClocks(at(deposit)))).toEqual(days.map((day) => `${day} 18:00`));
  });

  it('takes its hour from the region', () => {
    expect(dues(openClocks(at('2026-11-23 16:30'), 16))[0]).toBe('2026-11-25 16:00');
  });

  it('is kept at 18:00 sharp and missed a moment later', () => {
    const open = openClocks(at('2026-11-23 10:00'));
    expect(stopClock(open, 'alimentation', at('2026-11-24 18:00')).alimentation.kept).toBe(true);
    expect(stopClock(open, 'alimentation', (at('2026-11-24 18:00') + 1) as InstantMs).alimentation.kept).toBe(false);
  });

  it('stops a clock once only', () => {
    const stopped = stopClock(openClocks(at('2026-11-23 10:00')), 'traitement', at('2026-11-24 09:00'));
    expect(stopClock(stopped, 'traitement', at('2026-12-24 09:00'))).toEqual(stopped);
  });
});

/** Deposit Monday 23 November 10:00, decision of asking for changes at the given time. */
const askedForChanges = (when: string) =>
  pauseClocks(stopClock(openClocks(at('2026-11-23 10:00')), 'traitement', at(when)), at(when));

describe('a pause for changes', () => {
  it.each([
    [
      'within the same hours moves nothing but what is owed',
      '2026-11-24 09:00',
      '2026-11-24 17:00',
      '2026-11-26',
      '2026-11-27',
    ],
    [
      'over one 18:00 moves diffusion one working day',
      '2026-11-24 09:00',
      '2026-11-25 10:00',
      '2026-11-27',
      '2026-11-30',
    ],
    ['answered at 18:00 counts that 18:00', '2026-11-24 09:00', '2026-11-24 18:00', '2026-11-27', '2026-11-30'],
    ['over a week-end counts Friday only', '2026-11-27 09:00', '2026-11-30 10:00', '2026-12-02', '2026-12-03'],
    ['answered on a Saturday has its J on Monday', '2026-11-27 09:00', '2026-11-28 10:00', '2026-12-02', '2026-12-03'],
    ['over both 24 and 25 December', '2026-12-24 09:00', '2026-12-28 09:00', '2026-12-30', '2026-12-31'],
  ])('%s', (_when, asked, answered, traitement, diffusion) => {
    const [, second, third] = dues(resumeClocks(askedForChanges(asked), at(answered)));
    expect([second, third]).toEqual([`${traitement} 18:00`, `${diffusion} 18:00`]);
  });

  it('never brings diffusion nearer than its own pause left it', () => {
    const long = { ...askedForChanges('2026-11-24 09:00') };
    const far = { ...long, diffusion: { ...long.diffusion, due: at('2026-12-10 18:00') } };
    expect(onClock(resumeClocks(far, at('2026-11-26 10:00')).diffusion.due)).toBe('2026-12-14 18:00');
  });

  it('records both traitements, and counts cycles, over two pauses', () => {
    const once = resumeClocks(askedForChanges('2026-11-24 09:00'), at('2026-11-26 10:00'));
    expect(dues(once).slice(1)).toEqual(['2026-11-30 18:00', '2026-12-01 18:00']);
    const again = pauseClocks(stopClock(once, 'traitement', at('2026-12-01 09:00')), at('2026-12-01 09:00'));
    const twice = resumeClocks(again, at('2026-12-03 12:00'));
    expect(dues(twice).slice(1)).toEqual(['2026-12-07 18:00', '2026-12-08 18:00']);
    expect(twice.traitement.cycle).toBe(3);
    expect(twice.traitementsClos.map(({ cycle, kept }) => [cycle, kept])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('after a return by the checks moves the first traitement, which no decision has stopped', () => {
    const deposited = openClocks(at('2026-11-23 10:00'));
    const returned = pauseClocks(stopClock(deposited, 'alimentation', at('2026-11-23 10:01')), at('2026-11-23 10:01'));
    const resumed = resumeClocks(returned, at('2026-11-26 11:00'));
    expect(resumed.traitement.cycle).toBe(1);
    expect(dues(resumed)).toEqual(['2026-11-24 18:00', '2026-11-30 18:00', '2026-12-01 18:00']);
    expect(resumed.alimentation.kept).toBe(true);
  });

  it('does not mend what was already missed', () => {
    const late = resumeClocks(askedForChanges('2026-11-30 09:00'), at('2026-12-01 10:00'));
    expect(onClock(late.diffusion.due)).toBe('2026-12-04 18:00');
    expect(stopClock(late, 'diffusion', at('2026-12-02 04:00')).diffusion.kept).toBe(false);
  });
});

describe('any pause', () => {
  const instants = fc.integer({ min: at('2026-01-02 00:00'), max: at('2027-06-30 00:00') });
  const span = fc.integer({ min: 0, max: 21 * 86_400_000 });

  it('leaves every running clock due at 18:00 of a working day after J′, diffusion last, and never nearer', () => {
    fc.assert(
      fc.property(instants, span, span, fc.boolean(), (deposit, wait, silence, decided) => {
        const open = openClocks(deposit as InstantMs);
        const asked = (deposit + wait) as InstantMs;
        const answered = (asked + silence) as InstantMs;
        const before = decided ? stopClock(open, 'traitement', asked) : open;
        const after = resumeClocks(pauseClocks(before, asked), answered);
        const first = instantOf(addWorkingDays(jourOf(answered), 1), 18);
        for (const clock of CLOCKS) {
          const { due, pausedAt } = after[clock];
          expect(pausedAt).toBeUndefined();
          expect(due).toBeGreaterThanOrEqual(Math.max(first, open[clock].due));
          expect([isWorkingDay(parisDayOf(due)), parisTimeOf(due).hour]).toEqual([true, 18]);
        }
        expect(after.diffusion.due).toBeGreaterThanOrEqual(
          instantOf(addWorkingDays(parisDayOf(after.traitement.due), 1), 18),
        );
        expect(after.traitement.cycle).toBe(decided ? 2 : 1);
      }),
    );
  });
});

describe('the end of a promise', () => {
  it('has no object after a refusal in time, and is missed after a late one', () => {
    const open = openClocks(at('2026-11-23 10:00'));
    expect(closeClocks(open, at('2026-11-24 10:00')).diffusion).toEqual({
      ...open.diffusion,
      stoppedAt: at('2026-11-24 10:00'),
    });
    expect(closeClocks(open, at('2026-11-30 10:00')).diffusion.kept).toBe(false);
  });

  it('is undone with the decision', () => {
    const open = openClocks(at('2026-11-23 10:00'));
    const refused = closeClocks(stopClock(open, 'traitement', at('2026-11-24 10:00')), at('2026-11-24 10:00'));
    const undone = undoClocks(refused);
    expect([undone.traitement, undone.diffusion]).toEqual([open.traitement, open.diffusion]);
    expect(undoClocks(askedForChanges('2026-11-24 09:00'))).toEqual(open);
  });
});

describe('escalation', () => {
  it('counts working hours back over nights, week-ends and holidays', () => {
    const monday = at('2026-11-23 12:00');
    expect([1, 4, 8, 12.5].map((hours) => onClock(workingHoursBefore(monday, hours)))).toEqual([
      '2026-11-23 11:00',
      '2026-11-20 17:00',
      '2026-11-20 13:00',
      '2026-11-19 17:30',
    ]);
    expect(onClock(workingHoursBefore(at('2026-04-07 10:00'), 2))).toBe('2026-04-03 17:00');
    expect(workingHoursBefore(monday, 0)).toBe(monday);
  });

  it('asks at 10:00, 14:00 and 17:00 of the day of an 18:00 due', () => {
    const { amber, moderateurs, administrateurs } = escalationInstants(at('2026-11-25 18:00'));
    expect([amber, moderateurs, administrateurs].map(onClock)).toEqual([
      '2026-11-25 10:00',
      '2026-11-25 14:00',
      '2026-11-25 17:00',
    ]);
  });

  it('lists what is still to come of the clocks that run, soonest first', () => {
    const open = openClocks(at('2026-11-23 10:00'));
    const coming = escalationsAfter(open, at('2026-11-24 15:00'));
    expect(coming.slice(0, 3).map(({ clock, stage }) => `${clock} ${stage}`)).toEqual([
      'alimentation administrateurs',
      'alimentation due',
      'traitement amber',
    ]);
    expect(escalationsAfter(pauseClocks(open, at('2026-11-24 09:00')), at('2026-11-24 15:00'))).toEqual([]);
  });

  it('colours a clock by what is left', () => {
    const { traitement } = openClocks(at('2026-11-23 10:00'));
    const states = ['2026-11-25 09:59', '2026-11-25 10:00', '2026-11-25 18:01'].map((now) =>
      clockState(traitement, at(now)),
    );
    expect(states).toEqual(['running', 'amber', 'late']);
  });
});

describe('a due in words', () => {
  it.each([
    ['2026-11-23 09:00', 'jeudi 18:00', 'Thursday 18:00'],
    ['2026-11-25 20:00', 'demain 18:00', 'tomorrow 18:00'],
    ['2026-11-26 09:00', 'aujourd’hui 18:00', 'today 18:00'],
    ['2026-11-19 09:00', 'jeudi 26/11/2026 18:00', 'Thursday 26/11/2026 18:00'],
    ['2026-11-27 09:00', 'jeudi 26/11/2026 18:00', 'Thursday 26/11/2026 18:00'],
  ])('seen from %s says %s', (now, fr, en) => {
    expect(describeDue(at('2026-11-26 18:00'), at(now), 'fr')).toBe(fr);
    expect(describeDue(at('2026-11-26 18:00'), at(now), 'en')).toBe(en);
  });
});

describe('an escalation', () => {
  it('is told of many at one hour one by one over ten minutes, each always at the same instant', () => {
    const ids = Array.from({ length: 6_000 }, () => crypto.randomUUID());
    const minutes = Map.groupBy(ids.map(escalationLead), (lead) => Math.floor(lead / 60_000));
    expect([...minutes.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(Math.max(...[...minutes.values()].map((leads) => leads.length))).toBeLessThan(1_000);
    expect(Math.max(...ids.map(escalationLead))).toBeLessThan(ESCALATION_SPREAD_MS);
    expect(ids.map(escalationLead)).toEqual(ids.map(escalationLead));
  });
});
