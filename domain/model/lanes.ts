import { daysBetween } from './calendar.ts';
import type { Difference } from './diff.ts';
import { parseLheoDate } from './lheo-dates.ts';
import { fieldOf } from './paths.ts';
import type { Bilingual } from './words.ts';

/** A trust lane (design §4): changes of its fields by an organisme with a clean record are approved by rule. */
export interface Lane {
  readonly id: string;
  /** Raised by each change of the lane. */
  readonly version: number;
  readonly libelle: Bilingual;
  /** Addresses of fields without ids and indexes; each covers what lies below it. */
  readonly champs: readonly string[];
  /** Calendar days by which a date may move, either way; null when the lane has no dates. */
  readonly jours: number | null;
  readonly actif: boolean;
  /** Share of its approvals listed for audit, in percent. */
  readonly auditPourcent: number;
  /** Approvals, and no refusal, within `fenetreJours` days that make a clean record. */
  readonly approbations: number;
  readonly fenetreJours: number;
}

const CLEAN = { version: 1, actif: true, auditPourcent: 10, approbations: 10, fenetreJours: 180 } as const;

/** The lanes of the design, until an administrator changes one. */
export const DEFAULT_LANES: readonly Lane[] = [
  {
    ...CLEAN,
    id: 'lieux',
    libelle: { fr: 'Lieux', en: 'Places' },
    champs: [
      'actions/site',
      'actions/champs/lieu-de-formation',
      'actions/champs/adresse-information',
      'actions/sessions/champs/adresse-inscription',
      'sites/coordonnees/adresse',
      'sites/accessibilite',
    ],
    jours: null,
  },
  {
    ...CLEAN,
    id: 'dates',
    libelle: { fr: 'Dates, à 30 jours près', en: 'Dates, within 30 days' },
    champs: ['actions/sessions/champs/periode', 'actions/sessions/champs/periode-inscription/periode'],
    jours: 30,
  },
  {
    ...CLEAN,
    id: 'contact',
    libelle: { fr: 'Contacts', en: 'Contacts' },
    champs: [
      'champs/contact-formation',
      'champs/contact-organisme',
      'sites/coordonnees/telfixe',
      'sites/coordonnees/portable',
      'sites/coordonnees/courriel',
    ],
    jours: null,
  },
  {
    ...CLEAN,
    id: 'web',
    libelle: { fr: 'Adresses web', en: 'Web addresses' },
    champs: [
      'champs/url-formation',
      'actions/champs/url-action',
      'actions/sessions/champs/url-session',
      'sites/coordonnees/web',
    ],
    jours: null,
  },
  {
    ...CLEAN,
    id: 'recrutement',
    libelle: { fr: 'État du recrutement et places', en: 'Recruitment and places' },
    champs: [
      'actions/sessions/champs/etat-recrutement',
      'actions/sessions/champs/recrutement/modalite-recrutement',
      'actions/sessions/champs/recrutement/nb-places',
    ],
    jours: null,
  },
];

/** The lanes in force: those of the design, replaced and completed by what administrators wrote. */
export function lanesWith(changed: readonly Lane[]): Lane[] {
  const own = new Map(changed.map((lane) => [lane.id, lane]));
  const kept = DEFAULT_LANES.map((lane) => own.get(lane.id) ?? lane);
  return [...kept, ...changed.filter(({ id }) => !DEFAULT_LANES.some((lane) => lane.id === id))];
}

const covers = (field: string, place: string) => field === place || field.startsWith(`${place}/`);

function movesWithin({ before, after }: Difference, jours: number): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  const [from, to] = [parseLheoDate(before), parseLheoDate(after)];
  return from.kind === 'day' && to.kind === 'day' && Math.abs(daysBetween(from.day, to.day)) <= jours;
}

function takes({ champs, jours }: Lane, difference: Difference): boolean {
  const field = fieldOf(difference.path);
  return champs.some((place) => covers(field, place)) && (jours === null || movesWithin(difference, jours));
}

/**
 * The active lanes that together take every difference of a change, each with a part in it; none when a single
 * difference has no lane, or when nothing changed.
 */
export function lanesOf(differences: readonly Difference[], lanes: readonly Lane[]): Lane[] {
  const active = lanes.filter(({ actif }) => actif);
  const taken = differences.map((difference) => active.find((lane) => takes(lane, difference)));
  return taken.includes(undefined) ? [] : active.filter((lane) => taken.includes(lane));
}

/** What an organisme's last decisions by people count: the record that lanes ask for. */
export interface LaneRecord {
  readonly approbations: number;
  readonly refus: number;
}

export function isClean({ approbations }: Lane, record: LaneRecord): boolean {
  return record.refus === 0 && record.approbations >= approbations;
}

/** True for the share of a lane's approvals that is audited; `drawn` is a seeded number from 0 below 1. */
export function isAudited({ auditPourcent }: Lane, drawn: number): boolean {
  return drawn * 100 < auditPourcent;
}
