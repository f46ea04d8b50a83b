import { sql as raw } from 'kysely';
import pg from 'pg';
import { type Database, openDatabase, type Sql } from '../../db/connect.ts';
import { writeFreshnessSettings } from '../../db/fraicheur/settings.ts';
import { linkToken } from '../../db/mail/links.ts';
import { addDays } from '../../domain/model/calendar.ts';
import { DEFAULT_FRESHNESS } from '../../domain/model/fraicheur/settings.ts';
import { toLheoDate } from '../../domain/model/lheo-dates.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { runPass } from '../../workers/activities/freshness.ts';
import { root } from '../services/folders.ts';
import { runToEnd } from '../services/processes.ts';
import { WORKER_HEAP } from '../start/programs.ts';
import { startTestApi } from '../test/api-server.ts';
import { startTestServices } from '../test/services.ts';
import { type Bench, quantile, type Row } from './bench.ts';
import type { PassCost } from './freshness-pass.ts';
import { timed } from './timing.ts';

const SESSIONS = 60_000;
const DUE = 1_200;
const PER_FORMATION = 3;
const PER_ORGANISME = 15;
const PAGES = 400;
const LARGEST_PAGE = 30_000;
/** What a process holds more after a pass than before: compiled code, a few plans. */
const HELD_MB = 10;
const TAKEN_MB = 60;

/** An accepted offer by its rows alone: `due` of its sessions start in fifteen days, the others in a year. */
async function makeOffer(sql: Sql, sessions: number, due: number): Promise<void> {
  const today = parisDayOf(Date.now());
  const day = (days: number) => toLheoDate(addDays(today, days));
  await raw`set local statement_timeout = '10min'`.execute(sql);
  await raw`create temp table made on commit drop as
    select n, gen_random_uuid() as session, ceil(n / ${PER_FORMATION}::numeric)::int as f from generate_series(1, ${sessions}) n`.execute(
    sql,
  );
  await raw`create temp table f on commit drop as select f, gen_random_uuid() as id, gen_random_uuid() as action,
    ceil(f / ${PER_ORGANISME / PER_FORMATION}::numeric)::int as o from (select distinct f from made) x`.execute(sql);
  await raw`create temp table o on commit drop as select o, gen_random_uuid() as id, gen_random_uuid() as person
    from (select distinct o from f) x`.execute(sql);
  await raw`insert into user_account (id, email, nom, role, langue, actif)
    select person, 'p' || o || '@bench.example', 'p', 'of', 'fr', true from o`.execute(sql);
  await raw`insert into user_organisme (user_id, organisme_id) select person, id from o`.execute(sql);
  await raw`insert into organisme (id, nda, siret, siren, nom, raison_sociale, version_n, maj)
    select id, 'n' || o, 's' || o, 's', 'Organisme ' || o, 'o', 1, ${today} from o`.execute(sql);
  await raw`insert into fiche (id, kind, organisme_id, version_n) select f.id, 'formation', o.id, 1 from f join o using (o)`.execute(
    sql,
  );
  await raw`insert into fiche_version (fiche_id, n, document, hash, soumission_id, accepted_at)
    select id, 1, '{"actions":[]}', '', id, now() from f`.execute(sql);
  await raw`insert into formation (id, organisme_id, numero, intitule, certifiante, source, version_n, maj, creee)
    select f.id, o.id, '21_' || f, 'Formation ' || f, true, 'saisie', 1, ${addDays(today, -30)}, ${addDays(today, -30)}
    from f join o using (o)`.execute(sql);
  await raw`insert into action (id, formation_id, numero, insee, commune, rang, maj, creee, hash)
    select action, id, '21_a' || f, '44109', 'Nantes', 0, ${today}, ${today}, '' from f`.execute(sql);
  await raw`insert into session (id, formation_id, action_id, numero, debut, fin, etat_recrutement, rang, maj, creee, hash)
    select made.session, f.id, f.action, '21_s' || n, case when n % ${Math.round(sessions / due)} = 0 then ${day(15)} else ${day(365)} end,
      ${day(500)}, '1', 0, ${today}, ${today}, '' from made join f using (f)`.execute(sql);
}

/** What autovacuum does within a minute of a load; only the owner of the tables may. */
async function analyze(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('analyze').finally(() => owner.end());
}

/** The pass in a process of its own, with the worker's measures of memory. */
async function passIn(databaseUrl: string): Promise<PassCost> {
  const output = await runToEnd({
    name: 'freshness-pass',
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', '--expose-gc', ...WORKER_HEAP, 'ops/bench/freshness-pass.ts'],
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as PassCost;
}

async function measurePass(
  { db, url }: { readonly db: Database; readonly url: string },
  { sessions, due }: { readonly sessions: number; readonly due: number },
  say: (line: string) => void,
): Promise<Row[]> {
  const settings = { ...DEFAULT_FRESHNESS, actif: true };
  await db.asWorker((sql) => writeFreshnessSettings(sql, { settings, userId: null, at: Date.now() }));
  say(`${sessions} sessions in the offer`);
  const { moved, seconds, cpuSeconds, held, most } = await passIn(url);
  const limit = sessions > SESSIONS ? 300 : 20;
  return [
    { what: 'the pass', measured: seconds, unit: 's', reference: limit, referenceIs: 'limit', atMost: 1 },
    {
      what: 'processor time of the worker in it',
      measured: cpuSeconds,
      unit: 's',
      reference: limit,
      referenceIs: 'limit of the pass',
    },
    {
      what: 'sessions that moved',
      measured: moved,
      unit: 'items',
      reference: due,
      referenceIs: 'due',
      atMost: 1,
      atLeast: 1,
    },
    {
      what: 'heap that it still holds',
      measured: held / 1e6,
      unit: 'MB',
      reference: HELD_MB,
      referenceIs: 'limit at any scale',
      atMost: 1,
    },
    {
      what: 'memory that it took, garbage included',
      measured: most / 1e6,
      unit: 'MB',
      reference: TAKEN_MB,
      referenceIs: 'limit at any scale',
      atMost: 1,
    },
  ];
}

async function measurePage(say: (line: string) => void): Promise<Row[]> {
  const api = await startTestApi();
  try {
    await api.db.asWorker((sql) => makeOffer(sql, 3_000, 3_000));
    await analyze(api.databaseUrl);
    await api.db.asWorker((sql) =>
      writeFreshnessSettings(sql, { settings: { ...DEFAULT_FRESHNESS, actif: true }, userId: null, at: Date.now() }),
    );
    await runPass(api.db, { day: parisDayOf(Date.now()), now: Date.now });
    const { rows } = await api.db.asWorker((sql) =>
      raw<{ id: string }>`select id from courriel where kind = 'fraicheur' order by id`.execute(sql),
    );
    say(`${rows.length} links to open`);
    const secret = api.deps.settings.linkSecret;
    let largest = 0;
    const open = async (n: number) => {
      const { id } = rows[n % rows.length] ?? { id: '' };
      const page = await fetch(`${api.url}/m/${linkToken(secret, 'fraicheur', id)}`);
      largest = Math.max(largest, (await page.arrayBuffer()).byteLength);
      if (page.status !== 200) throw new Error(`Cannot open the link of mail "${id}": ${page.status}`);
    };
    await timed(
      Array.from({ length: 20 }, (_, n) => n),
      1,
      open,
    );
    const times = await timed(
      Array.from({ length: PAGES }, (_, n) => n),
      4,
      open,
    );
    return [
      {
        what: 'the one-click page, p95',
        measured: quantile(times, 0.95),
        unit: 'ms',
        reference: 100,
        referenceIs: 'limit',
        atMost: 1,
      },
      {
        what: 'its size',
        measured: largest / 1e6,
        unit: 'MB',
        reference: LARGEST_PAGE / 1e6,
        referenceIs: 'limit',
        atMost: 1,
      },
    ];
  } finally {
    await api.stop();
  }
}

/** The daily pass over the region's sessions, and the page of a mail's link. */
export const bench: Bench = {
  name: 'freshness',
  comparedTo: 'the limits that were promised',
  async run(say, scale) {
    const services = await startTestServices('parts');
    Object.assign(process.env, services.env);
    const { createTestDatabase } = await import('../test/database.ts');
    const test = await createTestDatabase();
    const db = await openDatabase({ url: test.url, poolMax: 4, statementTimeoutMs: 600_000 });
    try {
      await db.asWorker((sql) => makeOffer(sql, SESSIONS * scale, DUE * scale));
      await analyze(test.url);
      const rows = await measurePass({ db, url: test.url }, { sessions: SESSIONS * scale, due: DUE * scale }, say);
      return [...rows, ...(await measurePage(say))];
    } finally {
      await db.close();
      await test.drop();
      await services.stop();
    }
  },
};
