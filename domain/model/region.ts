import { isRecord } from './json.ts';

/** A region as its settings file says it (design §1). */
export interface RegionSettings {
  readonly nom: string;
  /** Address of the logo, relative to the site's root. */
  readonly logo: string;
  /** Two digits: numbers given here begin with it and `_`. */
  readonly prefixe: string;
  /** Departments of the territory. */
  readonly departements: readonly string[];
  /** INSEE codes of the region, the current one first. */
  readonly codesRegion: readonly string[];
  /** Box around the territory, in degrees: south, west, north, east. */
  readonly emprise: readonly [sud: number, ouest: number, nord: number, est: number];
  readonly cariforef: { readonly nom: string; readonly courriel: string; readonly telephone: string };
  /** Hour of the day, in Paris, of the promise. */
  readonly dueHour: number;
}

/** The region that SOFI is first made for; an operator's settings file replaces it. */
export const PAYS_DE_LA_LOIRE: RegionSettings = {
  nom: 'Pays de la Loire',
  logo: '/region/logo.svg',
  prefixe: '21',
  departements: ['44', '49', '53', '72', '85'],
  codesRegion: ['52'],
  emprise: [46.26, -2.63, 48.57, 0.92],
  cariforef: {
    nom: 'Cariforef des Pays de la Loire',
    courriel: 'offre@cariforef.example',
    telephone: '02 99 00 00 00',
  },
  dueHour: 18,
};

const FIELD_CHECKS: Record<keyof RegionSettings, (value: unknown) => boolean> = {
  nom: isText,
  logo: isText,
  prefixe: (value) => typeof value === 'string' && /^\d{2}$/.test(value),
  departements: (value) => isTexts(value, /^(\d{2}|2[AB]|97\d)$/),
  codesRegion: (value) => isTexts(value, /^\d{2}$/),
  emprise: isBox,
  cariforef: (value) => isRecord(value) && [value.nom, value.courriel, value.telephone].every(isText),
  dueHour: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 23,
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isTexts(value: unknown, form: RegExp): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && form.test(item));
}

function isBox(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4 || !value.every((n) => typeof n === 'number' && Number.isFinite(n)))
    return false;
  const [south, west, north, east] = value.map(Number) as [number, number, number, number];
  return south < north && west < east && south >= -90 && north <= 90 && west >= -180 && east <= 180;
}

function isRegionSettings(value: unknown): value is RegionSettings {
  return isRecord(value) && regionFaults(value).length === 0;
}

function regionFaults(value: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(FIELD_CHECKS).flatMap(([field, accepts]) => (accepts(value[field]) ? [] : [field]));
}

/** The settings of a region from JSON; throws an Error that names every field that is missing or has another form. */
export function parseRegion(value: unknown): RegionSettings {
  if (isRegionSettings(value)) return value;
  const faults = isRecord(value) ? regionFaults(value) : Object.keys(FIELD_CHECKS);
  throw new Error(`Cannot read the region's settings: ${faults.join(', ')}`);
}
