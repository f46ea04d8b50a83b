import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { referenceKeys, unionOfKeys } from '../../domain/model/reference-keys.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { REMARK } from '../../domain/model/rules/rule.ts';
import type { Severities } from '../../domain/model/rules/settings.ts';
import { checkFiche, type Rule } from '../../domain/model/rules.ts';
import { NO_TABLES, type ReferenceTables } from '../../domain/model/tables.ts';
import type { Channel, Source, Statut } from '../../domain/model/vocabulary.ts';
import { CHANNEL_OF } from '../checks/channel.ts';
import { loadStateTables } from '../checks/reference-tables.ts';
import type { Sql } from '../connect.ts';
import { loadCarriedTables } from '../reference/load.ts';

const PAGE = 200;
const STATE_TABLES: readonly string[] = ['certifications', 'partenaires', 'organismesPublics'];

/** A change of a rule to be tried on what was deposited since an instant. */
export interface Trial {
  /** As it stands. */
  readonly rule: Rule;
  /** As it would be. */
  readonly severity: Severities;
  readonly since: Date;
  readonly region: RegionSettings;
  /** The last soumission of the page before; null for the first page. */
  readonly after: string | null;
}

/** A past soumission whose lot would change. */
export interface TrialHit {
  readonly soumission: string;
  readonly titre: string;
  readonly organisme: string;
  readonly statut: Statut;
  readonly channel: Channel;
  readonly deposeeLe: Date;
  readonly faults: readonly Fault[];
}

export interface TrialPage {
  readonly examined: number;
  /** Would have been sent back, and was not for this rule. */
  readonly blocked: readonly TrialHit[];
  /** Was sent back for this rule, and would not have been. */
  readonly freed: readonly TrialHit[];
  /** Would have been passed on with a remark of this rule. */
  readonly warned: number;
  readonly next: string | null;
}

interface Past {
  readonly id: string;
  readonly titre: string;
  readonly organisme: string;
  readonly siret: string;
  readonly source: Source;
  readonly statut: Statut;
  readonly deposee_le: Date;
  readonly document: FicheDocument;
}

function deposited(since: Date) {
  return raw`s.statut <> 'brouillon' and s.version > 0 and s.kind <> 'withdrawal' and s.deposee_le >= ${since}`;
}

/** How many soumissions a trial would look at. */
export async function trialSize(sql: Sql, since: Date): Promise<number> {
  const { rows } = await raw<{ n: string }>`select count(*) as n from soumission s where ${deposited(since)}`.execute(
    sql,
  );
  return Number(rows[0]?.n ?? 0);
}

async function pastPage(sql: Sql, { since, after }: Trial): Promise<readonly Past[]> {
  const { rows } = await raw<Past>`
    select s.id, s.titre, coalesce(o.nom, '') as organisme, coalesce(o.siret, '') as siret, s.source, s.statut,
      s.deposee_le, r.document
    from soumission s join soumission_revision r on r.soumission_id = s.id and r.n = s.version
      left join organisme o on o.id = s.organisme_id
    where ${deposited(since)} and (${after}::uuid is null or s.id < ${after}::uuid)
    order by s.id desc limit ${PAGE}`.execute(sql);
  return rows;
}

async function tablesFor(sql: Sql, rule: Rule, page: readonly Past[]): Promise<ReferenceTables> {
  const carried = { ...NO_TABLES, ...(await loadCarriedTables()) };
  if (!rule.needs.some((name) => STATE_TABLES.includes(name))) return carried;
  const keys = page.map(({ document, siret }) => referenceKeys(document, document.kind === 'formation' ? siret : ''));
  return { ...carried, ...(await loadStateTables(sql, unionOfKeys(keys))) };
}

/**
 * Runs a rule, and it alone, on one page of past soumissions, the newest first, each as of its own day; what its table
 * cannot tell blocks nothing. Pages follow one another by `next` until it is null.
 */
export async function trialPage(sql: Sql, trial: Trial): Promise<TrialPage> {
  const { rule, severity, region } = trial;
  const page = await pastPage(sql, trial);
  const tables = await tablesFor(sql, rule, page);
  const asked: Rule = { ...rule, severity: REMARK };
  const judged = page.flatMap((past) => {
    const channel = CHANNEL_OF[past.source];
    const today = parisDayOf(past.deposee_le.getTime());
    const faults = checkFiche(past.document, { channel, today, region, tables }, [asked]);
    const certain = faults.filter((fault) => fault.severity !== 'nonVerifie');
    return certain.length === 0 ? [] : [{ past, channel, faults: certain }];
  });
  const hits = (keep: (channel: Channel) => boolean) =>
    judged
      .filter(({ channel }) => keep(channel))
      .map(({ past, channel, faults }): TrialHit => {
        const { id: soumission, titre, organisme, statut, deposee_le: deposeeLe } = past;
        return { soumission, titre, organisme, statut, channel, deposeeLe, faults };
      });
  const blocks = (of: Severities, channel: Channel) => of[channel] === 'blocking';
  return {
    examined: page.length,
    blocked: hits((channel) => blocks(severity, channel) && !blocks(rule.severity, channel)),
    freed: hits((channel) => !blocks(severity, channel) && blocks(rule.severity, channel)),
    warned: judged.filter(({ channel }) => severity[channel] === 'warning').length,
    next: page.length < PAGE ? null : (page.at(-1)?.id ?? null),
  };
}
