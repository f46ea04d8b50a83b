import { communes } from '../../../db/reference/load.ts';

export interface Place {
  readonly insee: string;
  readonly nom: string;
  readonly codePostal: string;
  readonly departement: string;
  readonly latitude: string;
  readonly longitude: string;
}

const REGION = '52';

/** The communes of Pays de la Loire that have a centre, from the reference table that SOFI carries. */
export async function readPlaces(): Promise<readonly Place[]> {
  return Object.entries(await communes()).flatMap(([insee, { label, codesPostaux, departement, region, centre }]) => {
    const [codePostal] = codesPostaux;
    if (region !== REGION || codePostal === undefined || centre === undefined) return [];
    const { latitude, longitude } = centre;
    return [
      {
        insee,
        nom: label.slice(0, 50),
        codePostal,
        departement,
        latitude: String(latitude),
        longitude: String(longitude),
      },
    ];
  });
}
