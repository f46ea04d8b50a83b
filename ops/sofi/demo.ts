import { type Command, InvalidArgumentError } from 'commander';
import { sql as raw } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { loadRegion, type RegionLoaded } from '../demo/region/load.ts';
import { regionSet } from '../demo/region/set.ts';
import { countByStatut } from '../demo/region/states.ts';
import { openPlatformDatabase } from './database-door.ts';
import { openPlatform } from './platform-calls.ts';

const MAX_SCALE = 15;

interface Options {
  readonly scale: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** `sofi demo region`: loads the region's set into the running platform. */
export function register(program: Command): void {
  program
    .command('demo')
    .description('jeux de données')
    .command('region')
    .description('charge le jeu « région » (4 000 organismes, 20 000 formations, 60 000 sessions à l’échelle 1)')
    .option('--scale <N>', 'échelle, de 0,001 à 15', scaleOf, 1)
    .option('--seed <N>', 'graine : la même donne le même jeu, qui est alors inchangé', seedOf, 1)
    .option('--json', 'comptes et durées en JSON')
    .action(loadInto);
}

function scaleOf(text: string): number {
  const scale = Number(text.replace(',', '.'));
  if (scale >= 0.001 && scale <= MAX_SCALE) return scale;
  throw new InvalidArgumentError(`un nombre de 0,001 à ${MAX_SCALE}`);
}

function seedOf(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('un entier de 0 à 99');
}

async function loadInto({ scale, seed, json }: Options): Promise<void> {
  const platform = await openPlatform();
  const db = await openPlatformDatabase();
  try {
    const set = await regionSet(scale, seed, Date.now());
    const loaded = await loadRegion({ platform, db, set, onProgress: showProgress });
    showProgress('', 0, 0);
    const counts = await countOffer(db);
    const statuts = await countByStatut(db);
    process.stdout.write(
      json === true ? `${JSON.stringify({ ...loaded, counts, statuts })}\n` : say(loaded, counts, statuts),
    );
  } finally {
    await db.close();
  }
}

const LEVELS = ['organisme', 'site', 'formation', 'action', 'session', 'dispositif'] as const;
type Counts = Readonly<Record<(typeof LEVELS)[number], number>>;

/** Rows of the accepted offer, by level. */
async function countOffer(db: Database): Promise<Counts> {
  const columns = LEVELS.map(
    (level) => raw`(select count(*)::int from ${raw.table(level)} where retire_le is null) as ${raw.ref(level)}`,
  );
  return db.asWorker(async (sql) => {
    const { rows } = await raw<Counts>`select ${raw.join(columns)}`.execute(sql);
    const [counts] = rows;
    if (counts === undefined) throw new Error('Cannot count the offer');
    return counts;
  });
}

function say(loaded: RegionLoaded, counts: Counts, statuts: Readonly<Record<string, number>>): string {
  const n = (value: number) => value.toLocaleString('fr-FR');
  const mb = (bytes: number) => n(Math.round(bytes / 100_000) / 10);
  const s = (value: number) => n(Math.round(value * 10) / 10);
  const { seconds } = loaded;
  return [
    LEVELS.map((level) => `${n(counts[level])} ${level}s`).join(', '),
    `${n(loaded.created)} formations nouvelles, ${n(loaded.changed)} changées, ${n(loaded.unchanged)} inchangées, ${n(loaded.refused)} refusées`,
    `soumissions : ${Object.entries(statuts)
      .map(([statut, count]) => `${n(count)} ${statut}`)
      .join(', ')}`,
    `${mb(loaded.bytes)} Mo, ${mb(loaded.gzipped)} Mo envoyés ; envoi ${s(seconds.send)} s, chargement ${s(seconds.load)} s, sites ${s(seconds.sites)} s, états ${s(seconds.states)} s`,
    '',
  ].join('\n');
}

const WIDTH = 30;

function showProgress(step: string, done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
  process.stderr.write(step === '' ? '\r\u001b[2K' : `\r\u001b[2K${bar} ${Math.round(share * 100)} % ${step}`);
}
