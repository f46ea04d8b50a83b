interface Day {
  readonly day: string;
  readonly kept: number;
  readonly missed: number;
}

/** The days of a record, all clocks together, in their order, as a chart takes them. */
export function daysOf(jours: readonly Day[]) {
  const days = [...new Set(jours.map(({ day }) => day))].sort();
  const sum = (of: (day: Day) => number) =>
    days.map((day) => jours.filter((one) => one.day === day).reduce((total, one) => total + of(one), 0));
  return { days, kept: sum(({ kept }) => kept), missed: sum(({ missed }) => missed) };
}
