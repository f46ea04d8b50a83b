import { diffDocuments } from '../../domain/model/diff.ts';
import { isAudited, isClean, type Lane, type LaneRecord, lanesOf } from '../../domain/model/lanes.ts';
import type { Sql } from '../connect.ts';
import { type Accepted, acceptAll } from './accept.ts';
import type { Step } from './commands/step.ts';
import { sha256 } from './content.ts';
import { isFirstVoice } from './first-voice.ts';
import { revisionDocument } from './revisions.ts';
import { acceptedVersion, leavesOffer } from './rows.ts';
import { auditSeed, readLanes } from './settings.ts';

const DAY_MS = 24 * 3_600_000;

/** What people decided of an organisme's soumissions within so many days. */
async function recordOf(sql: Sql, organismeId: string, since: Date): Promise<LaneRecord> {
  const row = await sql
    .selectFrom('decision')
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere('kind', '=', 'approve').as('approbations'),
      eb.fn.countAll<string>().filterWhere('kind', '=', 'refuse').as('refus'),
    ])
    .where('organisme_id', '=', organismeId)
    .where('at', '>=', since)
    .where('by', 'is not', null)
    .where('undone_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { approbations: Number(row.approbations), refus: Number(row.refus) };
}

/** People already had a hand in it: it stays theirs. */
async function isPeoples(sql: Sql, id: string): Promise<boolean> {
  const decided = await sql.selectFrom('decision').select('id').where('soumission_id', '=', id).executeTakeFirst();
  const mended = await sql.selectFrom('mend').select('version').where('soumission_id', '=', id).executeTakeFirst();
  return decided !== undefined || mended !== undefined;
}

/** A change by the organisme itself, or sessions that it withdraws; a fiche that leaves whole is for people. */
function isOwn({ row }: Step): boolean {
  const stays = row.kind === 'change' || (row.kind === 'withdrawal' && !leavesOffer(row));
  return stays && row.source !== 'flux' && !row.pour_of;
}

/** The lanes that take this change whole, from an organisme whose record is clean for each; none otherwise. */
async function lanesFor(step: Step): Promise<readonly Lane[]> {
  const { sql, fiche, row, at } = step;
  if (!isOwn(step) || fiche.fermee_le !== null || row.base_version !== fiche.version_n) return [];
  if ((await isPeoples(sql, row.id)) || (await isFirstVoice(step))) return [];
  const accepted = await acceptedVersion(sql, fiche.id, fiche.version_n);
  if (accepted === null) return [];
  const differences = diffDocuments(accepted.document, await revisionDocument(sql, row.id, row.version));
  const lanes = lanesOf(differences, await readLanes(sql));
  for (const lane of lanes) {
    const since = new Date(at - lane.fenetreJours * DAY_MS);
    if (!isClean(lane, await recordOf(sql, row.organisme_id, since))) return [];
  }
  return lanes;
}

/** A number from 0 below 1 that the seed and the version draw: nobody outside can foresee it, anybody inside repeat it. */
function drawOf(seed: string, soumissionId: string, version: number): number {
  return Number.parseInt(sha256(`${seed}:${soumissionId}:${version}`).slice(0, 8), 16) / 0x1_0000_0000;
}

export interface LaneApproval {
  readonly lanes: readonly Lane[];
  readonly accepted: Accepted;
}

/** Approves a checked change by rule when lanes take it; null leaves it to people, as does a refusal of acceptance. */
export async function approveByLane(step: Step): Promise<LaneApproval | null> {
  const { sql, fiche, row, at } = step;
  const lanes = await lanesFor(step);
  if (lanes.length === 0) return null;
  const [answer] = await acceptAll(step, [{ fiche, row, retrait: false }]);
  if (answer?.kind !== 'accepted') return null;
  const drawn = drawOf(await auditSeed(sql), row.id, row.version);
  await sql
    .insertInto('voie_usage')
    .values(
      lanes.map((lane) => ({
        soumission_id: row.id,
        version: row.version,
        voie_id: lane.id,
        voie_version: lane.version,
        at: new Date(at),
        audite: isAudited(lane, drawn),
      })),
    )
    .execute();
  return { lanes, accepted: answer.accepted };
}
