import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { type Echeances, openClocks, stopClock } from '../../domain/model/promise.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { json, type Sql } from '../connect.ts';
import { contentColumns } from './content.ts';
import { nextDue, recordPromises } from './promises.ts';
import type { FicheRecord } from './rows.ts';

/** Who takes fiches out of the offer, when and why. */
export interface Withdrawal {
  readonly by: Actor;
  readonly at: InstantMs;
  readonly motif: string;
  readonly region: RegionSettings;
  /** The withdrawal of its organisme that takes them out. */
  readonly suiteDe?: string;
}

/** What a withdrawal leaves of one fiche. */
export interface WithdrawnContent {
  readonly fiche: FicheRecord;
  readonly document: FicheDocument;
  /** Sessions leave, the fiche stays. */
  readonly partiel: boolean;
}

function decidedClocks({ at, region }: Withdrawal): Echeances {
  return stopClock(stopClock(openClocks(at, region.dueHour), 'alimentation', at), 'traitement', at);
}

/**
 * Writes soumissions that were deposited and decided in one act, with their only revisions and their promises: two
 * statements for all. Answers their ids by fiche.
 */
export async function insertDecided(
  sql: Sql,
  input: Withdrawal,
  contents: readonly WithdrawnContent[],
): Promise<Map<string, string>> {
  const at = new Date(input.at);
  const echeances = decidedClocks(input);
  const rows = contents.map(({ fiche, document, partiel }) => ({
    fiche: fiche.id,
    organisme: fiche.organisme_id,
    base: fiche.version_n,
    partiel,
    document,
    ...contentColumns(document, document),
  }));
  const { rows: made } = await raw<{ id: string; fiche_id: string }>`
    with x as materialized (select * from jsonb_to_recordset(${json(rows)}) as x(fiche uuid, organisme uuid, base int,
      partiel boolean, document jsonb, document_hash text, titre text, resume jsonb)),
    s as (insert into soumission (fiche_id, organisme_id, kind, partiel, suite_de, source, statut, version, seq, conduite,
        base_version, document, document_hash, titre, resume, echeances, due_at, auteur_id, pour_of, motif, created_at,
        saved_at, deposee_le, decidee_le, decidee_par)
      select fiche, organisme, 'withdrawal', partiel, ${input.suiteDe ?? null}::uuid, 'saisie', 'validee', 1, 1, 'lot',
        base, document, document_hash, titre, nullif(resume, 'null'), ${json<unknown>(echeances)},
        ${nextDue(echeances)}::timestamptz, ${input.by.userId}::uuid, true, ${input.motif}, ${at}::timestamptz,
        ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${input.by.userId}::uuid from x
      returning id, fiche_id),
    r as (insert into soumission_revision (soumission_id, n, organisme_id, document, hash, auteur_id, deposee_le)
      select s.id, 1, x.organisme, x.document, x.document_hash, ${input.by.userId}::uuid, ${at}::timestamptz
      from s join x on x.fiche = s.fiche_id)
    select id, fiche_id from s`.execute(sql);
  await recordPromises(
    sql,
    made.map(({ id }) => ({ id, source: 'saisie', humain: true, echeances })),
  );
  return new Map(made.map(({ id, fiche_id }) => [fiche_id, id]));
}
