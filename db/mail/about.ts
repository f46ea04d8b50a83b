import type { MailKind } from '../../domain/model/mail.ts';
import type { FactsOf, MailFiche } from '../../domain/model/mail-facts.ts';
import { pathLabel } from '../../domain/model/path-label.ts';
import type { Echeances } from '../../domain/model/promise.ts';
import type { FieldRequest } from '../../domain/model/requests.ts';
import type { Lang } from '../../domain/model/words.ts';
import type { Sql } from '../connect.ts';
import type { MailPayload } from '../entities/mail.entity.ts';

/** A mail as its facts are read from. */
export interface MailRow {
  readonly id: string;
  readonly kind: MailKind;
  readonly payload: MailPayload;
  readonly soumission_id: string | null;
  readonly organisme_id: string | null;
}

/** A soumission as a mail about it needs it. */
export interface AboutRow {
  readonly soumission: string;
  readonly fiche: MailFiche;
  readonly retrait: boolean;
  /** When it is published at the latest; null once that clock has stopped. */
  readonly diffusion: number | null;
  /** Of the decision that the mail tells. */
  readonly motif: string | null;
  readonly demandes: FactsOf<'corrections'>['demandes'];
  readonly motifDuRetrait: string | null;
}

async function decisionOf(sql: Sql, { payload }: MailRow) {
  if (typeof payload.decision !== 'string') return undefined;
  return sql.selectFrom('decision').select(['motif', 'champs']).where('id', '=', payload.decision).executeTakeFirst();
}

/** What a decision asks for, its fields named as they stand in the soumission's content now. */
async function demandesOf(
  sql: Sql,
  soumission: string,
  champs: readonly FieldRequest[],
): Promise<AboutRow['demandes']> {
  if (champs.length === 0) return [];
  const { document } = await sql
    .selectFrom('soumission')
    .select('document')
    .where('id', '=', soumission)
    .executeTakeFirstOrThrow();
  const named = (path: string, lang: Lang) => pathLabel(path, document, lang) || path;
  return champs.map(({ path, comment }) => ({ libelle: { fr: named(path, 'fr'), en: named(path, 'en') }, comment }));
}

/** The soumission of a mail, with the words of the decision that the mail tells; null when there is none. */
export async function aboutSoumission(sql: Sql, row: MailRow): Promise<AboutRow | null> {
  if (row.soumission_id === null) return null;
  const found = await sql
    .selectFrom('soumission as s')
    .innerJoin('fiche as f', 'f.id', 's.fiche_id')
    .leftJoin('organisme as o', 'o.id', 's.organisme_id')
    .select(['s.id', 's.titre', 's.kind', 's.motif', 's.echeances', 'f.kind as fiche_kind', 'o.nom'])
    .where('s.id', '=', row.soumission_id)
    .executeTakeFirst();
  if (found === undefined) return null;
  const decision = await decisionOf(sql, row);
  const diffusion = (found.echeances as Echeances | null)?.diffusion;
  return {
    soumission: found.id,
    fiche: { kind: found.fiche_kind, titre: found.titre, organisme: found.nom ?? found.titre },
    retrait: found.kind === 'withdrawal',
    diffusion: diffusion?.stoppedAt !== undefined ? null : (diffusion?.due ?? null),
    motif: decision?.motif ?? null,
    demandes: await demandesOf(sql, found.id, decision?.champs ?? []),
    motifDuRetrait: found.motif,
  };
}
