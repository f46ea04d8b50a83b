import type { FicheDocument, FormationDocument } from '../../domain/model/documents.ts';
import type { FicheId } from '../../domain/model/ids.ts';
import { sameJson } from '../../domain/model/json.ts';
import { joinFormations } from '../../domain/model/look-alikes.ts';
import { mergeDocuments } from '../../domain/model/merge.ts';
import { ownPart } from '../../domain/model/merged-part.ts';
import type { Sql } from '../connect.ts';
import { depositReceived } from '../moderation/deposit-received.ts';
import type { ReceivedAnswer } from '../moderation/reception.ts';
import type { Admitted } from './admit.ts';
import type { PageCheck } from './check-received.ts';
import { lastSentOf, mergedParts } from './last-sent.ts';
import { fichesNow, organismesBySiret } from './lookups.ts';
import { formateurSirets, matchFormation, type PageKnowledge, type Place } from './match-formations.ts';
import type { PageReport } from './page-report.ts';
import type { ReceivedRow } from './received-rows.ts';
import { type Deposited, type ImportRun, receptionOf, sourceKey, type Told } from './run.ts';
import { isRefused, tellTaken } from './tell-formation.ts';

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
  const partOf = await mergedParts(
    sql,
    run,
    placed.map(({ place }) => place),
    lastSent,
  );
  const taken: Taken[] = [];
  const asBefore: ReceivedRow[] = [];
  // Two of a page go to one fiche when they were merged: the second starts from what the first made of it.
  const deposits = new Map<FicheId, Deposit>();
  for (const { candidate, place } of placed) {
    const { document, before, remarks } = matchFormation(candidate, place, { given: facts.given, fiches, formateurs });
    const faults = await facts.check(document);
    if (isRefused(candidate, document, faults, facts.blocked, report)) continue;
    const whole = mergedWith(before, { document, place, last: place.known && lastSent(place.known) });
    const merged = partWith(before, whole, partOf(place));
    const { line } = candidate.file;
    const numero = candidate.numero ?? null;
    const aside = merged === whole || sameJson(merged, whole) ? [] : [{ line, numero, ...LEFT_ASIDE }];
    tellTaken(candidate, document, faults, [...remarks, ...aside], report);
    if (merged !== whole && sameJson(merged, before)) {
      report.count('unchanged');
      asBefore.push(
        receivedRow(run, { candidate, place, sent: document }, place.known?.soumissionId ?? null, document),
      );
      continue;
    }
    report.count(before === undefined ? 'created' : 'changed');
    taken.push({ candidate, place, sent: document });
    deposits.set(place.ficheId, {
      document: merged,
      faults: merged === document ? faults : await facts.check(merged),
      line,
      numero,
      effacee: candidate.effacee || deposits.get(place.ficheId)?.effacee === true,
    });
    const now = fiches.get(place.ficheId);
    if (now !== undefined) fiches.set(place.ficheId, { ...now, open: merged });
  }
  const answers = await depositReceived(sql, receptionOf(run), [...deposits.values()]);
  const deposited = [...deposits].flatMap(([ficheId, { document, ...told }], index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ ficheId, document, made: { ...answer, ...told } }];
  });
  const byFiche = new Map(deposited.map((one) => [one.ficheId, one]));
  return {
    deposited: deposited.map(({ made }) => made),
    remembered: [
      ...asBefore,
      ...taken.flatMap((one) => {
        const made = byFiche.get(one.place.ficheId);
        return made === undefined ? [] : [rememberedOf(run, one, made.document, made.made)];
      }),
    ],
  };
}

/** What a fiche becomes by the page: as it was sent, merged with what was mended here. */
interface Deposit extends Told {
  readonly document: FicheDocument;
}

/** What a merged formation says of the one that stays, and its source's own entry for that one says too. */
const LEFT_ASIDE = { path: '/@/numero', code: 'formation-reunie-ailleurs', values: null } as const;

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

/** The same, less what another entry of its source has to say. */
function partWith(
  before: FormationDocument | undefined,
  whole: FicheDocument,
  part: ReadonlySet<string> | undefined,
): FicheDocument {
  if (part === undefined || before === undefined || whole.kind !== 'formation') return whole;
  return ownPart(before, whole, part);
}

/** A formation that becomes a soumission, or a part of one, as it was sent. */
interface Taken extends Placed {
  readonly sent: FormationDocument;
}

function rememberedOf(run: ImportRun, one: Taken, document: FicheDocument, answer: ReceivedAnswer): ReceivedRow {
  const { sent } = one;
  const apart = answer.outcome === 'revised' || (document !== sent && !sameJson(document, sent));
  return receivedRow(run, one, answer.soumissionId, apart ? sent : null);
}

function receivedRow(
  run: ImportRun,
  { candidate, place }: Taken,
  soumissionId: string | null,
  document: FicheDocument | null,
): ReceivedRow {
  return {
    source: sourceKey(run, place.organismeId),
    cle: candidate.cle,
    ficheId: place.left ?? place.ficheId,
    hash: candidate.hash,
    soumissionId,
    document,
  };
}
