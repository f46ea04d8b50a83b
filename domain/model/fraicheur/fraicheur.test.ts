import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from '../calendar.ts';
import type { ParisDay } from '../ids.ts';
import { isWorkingDay } from '../working-days.ts';
import { CAUSES, type FreshnessCause, type SessionFacts, stalenessOf } from './causes.ts';
import { advanceOn, type CycleState } from './judge.ts';
import { areOrdered, DEFAULT_FRESHNESS, learnedPeriod } from './settings.ts';
import { DEFAULT_PERIODS, FRESHNESS_STAGES, stageDay, stageOn } from './stages.ts';

const day = (text: string) => text as ParisDay;
const SETTINGS = { ...DEFAULT_FRESHNESS, actif: true };
const FRESH: CycleState = { stade: 'fraiche', jourD: null, cause: null };

/** A session from 1 September 2027 to 30 June 2028, accepted on 4 January 2027. */
const facts = (given: Partial<SessionFacts> = {}): SessionFacts => ({
  debut: '20270901',
  fin: '20280630',
  etat: '1',
  kind: 'datee',
  depuis: day('2027-01-04'),
  confirmeeLe: null,
  finCertification: null,
  finAdresse: null,
  ponctualite: { cycles: 0, ponctuels: 0 },
  ...given,
});

describe('the stages counted in working days from D', () => {
  it.each([
    [
      'an ordinary Monday',
      '2026-11-23',
      ['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2027-01-13'],
    ],
    [
      'a Monday after the change to winter time',
      '2026-10-26',
      ['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-17', '2026-12-17'],
    ],
    [
      'the Monday after the change to summer time',
      '2026-03-30',
      ['2026-03-23', '2026-03-30', '2026-04-07', '2026-04-14', '2026-04-21', '2026-05-21'],
    ],
    [
      '1 May, with 8 May and Ascension after it',
      '2026-05-01',
      ['2026-04-24', '2026-05-01', '2026-05-11', '2026-05-19', '2026-05-27', '2026-06-26'],
    ],
    ['a Saturday', '2026-11-28', ['2026-11-23', '2026-11-28', '2026-12-04', '2026-12-11', '2026-12-18', '2027-01-17']],
    [
      'Christmas Eve',
      '2026-12-24',
      ['2026-12-17', '2026-12-24', '2027-01-04', '2027-01-11', '2027-01-18', '2027-02-17'],
    ],
  ])('fall on the right days for %s', (_, d, expected) => {
    const stages = FRESHNESS_STAGES.filter((stage) => stage !== 'fraiche');
    expect(stages.map((stage) => stageDay(stage, day(d), DEFAULT_PERIODS))).toEqual(expected);
  });

  it('come in their order, each on a working day but D and the archive', () => {
    const anyDay = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays(day('2024-01-01'), n));
    fc.assert(
      fc.property(anyDay, (d) => {
        const days = FRESHNESS_STAGES.flatMap((stage) =>
          stage === 'fraiche' ? [] : [stageDay(stage, d, DEFAULT_PERIODS)],
        );
        expect(days).toEqual([...days].sort());
        for (const index of [0, 2, 3, 4]) expect(isWorkingDay(days[index] ?? d)).toBe(true);
        expect(daysBetween(days[4] ?? d, days[5] ?? d)).toBe(30);
      }),
    );
  });

  it('are passed over by a cause that does not go through them', () => {
    const { stages } = CAUSES.sessionTerminee;
    expect(stageOn(day('2026-12-08'), day('2026-11-23'), { periods: DEFAULT_PERIODS, stages })).toBe('rappel1');
  });
});

describe('what makes a session stale', () => {
  it.each<[string, Partial<SessionFacts>, string, FreshnessCause, string]>([
    [
      'a start within 15 days, never confirmed',
      { depuis: day('2027-07-01') },
      '2027-07-02',
      'debutProche',
      '2027-08-17',
    ],
    [
      'recruitment open after the start',
      { depuis: day('2027-09-02') },
      '2027-09-02',
      'recrutementOuvert',
      '2027-09-07',
    ],
    [
      'recruitment open, confirmed since',
      { depuis: day('2027-09-20'), confirmeeLe: day('2027-09-20') },
      '2027-09-21',
      'recrutementOuvert',
      '2028-03-21',
    ],
    ['an end that has passed', {}, '2028-07-03', 'sessionTerminee', '2028-07-01'],
    ['a permanent entry unconfirmed for its period', { kind: 'permanente' }, '2027-01-05', 'permanente', '2027-04-04'],
    ['a fiche untouched for its period', { debut: '20280901', fin: '20290630' }, '2027-01-05', 'fiche', '2027-07-06'],
    [
      'a certification that lapses before the start',
      { finCertification: day('2027-03-31') },
      '2027-01-05',
      'certification',
      '2027-04-01',
    ],
    ['an address that is gone', { finAdresse: day('2027-02-01') }, '2027-02-01', 'adresse', '2027-02-01'],
  ])('is %s', (_, given, on, cause, d) => {
    expect(stalenessOf(facts(given), SETTINGS, day(on))).toEqual({ cause, d });
  });

  it.each<[string, Partial<SessionFacts>, FreshnessCause]>([
    ['a confirmed session whose start is near', { confirmeeLe: day('2027-08-20') }, 'debutProche'],
    ['a session whose recruitment is closed', { etat: '2' }, 'recrutementOuvert'],
    ['a permanent entry that began', { kind: 'permanente' }, 'recrutementOuvert'],
    ['a permanent entry without end', { kind: 'permanente', fin: '99999999' }, 'sessionTerminee'],
    [
      'a session that starts while its certification is active',
      { finCertification: day('2027-12-31') },
      'certification',
    ],
    ['a session without a known start', { debut: '00000000' }, 'debutProche'],
  ])('is not for that cause %s', (_, given, cause) => {
    expect(CAUSES[cause].day(facts(given), SETTINGS)).toBeUndefined();
  });

  it('leaves an OF in peace for five days after an act', () => {
    expect(stalenessOf(facts({ depuis: day('2027-08-28') }), SETTINGS, day('2027-08-29'))?.d).toBe('2027-09-02');
  });
});

describe('the period that an organisme earns', () => {
  it.each([
    ['nothing known', { cycles: 0, ponctuels: 0 }, 183],
    ['too little known', { cycles: 4, ponctuels: 0 }, 183],
    ['never punctual', { cycles: 10, ponctuels: 0 }, 92],
    ['half of the time', { cycles: 10, ponctuels: 5 }, 183],
    ['always punctual', { cycles: 10, ponctuels: 10 }, 275],
  ])('follows its record: %s', (_, record, days) => {
    expect(learnedPeriod(SETTINGS, 'datee', record)).toBe(days);
  });
});

describe('a session from day to day', () => {
  const run = (from: ParisDay, days: number, given: Partial<SessionFacts>, answerOn?: ParisDay) => {
    let state = FRESH;
    let now = facts(given);
    const told: string[] = [];
    for (let n = 0; n < days; n++) {
      const today = addDays(from, n);
      if (today === answerOn) {
        now = { ...now, depuis: today, confirmeeLe: today };
        state = FRESH;
      }
      const moved = advanceOn(today, { facts: now, state, depart: from }, SETTINGS);
      if (moved === undefined) continue;
      state = { stade: moved.stade, jourD: moved.d, cause: moved.cause };
      told.push(...moved.entered.map((stage) => `${today} ${stage}`));
    }
    return told;
  };

  it('enters each stage once', () => {
    expect(run(day('2027-07-01'), 100, {})).toEqual([
      '2027-07-01 aConfirmer',
      '2027-07-06 rappel1',
      '2027-07-13 rappel2',
      '2027-07-21 marquee',
      '2027-07-28 retiree',
      '2027-08-27 archivee',
    ]);
  });

  it('falls silent when it is confirmed, and begins again later', () => {
    const told = run(day('2027-07-01'), 60, {}, day('2027-07-09'));
    expect(told).toEqual(['2027-07-01 aConfirmer', '2027-07-06 rappel1', '2027-08-26 aConfirmer']);
  });

  it('counts from the day it is seen when it was stale long before', () => {
    const seen = advanceOn(day('2027-11-15'), { facts: facts(), state: FRESH, depart: day('2027-11-15') }, SETTINGS);
    expect(seen).toMatchObject({ stade: 'rappel1', d: '2027-11-15' });
  });

  it('asks for nothing about what ended before freshness was looked at', () => {
    const judged = { facts: facts(), state: FRESH, depart: day('2028-09-01') };
    expect(advanceOn(day('2028-09-01'), judged, SETTINGS)).toBeUndefined();
  });

  it('asks for nothing more about a session of which something was said after its end', () => {
    const judged = { facts: facts({ depuis: day('2028-07-03') }), state: FRESH, depart: day('2027-01-01') };
    expect(advanceOn(day('2028-07-04'), judged, SETTINGS)).toBeUndefined();
  });

  it('is past its reminders once it has ended', () => {
    const state: CycleState = { stade: 'rappel1', jourD: day('2028-06-26'), cause: 'recrutementOuvert' };
    expect(
      advanceOn(day('2028-07-04'), { facts: facts(), state, depart: day('2027-01-01') }, SETTINGS),
    ).toBeUndefined();
  });

  it('keeps every stage apart when a day is jumped over', () => {
    const first = advanceOn(
      day('2027-07-07'),
      {
        facts: facts(),
        state: { stade: 'aConfirmer', jourD: day('2027-07-06'), cause: 'fiche' },
        depart: day('2027-01-01'),
      },
      SETTINGS,
    );
    expect(first?.entered).toEqual(['rappel1']);
  });
});

it('refuses stages that do not come one after the other', () => {
  expect(areOrdered(DEFAULT_PERIODS)).toBe(true);
  expect(areOrdered({ ...DEFAULT_PERIODS, marquee: 5 })).toBe(false);
});
