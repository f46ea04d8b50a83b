import { sql as raw } from 'kysely';
import type { FicheDocument, FormationDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import { texteOf } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql } from '../connect.ts';
import { foreignIdRefusals } from './ids-owned.ts';

/** Why fiches cannot be accepted, by fiche. */
export type Refusals = ReadonlyMap<string, SofiError>;

async function organismeRefusals(sql: Sql, formations: readonly FormationDocument[]): Promise<Refusals> {
  const asked = [...new Set(formations.map(({ organisme }) => organisme))];
  const accepted = await sql
    .selectFrom('organisme')
    .select('id')
    .where('id', 'in', asked)
    .where('retire_le', 'is', null)
    .execute();
  const known = new Set<string>(accepted.map(({ id }) => id));
  const missing = asked.filter((id) => !known.has(id));
  if (missing.length === 0) return new Map();
  const open = await sql
    .selectFrom('soumission')
    .select(['id', 'version', 'fiche_id'])
    .where('fiche_id', 'in', missing)
    .where('statut', 'in', [...OPEN_STATUTS])
    .execute();
  return new Map(
    formations
      .filter(({ organisme }) => !known.has(organisme))
      .map(({ id, organisme }) => {
        const { id: soumission = null, version = null } = open.find((row) => row.fiche_id === organisme) ?? {};
        const message = `Cannot accept a formation of organisme "${organisme}"`;
        return [id, new SofiError('organisme-non-accepte', message, { organisme, soumission, version })];
      }),
  );
}

/** What must be one fiche's only, and the fiche that has it. */
interface Held {
  readonly id: string;
  readonly key: string;
}

/** The fiche that has each document's key already: another one of the offer, or an earlier one of this page. */
function takenBy<T extends FicheDocument>(
  documents: readonly T[],
  keyOf: (document: T) => string,
  held: readonly Held[],
): Map<string, string> {
  const taken = new Map<string, string>();
  const seen = new Map<string, string>();
  for (const document of documents) {
    const key = keyOf(document);
    const other = held.find((one) => one.key === key && one.id !== document.id)?.id ?? seen.get(key);
    if (other === undefined) seen.set(key, document.id);
    else taken.set(document.id, other);
  }
  return taken;
}

const referenceKey = ({ organisme, referenceOf = '' }: FormationDocument) => `${organisme}|${referenceOf}`;

async function referenceRefusals(sql: Sql, formations: readonly FormationDocument[]): Promise<Refusals> {
  const referenced = formations.filter(({ referenceOf }) => referenceOf !== undefined);
  if (referenced.length === 0) return new Map();
  const { rows } = await raw<Held>`select f.id, f.organisme_id || '|' || f.reference_of as key
    from unnest(${referenced.map(({ organisme }) => organisme)}::uuid[], ${referenced.map(({ referenceOf }) => referenceOf)}::text[])
      as x(organisme, reference)
    join formation f on f.organisme_id = x.organisme and f.reference_of = x.reference`.execute(sql);
  const taken = takenBy(referenced, referenceKey, rows);
  return new Map(
    referenced.flatMap(({ id, referenceOf }) => {
      const formation = taken.get(id);
      if (formation === undefined) return [];
      const message = `Cannot give the reference "${referenceOf}" twice`;
      return [[id, new SofiError('reference-deja-prise', message, { formation })]];
    }),
  );
}

const ndaOf = ({ champs }: OrganismeDocument) => texteOf(champs['numero-activite']).slice(0, 11);
const siretOf = ({ champs }: OrganismeDocument) => texteOf(champs['SIRET-organisme-formation']?.SIRET).slice(0, 14);

async function knownOrganismeRefusals(sql: Sql, organismes: readonly OrganismeDocument[]): Promise<Refusals> {
  const { rows } = await raw<Held>`select o.id, o.nda || '|' || o.siret as key
    from unnest(${organismes.map(ndaOf)}::text[], ${organismes.map(siretOf)}::text[]) as x(nda, siret)
    join organisme o on o.nda = x.nda and o.siret = x.siret`.execute(sql);
  const taken = takenBy(organismes, (one) => `${ndaOf(one)}|${siretOf(one)}`, rows);
  return new Map(
    [...taken].map(([id, organisme]) => {
      const message = `Cannot accept organisme "${id}" beside "${organisme}"`;
      return [id, new SofiError('organisme-deja-connu', message, { organisme })];
    }),
  );
}

/** Why some of these documents, all of one kind, cannot be accepted: the first reason of each, by fiche. */
export async function refusalsOf(sql: Sql, documents: readonly FicheDocument[]): Promise<Refusals> {
  if (documents.length === 0) return new Map();
  const organismes = documents.filter((one) => one.kind === 'organisme');
  const formations = documents.filter((one) => one.kind === 'formation');
  const found: Refusals[] = [await foreignIdRefusals(sql, documents)];
  if (organismes.length > 0) found.push(await knownOrganismeRefusals(sql, organismes));
  if (formations.length > 0) {
    found.push(await organismeRefusals(sql, formations), await referenceRefusals(sql, formations));
  }
  return new Map(found.toReversed().flatMap((refusals) => [...refusals]));
}
