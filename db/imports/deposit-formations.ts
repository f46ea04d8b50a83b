import { lheoPath } from '../../domain/lheo/fiche/lheo-path.ts';
import type { FicheDocument, FormationDocument } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import type { FicheId } from '../../domain/model/ids.ts';
import { isImportRemark } from '../../domain/model/import-remarks.ts';
import { sameJson } from '../../domain/model/json.ts';
import { joinFormations } from '../../domain/model/look-alikes.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import type { Sql } from '../connect.ts';
import { depositReceived } from '../moderation/deposit-received.ts';
import type { ReceivedAnswer } from '../moderation/reception.ts';
import type { Admitted } from './admit.ts';
import type { PageCheck } from './check-received.ts';
import { fichesNow, type Known, organismesBySiret } from './lookups.ts';
import { formateurSirets, matchFormation, type PageKnowledge, type Place } from './match-formations.ts';
import { NOT_VERIFIED, type PageReport } from './page-report.ts';
import type { ReceivedRow } from './received-rows.ts';
import { type Deposited, type ImportRun, receptionOf, sourceKey } from './run.ts';

/** A candidate and where it goes. */
export interface Placed {
  readonly candidate: Admitted;
  readonly place: Place;
}

/** New and changed formations become soumissions; those with a blocking fault are refused in the report. */
export async function depositFormations(
  sql: Sql,
  run: ImportRun,
  placed: readonly Placed[],
  facts: { readonly given: PageKnowledge['given']; readonly blocked: ReadonlySet<string>; readonly check: PageCheck },
  report: PageReport,
): Promise<{ readonly deposited: Deposited[]; readonly remembered: ReceivedRow[] }> {
  const fiches = await fichesNow(
    sql,
    placed.map(({ place }) => place.ficheId),
  );
  const formateurs = await organismesBySiret(
    sql,
    placed.flatMap(({ candidate }) => formateurSirets(candidate.formation)),
  );
  const lastSent = await lastSentOf(
    sql,
    placed.flatMap(({ place }) => place.known ?? []),
  );
  const taken: Taken[] = [];
  // Two of a page go to one fiche when they were merged: the second starts from what the first made of it.
  const deposits = new Map<FicheId, Deposit>();
  for (const { candidate, place } of placed) {
    const { document, before, remarks } = matchFormation(candidate, place, { given: facts.given, fiches, formateurs });
    const faults = await facts.check(document);
    if (isRefused(candidate, document, faults, facts.blocked, report)) continue;
    tell(candidate, document, faults, remarks, report);
    const merged = mergedWith(before, { document, place, last: place.known && lastSent.get(place.known.cle) });
    report.count(before === undefined ? 'created' : 'changed');
    taken.push({ candidate, place, sent: document });
    deposits.set(place.ficheId, {
      document: merged,
      faults: merged === document ? faults : await facts.check(merged),
    });
    const now = fiches.get(place.ficheId);
    if (now !== undefined) fiches.set(place.ficheId, { ...now, open: merged });
  }
  const answers = await depositReceived(sql, receptionOf(run), [...deposits.values()]);
  const deposited = [...deposits].flatMap(([ficheId, { document, faults }], index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ ficheId, document, made: { ...answer, faults } }];
  });
  const byFiche = new Map(deposited.map((one) => [one.ficheId, one]));
  return {
    deposited: deposited.map(({ made }) => made),
    remembered: taken.flatMap((one) => {
      const made = byFiche.get(one.place.ficheId);
      return made === undefined ? [] : [rememberedOf(run, one, made.document, made.made)];
    }),
  };
}

/** What a fiche becomes by the page: as it was sent, merged with what was mended here. */
interface Deposit {
  readonly document: FicheDocument;
  readonly faults: readonly Fault[];
}

interface Sent {
  readonly document: FormationDocument;
  readonly place: Place;
  readonly last: FicheDocument | undefined;
}

/** What was sent, with what was mended here and the source did not change; one that was merged joins what stays. */
function mergedWith(before: FormationDocument | undefined, { document, place, last }: Sent): FicheDocument {
  if (before === undefined) return document;
  if (last !== undefined) return mergeDocuments<FicheDocument>(last, document, before).merged;
  return place.left === undefined ? document : joinFormations(before, document);
}

/** A formation that becomes a soumission, or a part of one, as it was sent. */
interface Taken extends Placed {
  readonly sent: FormationDocument;
}

function rememberedOf(
  run: ImportRun,
  { candidate, place, sent }: Taken,
  document: FicheDocument,
  answer: ReceivedAnswer,
): ReceivedRow {
  const apart = answer.outcome === 'revised' || (document !== sent && !sameJson(document, sent));
  return {
    source: sourceKey(run, place.organismeId),
    cle: candidate.cle,
    ficheId: place.left ?? place.ficheId,
    hash: candidate.hash,
    soumissionId: answer.soumissionId,
    document: apart ? sent : null,
  };
}

/** One line per refused formation: its first blocking fault and how many more. */
function isRefused(
  { file, numero: received, organisme }: Admitted,
  document: FormationDocument,
  faults: readonly Fault[],
  blockedOrganismes: ReadonlySet<string>,
  report: PageReport,
): boolean {
  const numero = received ?? null;
  if (organisme !== undefined && blockedOrganismes.has(organisme.key.cle)) {
    const path = '/organisme-formation-responsable';
    report.refuse({ line: file.lineOf(path), numero, path, code: 'organisme-bloque', values: null });
    return true;
  }
  const blocking = faults.filter(({ severity }) => severity === 'blocking');
  const [first] = blocking;
  if (first === undefined) return false;
  const path = lheoPath(document, first.path);
  const values = { ...first.values, ...(blocking.length > 1 ? { autres: blocking.length - 1 } : {}) };
  report.refuse({ line: file.lineOf(path), numero, path, code: first.rule, values });
  return true;
}

/**
 * The remarks of a formation that is taken: what the reader mended or left out, what was matched, what rules warn of, and
 * once each rule that no table could answer, which makes no formation one with a remark.
 */
function tell(
  { file, numero: received }: Admitted,
  document: FormationDocument,
  faults: readonly Fault[],
  remarks: ReturnType<typeof matchFormation>['remarks'],
  report: PageReport,
): void {
  const numero = received ?? null;
  const read = file.faults.filter(({ code }) => isImportRemark(code));
  const mended = read.filter(({ code }) => code === 'element-mal-place');
  const warnings = faults.filter(({ severity }) => severity === 'warning');
  for (const { line, path, code } of read) {
    report.remark({ line, numero, path, code, values: null }, code === 'element-mal-place' ? 'repare' : 'remarque');
  }
  for (const one of remarks) report.remark(one);
  for (const fault of warnings) {
    const path = lheoPath(document, fault.path);
    report.remark(
      { line: file.lineOf(path), numero, path, code: fault.rule, values: fault.values ?? null },
      'avertissement',
    );
  }
  const unsure = faults.filter(({ severity }) => severity === 'nonVerifie');
  for (const [rule, [first]] of Map.groupBy(unsure, ({ rule: of }) => of)) {
    if (first === undefined) continue;
    const path = lheoPath(document, first.path);
    report.remark({ line: file.lineOf(path), numero, path, code: rule, values: first.values ?? null }, NOT_VERIFIED);
  }
  if (mended.length > 0) report.count('mended');
  if (read.length > mended.length || remarks.length > 0 || warnings.length > 0) report.count('warned');
}

/** What the source last sent for each key: kept apart, else the first revision of the soumission that it made. */
async function lastSentOf(sql: Sql, known: readonly Known[]): Promise<Map<string, FicheDocument>> {
  const ids = known.flatMap((row) => (row.document === null && row.soumissionId !== null ? [row.soumissionId] : []));
  const rows =
    ids.length === 0
      ? []
      : await sql
          .selectFrom('soumission_revision')
          .select(['soumission_id', 'document'])
          .where('soumission_id', 'in', ids)
          .where('n', '=', 1)
          .execute();
  const revisions = new Map(rows.map((row) => [row.soumission_id, row.document]));
  return new Map(
    known.flatMap(({ cle, document, soumissionId }) => {
      const sent = document ?? revisions.get(soumissionId ?? '');
      return sent === undefined ? [] : [[cle, sent] as const];
    }),
  );
}
