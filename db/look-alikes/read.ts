import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { LookAlikeReasons, LookAlikeVerdict } from '../../domain/model/look-alikes.ts';
import type { Sql } from '../connect.ts';

/** A formation that looks like what a soumission proposes, as a review shows it; without a numero it was never accepted. */
export interface LookAlikeShown {
  readonly fiche: string;
  readonly numero: string | null;
  /** Its open soumission, when it is not accepted yet. */
  readonly soumission: string | null;
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
    select r.autre_id as fiche, f.numero, o.id as soumission, coalesce(f.intitule, o.titre) as intitule,
      json_build_object('id', fi.organisme_id, 'nom', coalesce(org.nom, '')) as organisme, r.score, r.raisons as reasons,
      coalesce(v.document, o.document) as document, f.id is not null and f.retire_le is null as "inOffer",
      fi.remplace_par as "remplacePar", a.verdict
    from ressemblance r
      join soumission s on s.id = r.soumission_id
      join fiche fi on fi.id = r.autre_id
      left join formation f on f.id = fi.id
      left join fiche_version v on v.fiche_id = fi.id and v.n = fi.version_n
      left join soumission o on fi.version_n = 0 and o.fiche_id = fi.id
        and o.statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees')
      left join organisme org on org.id = fi.organisme_id
      left join ressemblance_avis a on a.fiche_id = least(s.fiche_id, r.autre_id) and a.autre_id = greatest(s.fiche_id, r.autre_id)
    where r.soumission_id = ${soumissionId}::uuid and (v.n is not null or o.id is not null)
    order by r.score desc, r.autre_id`.execute(sql);
  return rows;
}
