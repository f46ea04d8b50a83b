import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { LookAlikeReasons, LookAlikeVerdict } from '../../domain/model/look-alikes.ts';
import type { Sql } from '../connect.ts';

/** A formation that looks like what a soumission proposes, as a review shows it. */
export interface LookAlikeShown {
  readonly fiche: string;
  readonly numero: string;
  readonly intitule: string;
  readonly organisme: { readonly id: string; readonly nom: string };
  readonly score: number;
  readonly reasons: LookAlikeReasons;
  readonly document: FormationDocument;
  /** False once it left the offer. */
  readonly inOffer: boolean;
  readonly remplacePar: string | null;
  readonly verdict: LookAlikeVerdict | null;
}

/** What the checks of a soumission found, the most alike first; nothing behind the wall. */
export async function readLookAlikes(sql: Sql, soumissionId: string): Promise<readonly LookAlikeShown[]> {
  const { rows } = await raw<LookAlikeShown>`
    select r.autre_id as fiche, f.numero, f.intitule, json_build_object('id', o.id, 'nom', o.nom) as organisme, r.score,
      r.raisons as reasons, v.document, f.retire_le is null as "inOffer", fi.remplace_par as "remplacePar", a.verdict
    from ressemblance r
      join soumission s on s.id = r.soumission_id
      join formation f on f.id = r.autre_id
      join organisme o on o.id = f.organisme_id
      join fiche fi on fi.id = r.autre_id
      join fiche_version v on v.fiche_id = fi.id and v.n = fi.version_n
      left join ressemblance_avis a on a.fiche_id = least(s.fiche_id, r.autre_id) and a.autre_id = greatest(s.fiche_id, r.autre_id)
    where r.soumission_id = ${soumissionId}::uuid
    order by r.score desc, r.autre_id`.execute(sql);
  return rows;
}
