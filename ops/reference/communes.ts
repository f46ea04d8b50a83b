import { createRequire } from 'node:module';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const commune = z.object({
  code: z.string(),
  nom: z.string(),
  type: z.string(),
  departement: z.string().optional(),
  collectivite: z.string().optional(),
  region: z.string().optional(),
  codesPostaux: z.array(z.string()).optional(),
  chefLieu: z.string().optional(),
});
type Commune = z.infer<typeof commune>;

/** Year of the official geographic code in the package's version. */
export const COMMUNES_VERSION = '2026';

/** Columns of `communes.csv`. */
export type CommuneRow = readonly [
  code: string,
  label: string,
  codesPostaux: string,
  departement: string,
  region: string,
  latitude: string,
  longitude: string,
];
export const COMMUNE_COLUMNS = [
  'code',
  'label',
  'codesPostaux',
  'departement',
  'region',
  'latitude',
  'longitude',
] as const;

/** Degrees to about a hundred metres: a centre is a point of reference, not an address. */
function degrees(text: string | undefined): string {
  return text === undefined ? '' : Number(text).toFixed(3);
}

/**
 * Every commune of today, the parts of new ones that keep a code (with the postal codes of their commune) and the
 * arrondissements of Paris, Lyon and Marseille, by code; centres where the older table has one.
 */
export function communeRows(centresCsv: string): CommuneRow[] {
  const path = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json');
  const communes = z.array(commune).parse(createRequire(import.meta.url)(path));
  const centres = new Map(
    z
      .array(z.object({ code: z.string(), lat: z.string(), lon: z.string() }))
      .parse(parse(centresCsv, { columns: true }))
      .map((row) => [row.code, row]),
  );
  const current = new Map(communes.filter(({ type }) => type === 'commune-actuelle').map((row) => [row.code, row]));
  const rows = new Map<string, CommuneRow>();
  const lay = (row: Commune) => {
    const whole = current.get(row.chefLieu ?? row.code) ?? row;
    const postaux = row.codesPostaux ?? whole.codesPostaux ?? [];
    const centre = centres.get(row.code);
    const departement = row.departement ?? whole.departement ?? row.collectivite ?? row.code.slice(0, 3);
    const region = row.region ?? whole.region ?? '';
    rows.set(row.code, [
      row.code,
      row.nom,
      postaux.join(' '),
      departement,
      region,
      degrees(centre?.lat),
      degrees(centre?.lon),
    ]);
  };
  for (const row of communes) if (row.type !== 'commune-actuelle') lay(row);
  for (const row of current.values()) lay(row);
  return [...rows.values()].sort(([a], [b]) => (a < b ? -1 : 1));
}
