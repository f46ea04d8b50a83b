import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export interface Place {
  readonly insee: string;
  readonly nom: string;
  readonly codePostal: string;
  readonly departement: string;
  readonly latitude: string;
  readonly longitude: string;
}

const TERRITORY = ['44', '49', '53', '72', '85'];

/** The communes of Pays de la Loire that have a centre, from the reference table that SOFI carries. */
export function readPlaces(): readonly Place[] {
  const file = new URL('../../../db/reference/communes.csv', import.meta.url);
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  return rows.flatMap((row) => {
    const departement = row['code']?.slice(0, 2) ?? '';
    const codePostal = (row['codesPostaux'] ?? '').split(/[ |]/)[0] ?? '';
    if (!TERRITORY.includes(departement) || !row['code'] || !row['label'] || !codePostal || !row['lat'] || !row['lon'])
      return [];
    return [
      {
        insee: row['code'],
        nom: row['label'].slice(0, 50),
        codePostal,
        departement,
        latitude: row['lat'],
        longitude: row['lon'],
      },
    ];
  });
}
