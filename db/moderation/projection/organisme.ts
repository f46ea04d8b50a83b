import { sql as raw } from 'kysely';
import { type OrganismeDocument, type Site, texteOf } from '../../../domain/model/documents.ts';
import { json, type Sql } from '../../connect.ts';
import { cut, cutOrNull, type ProjectedVersion } from './version.ts';

/** The columns of an organisme that follow from its document. */
export function organismeRow({ champs }: OrganismeDocument) {
  const adresse = champs['coordonnees-organisme']?.coordonnees?.adresse;
  const siret = cut(texteOf(champs['SIRET-organisme-formation']?.SIRET), 14);
  const raisonSociale = texteOf(champs['raison-sociale']);
  const codePostal = texteOf(adresse?.codepostal);
  return {
    nda: cut(texteOf(champs['numero-activite']), 11),
    siret,
    siren: siret.slice(0, 9),
    uai: cutOrNull(texteOf(champs['code-UAI-organisme-formation']?.['code-UAI']), 8),
    nom: cut(texteOf(champs['nom-organisme']) || raisonSociale, 250),
    raison_sociale: cut(raisonSociale, 250),
    commune: cut(texteOf(adresse?.ville), 50),
    code_postal: cut(codePostal, 5),
    departement: cut(texteOf(adresse?.departement) || codePostal.slice(0, codePostal.startsWith('97') ? 3 : 2), 3),
    numero: cutOrNull(champs['@']?.numero ?? '', 255),
  };
}

function degrees(text: string): number | null {
  const value = Number(text.replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** The columns of a site that follow from its document. */
export function siteRow(site: Site) {
  const adresse = site.coordonnees.adresse;
  return {
    id: site.id,
    nom: cut(site.nom, 250),
    insee: cutOrNull(texteOf(adresse?.['code-INSEE-commune']), 5),
    commune: cut(texteOf(adresse?.ville), 50),
    codePostal: cut(texteOf(adresse?.codepostal), 5),
    latitude: degrees(texteOf(adresse?.geolocalisation?.latitude)),
    longitude: degrees(texteOf(adresse?.geolocalisation?.longitude)),
  };
}

async function projectSites(sql: Sql, organisme: OrganismeDocument, at: Date): Promise<void> {
  const rows = organisme.sites.map(siteRow);
  await raw`insert into site (id, organisme_id, nom, insee, commune, code_postal, latitude, longitude)
    select x.id, ${organisme.id}::uuid, x.nom, x.insee, x.commune, x."codePostal", x.latitude, x.longitude
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, nom text, insee text, commune text, "codePostal" text,
      latitude double precision, longitude double precision)
    on conflict (id) do update set nom = excluded.nom, insee = excluded.insee, commune = excluded.commune,
      code_postal = excluded.code_postal, latitude = excluded.latitude, longitude = excluded.longitude,
      retire_le = null`.execute(sql);
  await raw`update site set retire_le = ${at} where organisme_id = ${organisme.id} and retire_le is null
    and id <> all (${rows.map(({ id }) => id)}::uuid[])`.execute(sql);
}

/** Brings the rows of an organisme and its sites to a document. */
export async function projectOrganisme(
  sql: Sql,
  organisme: OrganismeDocument,
  version: ProjectedVersion & { readonly changed: boolean },
): Promise<void> {
  const { n, day, at, changed } = version;
  const row = { ...organismeRow(organisme), version_n: n, retire_le: null };
  await sql
    .insertInto('organisme')
    .values({ ...row, id: organisme.id, maj: day })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...row, ...(changed ? { maj: day } : {}) }))
    .execute();
  await projectSites(sql, organisme, at);
}

/** The organisme leaves the offer with its sites. */
export async function closeOrganisme(sql: Sql, id: string, { n, at }: ProjectedVersion): Promise<void> {
  await sql.updateTable('organisme').set({ retire_le: at, version_n: n }).where('id', '=', id).execute();
  await sql
    .updateTable('site')
    .set({ retire_le: at })
    .where('organisme_id', '=', id)
    .where('retire_le', 'is', null)
    .execute();
}
