import { Gauge, type Registry } from 'prom-client';
import type { Figures } from '../../db/watch/figures.ts';
import { STATUTS, type Statut } from '../../domain/model/vocabulary.ts';

/** Statuts in which a soumission waits for somebody or for a release. */
const WAITING: readonly string[] = [
  'deposee',
  'controlee',
  'enRevue',
  'correctionsDemandees',
  'validee',
] satisfies Statut[];
const OUTCOMES = ['kept', 'missed', 'late'] as const;

/** Gauges of what the rows say; what there is none of is absent, not 0, where 0 would read as "now". */
export function figureGauges(registry: Registry): (figures: Figures | undefined) => void {
  const registers = [registry];
  const gauge = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const up = gauge('sofi_database_up', '1 when the rows could be read for these figures');
  const soumissions = gauge('sofi_soumissions', 'Soumissions by statut', ['statut']);
  const oldest = gauge('sofi_soumission_oldest_seconds', 'Since when the oldest of a statut waits', ['statut']);
  const late = gauge('sofi_soumissions_late', 'Open soumissions whose next promise is missed already');
  const promises = gauge('sofi_promises', 'Promises due within 90 days past; late: missed and still running', [
    'clock',
    'outcome',
    'decided',
  ]);
  const waiting = gauge('sofi_outbox_waiting', 'Tasks that no workflow was told yet');
  const outboxAge = gauge('sofi_outbox_oldest_seconds', 'Age of the oldest task of the outbox');
  const tries = gauge('sofi_outbox_tries', 'Most tries of a waiting task');
  const imports = gauge('sofi_imports_running', 'Imports under way');
  const importAge = gauge('sofi_import_oldest_seconds', 'Age of the oldest import under way');
  const release = gauge('sofi_release_number', 'The release that is served');
  const switched = gauge('sofi_release_switch_age_seconds', 'Since the last release was switched on');
  const took = gauge('sofi_release_duration_seconds', 'From the request of the last release to its switch');
  const keptOut = gauge('sofi_release_kept_out', 'Fiches that the release shows not as they were accepted');
  const open = gauge('sofi_release_open_seconds', 'Age of the release under way');
  const failed = gauge('sofi_releases_failed', 'Releases given up since the last that was switched on');
  const known: readonly (readonly [Gauge, (figures: Figures) => number | null])[] = [
    [late, (it) => it.late],
    [waiting, (it) => it.outbox.waiting],
    [outboxAge, (it) => it.outbox.oldestS],
    [tries, (it) => it.outbox.tries],
    [imports, (it) => it.imports.running],
    [importAge, (it) => it.imports.oldestS],
    [release, (it) => it.release.last],
    [switched, (it) => it.release.switchedAgoS],
    [took, (it) => it.release.tookS],
    [keptOut, (it) => it.release.keptOut],
    [open, (it) => it.release.openS],
    [failed, (it) => it.release.failed],
  ];
  return (figures) => {
    up.set(figures === undefined ? 0 : 1);
    for (const one of [soumissions, oldest, promises]) one.reset();
    for (const [one] of known) one.remove();
    if (figures === undefined) return;
    for (const statut of STATUTS) soumissions.set({ statut }, 0);
    for (const { statut, n, oldestS } of figures.soumissions) {
      soumissions.set({ statut }, n);
      if (oldestS !== null && WAITING.includes(statut)) oldest.set({ statut }, oldestS);
    }
    for (const row of figures.promises) {
      const decided = row.humain ? 'people' : 'rule';
      for (const outcome of OUTCOMES) promises.set({ clock: row.clock, outcome, decided }, row[outcome]);
    }
    for (const [one, read] of known) {
      const value = read(figures);
      if (value !== null) one.set(value);
    }
  };
}
