import { createHash } from 'node:crypto';
import type { FrozenInputs, FrozenMark } from '../../db/publication/freeze.ts';
import type { Outcome, Pending, Rendering } from '../../db/publication/render.ts';
import { organismesShown } from '../../domain/lheo/fiche/out.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import { organismeNumero } from '../../domain/lheo/fiche/out-organisme.ts';
import { shownOn } from '../../domain/lheo/fiche/out-shown.ts';
import type { OrganismeDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { canonicalJson } from '../../domain/model/json.ts';
import type { Rendered, RenderJob } from './publication-job.ts';

const REASON_MAX = 200;

/** A fiche that has something to show, with all that its bytes depend on. */
export interface Candidate {
  readonly pending: Pending;
  readonly inputHash: string;
  readonly numero: string | undefined;
  readonly shown: readonly string[];
  readonly prochainChangement: string | null;
  /** Last day (or null) of each session shown, by id. */
  readonly fins: Readonly<Record<string, string | null>>;
  /** `id:n` of the organismes shown. */
  readonly organismes: readonly string[];
}

/** Why nothing is left to show: the last session ended, or was taken out for want of a confirmation (design §8). */
export type Gone = 'echue' | 'nonConfirmee';

const marksOf = ({ fraicheur = {} }: FrozenInputs): [string, FrozenMark][] => Object.entries(fraicheur);

/** What has nothing to show any more: its reason. */
export function candidateOf(pending: Pending, day: ParisDay): Candidate | Gone {
  const { document, inputs } = pending;
  const out = new Set(marksOf(inputs).flatMap(([id, [, , isOut]]) => (isOut ? [id] : [])));
  const shown =
    document.kind === 'formation' ? shownOn(document, day, out) : { ids: [], fins: {}, prochainChangement: null };
  if (document.kind === 'formation' && shown.ids.length === 0)
    return shownOn(document, day).ids.length === 0 ? 'echue' : 'nonConfirmee';
  const needed = document.kind === 'formation' ? organismesShown(document, new Set(shown.ids)) : [];
  const organismes = needed.map((id) => `${id}:${inputs.organismes[id] ?? 0}`);
  return {
    pending,
    numero: document.kind === 'formation' ? document.numero : organismeNumero(document),
    shown: shown.ids,
    prochainChangement: shown.prochainChangement,
    fins: shown.fins,
    organismes,
    inputHash: hashOf(pending, shown.ids, organismes),
  };
}

function hashOf(
  { ficheId, versionN, documentHash, inputs }: Pending,
  shown: readonly string[],
  organismes: readonly string[],
): string {
  const ids = new Set(shown);
  const cpf = Object.entries(inputs.cpf).filter(([session]) => ids.has(session));
  const marks = marksOf(inputs).filter(([session]) => ids.has(session));
  const content = {
    ficheId,
    versionN,
    documentHash,
    shown,
    organismes,
    cpf,
    days: inputs.days,
    writer: WRITER_VERSION,
    ...(marks.length === 0 ? {} : { fraicheur: marks }),
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

function daysOf(inputs: FrozenInputs): [string, { maj: ParisDay; creee: ParisDay }][] {
  return Object.entries(inputs.days).map(([id, [maj, creee]]) => [
    id,
    { maj: maj as ParisDay, creee: (creee ?? maj) as ParisDay },
  ]);
}

/** The fiche's work for the thread, with the organismes that it shows. */
export function jobOf(
  { pending, shown, organismes }: Candidate,
  versions: ReadonlyMap<string, OrganismeDocument>,
): RenderJob {
  const { document, inputs, ficheId } = pending;
  if (document.kind === 'organisme') {
    return { kind: 'organisme', document, maj: inputs.days[ficheId]?.[0] as ParisDay | undefined };
  }
  return {
    kind: 'formation',
    document,
    shown,
    organismes: organismes.flatMap((key) => {
      const found = versions.get(key);
      return found === undefined ? [] : [[found.id, found] as const];
    }),
    days: daysOf(inputs),
    fraicheur: marksOf(inputs).map(([id, [confirmeeLe, aConfirmer]]) => [id, { confirmeeLe, aConfirmer }]),
    cpf: Object.entries(inputs.cpf).map(([id, [code, source, debut, fin]]) => [id, { code, source, debut, fin }]),
  };
}

/** What is kept of a rendering; nothing when no bytes could be made. */
export function renderingOf(
  { pending, inputHash, numero, shown, prochainChangement, fins }: Candidate,
  rendered: Rendered | undefined,
): Rendering[] {
  const { sha256 = null, gzip = null, pieces = [], faults = [] } = rendered ?? {};
  if (sha256 === null || gzip === null || numero === undefined) return [];
  const ids = new Set(shown);
  const actions = pending.document.kind === 'formation' ? pending.document.actions : [];
  const sessions = actions.map((action) => action.sessions.filter(({ id }) => ids.has(id)).length);
  return [
    {
      inputHash,
      ficheId: pending.ficheId,
      sha256,
      gzip,
      pieces,
      valid: faults.length === 0,
      faults,
      numero,
      actions: sessions.filter((count) => count > 0).length,
      sessions: sessions.reduce((sum, count) => sum + count, 0),
      prochainChangement,
      fins,
      writerVersion: WRITER_VERSION,
    },
  ];
}

/** A fiche that has nothing to show. */
export function leaves({ ficheId, currentSha, versionN, keptOut }: Pending, reason: string): Outcome {
  return {
    ficheId,
    outcome: currentSha === null ? 'absent' : 'deleted',
    inputHash: null,
    sha256: null,
    beforeSha: currentSha,
    reason,
    keptOut,
    reRendered: false,
    versionN,
  };
}

/** A fiche that is kept out while the offer shows nothing of it. */
export function staysOut({ ficheId }: Pending, reason: string): Outcome {
  return {
    ficheId,
    outcome: 'absent',
    inputHash: null,
    sha256: null,
    beforeSha: null,
    reason: null,
    keptOut: reason.slice(0, REASON_MAX),
    reRendered: false,
    versionN: 0,
  };
}

/** Why a fiche cannot go out as it was rendered; undefined when it can. */
export function refusalOf({ numero }: Candidate, judged: Judged | undefined): string | undefined {
  if (numero === undefined) return 'sans-numero';
  const fault = judged?.faults?.[0];
  return fault && `schema: ${fault.message}`.slice(0, REASON_MAX);
}

/** A rendering, known or fresh, as far as it is judged. */
export interface Judged {
  readonly sha256: string | null;
  readonly faults: readonly { readonly message: string }[] | null;
}

/** What goes out, compared with what the offer holds. */
export function outcomeOf({ pending, inputHash, shown, fins }: Candidate, judged: Judged | undefined): Outcome {
  const { ficheId, currentSha, currentFins, byWriter, keptOut, versionN } = pending;
  const sha256 = judged?.sha256 ?? null;
  const sameSessions = Object.keys(currentFins ?? {}).length === Object.keys(fins).length;
  return {
    ficheId,
    outcome: sha256 === currentSha ? 'same' : 'changed',
    inputHash,
    sha256,
    beforeSha: currentSha,
    reason: null,
    keptOut,
    reRendered: byWriter && sameSessions && sha256 !== currentSha && shown.length > 0,
    versionN,
  };
}
