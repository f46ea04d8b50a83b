import type { Part } from '../generator/file.ts';
import type { SetOptions } from '../generator/formation.ts';
import { readPlaces } from '../generator/places.ts';

/** The sizes of the region set at scale 1 (design §12); levels below follow from the generator's pattern. */
export const REGION_SIZES = { organismes: 4_000, formations: 20_000 } as const;

/** Formations of one file: 600 MB at most once inflated, some 40 MB sent, both far from what an import may weigh. */
const PART = 60_000;

/** Numeros of one seed; the demo's own are before the first. */
const BETWEEN_SEEDS = 1_000_000;

const DAY_MS = 86_400_000;

/** Days since the epoch of the first of the month: a set made again later in the month is the same one. */
function firstOfMonth(now: number): number {
  const day = new Date(now);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1) / DAY_MS;
}

/** The region set of a seed, `scale` times as large. */
export async function regionSet(scale: number, seed: number, now: number): Promise<SetOptions> {
  return {
    seed,
    organismes: Math.round(REGION_SIZES.organismes * scale),
    formations: Math.round(REGION_SIZES.formations * scale),
    todayDays: firstOfMonth(now),
    places: await readPlaces(),
    base: BETWEEN_SEEDS * (1 + seed),
  };
}

/** The files that a set is sent in. */
export function partsOf({ formations }: SetOptions): Part[] {
  return Array.from({ length: Math.ceil(formations / PART) }, (_, k) => {
    return { from: k * PART, to: Math.min((k + 1) * PART, formations) };
  });
}
