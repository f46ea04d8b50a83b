import { matchIds } from '../../domain/lheo/fiche/in-match.ts';
import { settleNumeros } from '../../domain/lheo/fiche/in-numeros.ts';
import { type FormationDocument, texteOf } from '../../domain/model/documents.ts';
import type { FicheId } from '../../domain/model/ids.ts';
import type { Admitted } from './admit.ts';
import { asPartOf } from './after-merge.ts';
import type { FicheNow, Given, Known } from './lookups.ts';
import type { ReportLine } from './report.ts';

/** What is known about the page's formations and their organismes. */
export interface PageKnowledge {
  readonly given: readonly Given[];
  readonly fiches: ReadonlyMap<string, FicheNow>;
  readonly formateurs: ReadonlyMap<string, FicheId>;
}

/** Where a candidate goes: its fiche, found or new, and its organisme's. */
export interface Place {
  readonly ficheId: FicheId;
  /** The fiche that the source's own became one with `ficheId`, when a moderator merged them. */
  readonly left?: FicheId;
  readonly organismeId: FicheId;
  readonly known: Known | undefined;
}

export interface Matched {
  readonly document: FormationDocument;
  readonly before: FormationDocument | undefined;
  readonly remarks: readonly Omit<ReportLine, 'kind'>[];
}

/** A candidate with the ids of its fiche and the numeros it may keep. */
export function matchFormation(candidate: Admitted, place: Place, known: PageKnowledge): Matched {
  const { file, numero = null, settled } = candidate;
  const remarks: Omit<ReportLine, 'kind'>[] = [];
  const remark = (code: string, path: string, values: unknown = null) =>
    remarks.push({ line: file.lineOf(path), numero, path, code, values });
  const now = known.fiches.get(place.ficheId);
  const last = now?.open ?? now?.accepted;
  const before = last?.kind === 'formation' ? last : undefined;
  if (place.left !== undefined) remark('formation-reunie', '/@/numero', { n: before?.numero ?? '' });
  const own = {
    ...(place.left === undefined ? settled.formation : asPartOf(settled.formation, place.ficheId, known.given)),
    id: place.ficheId,
    organisme: now?.organismeId ?? place.organismeId,
  };
  const { formation, doubts } =
    before === undefined
      ? { formation: own, doubts: [] }
      : matchIds(own, before, givenBefore(place.ficheId, known.given));
  for (const { niveau } of doubts) remark('rapprochement-douteux', `/action`, { niveau });
  if (now !== undefined && now.organismeId !== place.organismeId)
    remark('organisme-change', '/organisme-formation-responsable');
  const kept = settleNumeros(formation, (niveau, received, id) =>
    known.given.some((row) => row.niveau === niveau && row.numero === received && row.objetId !== id)
      ? 'numero-deja-pris'
      : undefined,
  );
  for (const one of [...settled.remarks, ...kept.remarks]) {
    remark('numero-remplace', '/action', { niveau: one.niveau, numero: one.numero, cause: one.code });
  }
  const document = withFormateurs(keptNumero(kept.formation, before), known.formateurs);
  return { document, before, remarks };
}

/** The numero of the fiche is for life; an OF's file gives its reference beside. */
function keptNumero(formation: FormationDocument, before: FormationDocument | undefined): FormationDocument {
  if (before === undefined || formation.numero !== undefined) return formation;
  const referenceOf =
    formation.referenceOf === before.numero ? before.referenceOf : (formation.referenceOf ?? before.referenceOf);
  const { referenceOf: _, ...rest } = formation;
  return {
    ...rest,
    ...(before.numero === undefined ? {} : { numero: before.numero }),
    ...(referenceOf === undefined ? {} : { referenceOf }),
  };
}

function givenBefore(ficheId: string, given: readonly Given[]) {
  return (niveau: 'action' | 'session', numero: string) =>
    given.find(
      (row) => row.ficheId === ficheId && row.niveau === niveau && (row.numeroRecu === numero || row.numero === numero),
    )?.objetId;
}

/** The SIRETs of the formateurs that an action names. */
export function formateurSirets(formation: FormationDocument): string[] {
  return formation.actions.map(formateurSiret).filter((siret) => /^\d{14}$/.test(siret));
}

function formateurSiret(action: FormationDocument['actions'][number]): string {
  return texteOf(action.champs['organisme-formateur']?.[0]?.['SIRET-formateur']?.SIRET).replace(/\s/g, '');
}

/** A formateur that is an accepted organisme is linked; the others stay data of the action (design §5). */
function withFormateurs(formation: FormationDocument, organismes: ReadonlyMap<string, FicheId>): FormationDocument {
  const actions = formation.actions.map((action) => {
    const formateur = organismes.get(formateurSiret(action));
    return formateur === undefined ? action : { ...action, formateur };
  });
  return { ...formation, actions };
}
