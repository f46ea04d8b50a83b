import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { anOrganisme } from '../../domain/model/builders.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { rowsAgainstDocuments } from '../doctor/rows-against-documents.ts';
import { brokenLinks, keepWords } from '../moderation/index.ts';
import { listRemoved } from '../moderation/removed-persons.ts';
import { actorOf, Stage } from '../moderation/stage.ts';
import { erasePerson, waitingRemovals } from './erase.ts';

const ZOE = { nom: 'Durand', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' };
const TEXT = 'Voir Zoé DURAND, ou zoe.durand@exemple.fr.';
const NAMED = /durand/i;
const place = '/champs/contact-formation/0/coordonnees';
const FIELDS = [
  { path: `${place}/nom`, reason: TEXT, comment: TEXT, suggestion: 'Durand', value: 'Durand', after: 'Durand' },
  { path: `${place}/prenom`, reason: TEXT, comment: TEXT, suggestion: 'Zoé', value: 'Zoé', after: 'Zoé' },
];

/** Columns that may hold text and are not looked at, by the reason. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'numbers and keys that name objects': [
    'source_recu.cle',
    'numero_given.numero',
    'numero_given.numero_recu',
    'organisme.numero',
    'formation.numero',
    'formation.reference_of',
    'action.numero',
    'action.numero_recu',
    'session.numero',
    'session.numero_recu',
    'release_member.numero',
    'rendu.numero',
    'import_line.numero',
    'import_line.path',
    'idempotency_key.route',
    'idempotency_key.key',
  ],
  'accounts and logins, which an administrator or time ends': [
    'user_account.email',
    'user_account.nom',
    'user_account.subject',
    'access_token.label',
    'login.sid',
    'login.sess',
  ],
  'ids, codes, figures and instants, written by the platform': [
    'journal.data',
    'journal.commande',
    'avis.cle',
    'avis.data',
    'courriel.cle',
    'courriel.payload',
    'courriel.message_id',
    'outbox.last_error',
    'soumission.resume',
    'soumission.apercu_cpf',
    'soumission.echeances',
    'soumission.hors_release',
    'cpf_marking.source',
    'cpf_marking.proof',
    'ressemblance.raisons',
    'release.workflow_id',
    'release.progress',
    'release.report',
    'release.manifest',
    'release.public_key',
    'release_change.reason',
    'release_change.kept_out',
    'release_change.inputs',
    'fiche_rendue.reason',
    'rendu.fins',
    'import.organismes',
    'regle_reglage.severite',
    'voie.champs',
    'mikro_orm_migrations.name',
  ],
  'what the State publishes': [
    'referentiel.alerte',
    'certification.intitule',
    'partenaire.nom',
    'organisme_public.denomination',
    'organisme_public.voie',
    'organisme_public.ville',
  ],
  'settings, the key of the fingerprints among them': ['reglage.valeur'],
  'emptied with the bytes that name the person': ['octets.faults'],
  'who is to be removed, forgotten once done': ['urgence.personne'],
  'documents, of which the test enters real ones': [
    'fiche_version.document',
    'soumission.document',
    'soumission_revision.document',
    'source_recu.document',
  ],
};
const EXCEPTED = new Set(Object.values(EXCEPTIONS).flat());

/** What is planted where a text of people would not be read. */
const PLANTED: Readonly<Record<string, unknown>> = {
  'courriel.destinataire': ZOE.courriel,
  'courriel.adresse': ZOE.courriel,
  'courriel_preference.destinataire': ZOE.courriel,
  'courriel_retour.destinataire': ZOE.courriel,
  'courriel_capture.vers': ZOE.courriel,
  'decision.champs': FIELDS,
  'mend.champs': FIELDS,
  'lot.champs': FIELDS,
  'outbox.payload': { motif: TEXT, champs: FIELDS, mends: FIELDS },
};

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly length: number | null;
  readonly required: boolean;
  /** The first word of a vocabulary, for a column that holds one. */
  readonly word: string | null;
}
const nameOf = ({ table, column }: Column) => `${table}.${column}`;
const TEXTS = ['text', 'character varying', 'json', 'jsonb'];
/** A shorter column holds a code. */
const SENTENCE = 120;
const isText = ({ type, length, word }: Column) =>
  TEXTS.includes(type) && word === null && (length === null || length >= SENTENCE);

let database: TestDatabase;
let stage: Stage;
/** As the owner of the schema, before whom there is no wall. */
let owner: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase();
  stage = await Stage.open(database.url);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await stage.close();
  await database.drop();
});

async function columns(): Promise<Column[]> {
  const { rows } = await owner.query<Column>(`
    select c.table_name as table, c.column_name as column, c.data_type as type, c.character_maximum_length as length,
      c.is_nullable = 'NO' and c.column_default is null and c.is_identity = 'NO' as required,
      (select (regexp_match(pg_get_constraintdef(k.oid), '''([^'']+)'''))[1] from pg_constraint k
        where k.conrelid = format('public.%I', c.table_name)::regclass and k.contype = 'c'
          and pg_get_constraintdef(k.oid) ~ format('\\m%s\\M.*ANY', c.column_name) limit 1) as word
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position`);
  return rows;
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  integer: 1,
  bigint: 1,
  'double precision': 0,
  boolean: false,
  jsonb: '{}',
  json: '{}',
  bytea: '',
  'timestamp with time zone': '2026-11-24T09:00:00Z',
  'timestamp without time zone': '2026-11-24T09:00:00Z',
};

/** A row of a table that has none yet, tied to a fiche where the table is. */
async function fill(table: string, all: readonly Column[], ids: Readonly<Record<string, string>>): Promise<void> {
  const { rowCount } = await owner.query(`select 1 from "${table}" limit 1`);
  if (rowCount !== 0) return;
  const needed = all.filter((one) => one.table === table && (one.required || one.column in ids));
  const values = needed.map(({ column, type, word }) =>
    type === 'uuid' ? (ids[column] ?? randomUUID()) : (SAMPLES[type] ?? word ?? 'x'),
  );
  const names = needed.map(({ column }) => `"${column}"`).join(', ');
  await owner.query(
    `insert into "${table}" (${names}) values (${values.map((_, k) => `$${k + 1}`).join(', ')})`,
    values,
  );
}

async function plant(one: Column): Promise<void> {
  const isJson = one.type.startsWith('json');
  const planted = PLANTED[nameOf(one)] ?? (isJson ? { texte: TEXT, 'contact-x': [{ coordonnees: ZOE }] } : TEXT);
  const value = isJson ? JSON.stringify(planted) : planted;
  const { rowCount } = await owner.query(`update "${one.table}" set "${one.column}" = $1`, [value]);
  expect([nameOf(one), rowCount]).not.toEqual([nameOf(one), 0]);
}

/** Every column of the schema in which some row names the person. */
async function naming(): Promise<string[]> {
  const found: string[] = [];
  for (const one of (await columns()).filter(({ type }) => TEXTS.includes(type))) {
    const { rowCount } = await owner.query(`select 1 from "${one.table}" where "${one.column}"::text ~* $1 limit 1`, [
      NAMED.source,
    ]);
    if (rowCount !== 0) found.push(nameOf(one));
  }
  return found;
}

async function remove(): Promise<number> {
  return stage.db.asWorker(async (tx) => {
    await sql`insert into urgence (kind, personne, par)
      values ('personne', ${JSON.stringify(ZOE)}::jsonb, ${randomUUID()}::uuid)`.execute(tx);
    await listRemoved(tx, ZOE);
    let count = 0;
    for (const removal of await waitingRemovals(tx)) count += await erasePerson(tx, removal, new Date(stage.now));
    return count;
  });
}

function withContact<D extends FicheDocument>(document: D): D {
  const champs = { ...document.champs, [`contact-${document.kind}`]: [{ coordonnees: ZOE }] };
  return { ...document, champs };
}

describe('a person who is removed', () => {
  it('leaves no column of the database that may hold their name', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = withContact(stage.formation(organisme));
    const soumission = await stage.deposit(of, document);
    await stage.approve(soumission);
    await stage.deposit(of, withContact(anOrganisme({ id: organisme as typeof document.organisme, sites: [] })));
    const ids = {
      fiche_id: document.id,
      formation_id: document.id,
      organisme_id: organisme,
      soumission_id: soumission,
      subject_id: soumission,
    };
    await owner.query(
      `insert into source_recu (source, cle, fiche_id, hash, document) values ('x', 'formation|x', $1, 'x', $2)`,
      [document.id, JSON.stringify(document)],
    );
    const all = await columns();
    const sought = all.filter((one) => isText(one) && !EXCEPTED.has(nameOf(one)));
    await owner.query(`set session_replication_role = 'replica'`);
    for (const table of new Set(sought.map((one) => one.table))) await fill(table, all, ids);
    for (const one of sought) await plant(one);
    await owner.query(`set session_replication_role = 'origin'`);
    expect(await naming()).toEqual(expect.arrayContaining(sought.map(nameOf)));
    expect(await remove()).toBe(2);
    expect(await naming()).toEqual([]);
    for (const fiche of [document.id, organisme])
      expect(await stage.db.asWorker((tx) => brokenLinks(tx, fiche))).toEqual([]);
  });

  it('leaves exceptions that are columns of the schema', async () => {
    const known = new Set((await columns()).map(nameOf));
    expect([...EXCEPTED].filter((name) => !known.has(name))).toEqual([]);
  });

  it('leaves rows that equal the documents', async () => {
    const { id: organisme, of } = await stage.organisme();
    const base = stage.formation(organisme);
    const document = {
      ...base,
      champs: { ...base.champs, 'intitule-formation': 'Menuiserie avec Zoé Durand' },
      actions: base.actions.map((action) => ({
        ...action,
        sessions: action.sessions.map((session) => ({
          ...session,
          champs: { ...session.champs, 'contact-session': [{ coordonnees: ZOE }] },
        })),
      })),
    };
    const id = await stage.deposit(of, document);
    await stage.approve(id);
    expect(await remove()).toBe(1);
    const { drifts } = await stage.db.asWorker((tx) => rowsAgainstDocuments(tx, null, 1_000));
    expect(drifts.filter(({ fiche }) => fiche === document.id)).toEqual([]);
    expect(await naming()).toEqual([]);
  });

  it('does not come back by what a moderator asks for later', async () => {
    const { id: organisme, of } = await stage.organisme();
    await stage.db.asWorker((tx) => listRemoved(tx, ZOE));
    const id = await stage.deposit(of, stage.formation(organisme));
    await stage.check(id);
    const moderator = await stage.person('moderateur');
    const champs = FIELDS.map(({ path, suggestion }) => {
      return { path, reason: 'incorrect' as const, comment: TEXT, suggestion };
    });
    const words = await stage.db.asWorker((tx) => keepWords(tx, { soumissionId: id, words: { motif: TEXT, champs } }));
    const decision = { kind: 'requestChanges', version: 1, words } as const;
    expect(await stage.apply(id, { kind: 'decide', by: actorOf(moderator), decision })).toMatchObject({
      statut: 'correctionsDemandees',
    });
    expect(await naming()).toEqual([]);
  });
});
