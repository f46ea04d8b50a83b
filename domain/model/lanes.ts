import { daysBetween } from './calendar.ts';
import type { Difference } from './diff.ts';
import { isRecord } from './json.ts';
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
  /**
   * Sessions that may leave at once, themselves or with their action; null when the lane takes nothing out. A lane with it
   * takes nothing else.
   */
  readonly retraits: number | null;
  readonly actif: boolean;
  /** Share of its approvals listed for audit, in percent. */
  readonly auditPourcent: number;
  /** Approvals, and no refusal, within `fenetreJours` days that make a clean record. */
  readonly approbations: number;
  readonly fenetreJours: number;
}

const CLEAN = {
  version: 1,
  actif: true,
  auditPourcent: 10,
  approbations: 10,
  fenetreJours: 180,
  jours: null,
  retraits: null,
} as const;

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
  },
  {
    ...CLEAN,
    id: 'annulation',
    libelle: { fr: 'Sessions annulées, la formation restant', en: 'Sessions cancelled, the formation staying' },
    champs: ['actions/sessions', 'actions'],
    retraits: 10,
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

function takes({ champs, jours, retraits }: Lane, difference: Difference): boolean {
  const field = fieldOf(difference.path);
  if (retraits !== null) return difference.kind === 'removed' && champs.includes(field);
  return champs.some((place) => covers(field, place)) && (jours === null || movesWithin(difference, jours));
}

/** Sessions that leave with what a difference removes: those of an action leave with it. */
function sessionsGone({ before }: Difference): number {
  return isRecord(before) && Array.isArray(before.sessions) ? before.sessions.length : 1;
}

/**
 * The active lanes that together take every difference of a change, each with a part in it; none when a single
 * difference has no lane, when more leaves than a lane lets go, or when nothing changed.
 */
export function lanesOf(differences: readonly Difference[], lanes: readonly Lane[]): Lane[] {
  const active = lanes.filter(({ actif }) => actif);
  const taken = Map.groupBy(differences, (difference) => active.find((lane) => takes(lane, difference)));
  const holds = ({ retraits }: Lane, own: readonly Difference[]) =>
    retraits === null || own.reduce((sum, difference) => sum + sessionsGone(difference), 0) <= retraits;
  const isTaken = [...taken].every(([lane, own]) => lane !== undefined && holds(lane, own));
  return isTaken ? active.filter((lane) => taken.has(lane)) : [];
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
