import { sql as raw } from 'kysely';
import { type OrganismeDocument, type Site, texteOf } from '../../../domain/model/documents.ts';
import { json, type Sql } from '../../connect.ts';
import { closeRows, cut, cutOrNull, type Projected } from './version.ts';

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

type Items = readonly Projected<OrganismeDocument>[];

async function projectSites(sql: Sql, items: Items): Promise<void> {
  const rows = items.flatMap(({ document }) =>
    document.sites.map((site) => ({ ...siteRow(site), organisme: document.id })),
  );
  await raw`insert into site (id, organisme_id, nom, insee, commune, code_postal, latitude, longitude)
    select x.id, x.organisme, x.nom, x.insee, x.commune, x."codePostal", x.latitude, x.longitude
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, organisme uuid, nom text, insee text, commune text,
      "codePostal" text, latitude double precision, longitude double precision)
    on conflict (id) do update set nom = excluded.nom, insee = excluded.insee, commune = excluded.commune,
      code_postal = excluded.code_postal, latitude = excluded.latitude, longitude = excluded.longitude,
      retire_le = null`.execute(sql);
  await retireSites(
    sql,
    items,
    rows.map(({ id }) => id),
  );
}

async function retireSites(sql: Sql, items: Items, kept: readonly string[]): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  await raw`update site set retire_le = ${first.version.at} where retire_le is null
    and organisme_id = any (${items.map(({ document }) => document.id)}::uuid[]) and id <> all (${[...kept]}::uuid[])`.execute(
    sql,
  );
}

/** Brings the rows of organismes and their sites to documents. */
export async function projectOrganismes(sql: Sql, items: Items): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ document, version: { n, day, changed } }) => {
    return { ...organismeRow(document), id: document.id, n, day, changed };
  });
  await raw`with x as materialized (select * from jsonb_to_recordset(${json(rows)}) as x(id uuid, nda text, siret text,
      siren text, uai text, nom text, raison_sociale text, commune text, code_postal text, departement text, numero text,
      n int, day text, changed boolean))
    insert into organisme as o
      (id, nda, siret, siren, uai, nom, raison_sociale, commune, code_postal, departement, numero, version_n, maj)
    select id, nda, siret, siren, uai, nom, raison_sociale, commune, code_postal, departement, numero, n, day from x
    on conflict (id) do update set nda = excluded.nda, siret = excluded.siret, siren = excluded.siren, uai = excluded.uai,
      nom = excluded.nom, raison_sociale = excluded.raison_sociale, commune = excluded.commune,
      code_postal = excluded.code_postal, departement = excluded.departement, numero = excluded.numero,
      version_n = excluded.version_n, retire_le = null,
      maj = case when (select changed from x where x.id = o.id) then excluded.maj else o.maj end`.execute(sql);
  await projectSites(sql, items);
}

/** The organismes leave the offer with their sites. */
export async function closeOrganismes(sql: Sql, items: Items): Promise<void> {
  if (items.length === 0) return;
  await closeRows(sql, 'organisme', items);
  await retireSites(sql, items, []);
}
