import type { Viewer } from '../../db/connect.ts';
import { UNDO_MS } from '../../db/moderation/state.ts';
import type { SoumissionListed } from '../../db/soumissions/list.ts';
import type { SoumissionRowDto } from '../../domain/contract/soumission.contract.ts';
import { allowedActs } from '../../domain/model/allowed.ts';
import type { InstantMs, UserId } from '../../domain/model/ids.ts';
import { keptOutWords } from '../../domain/model/kept-out.ts';
import type { Echeances, Horloge } from '../../domain/model/promise.ts';
import type { Standing } from '../../domain/model/refusals.ts';
import { CLOCKS, type Clock } from '../../domain/model/vocabulary.ts';
import { iso, isoOrNull } from '../time.ts';

function horlogeDto({ due, cycle, stoppedAt, kept, pausedAt }: Horloge) {
  return {
    due: new Date(due).toISOString(),
    cycle,
    ...(stoppedAt === undefined ? {} : { stopped: new Date(stoppedAt).toISOString() }),
    ...(kept === undefined ? {} : { kept }),
    ...(pausedAt === undefined || stoppedAt !== undefined ? {} : { paused: true }),
  };
}

/** The three clocks as they are told; null while a draft was never deposited. */
function echeancesDto(kept: unknown): SoumissionRowDto['echeances'] {
  if (kept === null) return null;
  const clocks = kept as Echeances;
  return Object.fromEntries(CLOCKS.map((clock) => [clock, horlogeDto(clocks[clock])])) as Record<
    Clock,
    ReturnType<typeof horlogeDto>
  >;
}

/** Where a listed soumission stands; the workflow judges the act again. */
export function standingOf(row: SoumissionListed): Standing {
  const { claim_by: by, claim_token: token, claim_expires: expires, decidee_le: decided } = row;
  return {
    statut: row.statut,
    version: row.version,
    claim:
      by === null || token === null || expires === null ? null : { by, token, expires: new Date(expires).getTime() },
    decided: decided === null ? null : { by: row.decidee_par, undoUntil: new Date(decided).getTime() + UNDO_MS },
    saisiPar: row.pour_of ? row.auteur_id : null,
    premiereVoix: row.voice_by,
  };
}

/** Who approved it first, where two voices are asked for; not told to an OF. */
function voiceDto(
  { voice_by: by, voice_nom, voice_role }: SoumissionListed,
  viewer: Viewer,
): SoumissionRowDto['premiereVoix'] {
  if (by === null || viewer.role === 'of') return null;
  return { id: by, nom: voice_nom ?? '', role: voice_role ?? 'moderateur' };
}

/** An OF is not told which person of the Cariforef holds its entry. */
function claimDto(row: SoumissionListed, viewer: Viewer): SoumissionRowDto['claim'] {
  const { claim_by: by, claim_expires: expires } = row;
  if (by === null || expires === null || viewer.role === 'of') return null;
  const person = { id: by, nom: row.holder_nom ?? '', role: row.holder_role ?? 'moderateur' };
  return { by: person, expires: iso(expires), mine: by === viewer.userId };
}

/** A soumission as lists show it to this viewer. */
export function soumissionRowDto(row: SoumissionListed, viewer: Viewer, now: Date): SoumissionRowDto {
  const actor = { userId: viewer.userId as UserId, role: viewer.role };
  return {
    id: row.id,
    fiche: { id: row.fiche_id, kind: row.fiche_kind, numero: row.numero },
    kind: row.kind,
    source: row.source,
    sourceName: row.source_name,
    statut: row.statut,
    version: row.version,
    titre: row.titre,
    resume: row.resume,
    organisme: { id: row.organisme_id, nom: row.organisme_nom },
    due: isoOrNull(row.due_at),
    echeances: echeancesDto(row.echeances),
    blocking: row.blocking,
    warnings: row.warnings,
    claim: claimDto(row, viewer),
    premiereVoix: voiceDto(row, viewer),
    deposeeLe: isoOrNull(row.deposee_le),
    decideeLe: isoOrNull(row.decidee_le),
    release: row.release_n,
    horsRelease: row.statut === 'validee' && row.hors_release !== null ? keptOutWords(row.hors_release) : null,
    allowed: allowedActs(standingOf(row), actor, now.getTime() as InstantMs),
  };
}
