import type { SessionMarking } from '../../db/checks/cpf.ts';
import type { Sql, Viewer } from '../../db/connect.ts';
import { readDetail, type SoumissionDetail, type TimelineRow } from '../../db/soumissions/detail.ts';
import { readSoumissionRow } from '../../db/soumissions/list.ts';
import type { SoumissionDto } from '../../domain/contract/soumission.contract.ts';
import { diffDocuments } from '../../domain/model/diff.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Lang } from '../../domain/model/words.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { iso } from '../time.ts';
import { controlesDto } from './faults.ts';
import { soumissionRowDto } from './row-dto.ts';

const NO_ONE = '00000000-0000-0000-0000-000000000000';

type PersonDto = NonNullable<SoumissionDto['timeline'][number]['by']>;

/** Who acted; an OF sees people of the Cariforef as their role only. */
export function personDto(
  viewer: Viewer,
  { by, nom, role }: { readonly by: string | null; readonly nom: string | null; readonly role: string | null },
): PersonDto | null {
  if (by === null) return null;
  const shown = viewer.role !== 'of' || by === viewer.userId;
  return { id: shown ? by : NO_ONE, nom: shown ? (nom ?? '') : '', role: role ?? '' };
}

/** Journal keys that the timeline tells by members of their own, or not at all. */
const TOLD_APART = new Set(['version', 'decision', 'token', 'precedent']);

function timelineDto(viewer: Viewer, row: TimelineRow): SoumissionDto['timeline'][number] {
  const { version } = row.data;
  const data = Object.fromEntries(Object.entries(row.data).filter(([key]) => !TOLD_APART.has(key)));
  return {
    n: row.n,
    at: iso(row.at),
    act: row.act,
    by: personDto(viewer, row),
    from: row.from_statut as SoumissionDto['statut'] | null,
    to: row.to_statut as SoumissionDto['statut'] | null,
    ...(typeof version === 'number' ? { version } : {}),
    ...(row.motif === null ? {} : { motif: row.motif }),
    ...(row.champs === null ? {} : { champs: row.champs }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}

function decisionDto(viewer: Viewer, decision: SoumissionDetail['decision']): SoumissionDto['decision'] {
  if (decision === null) return null;
  const { kind, at, motif, champs } = decision;
  return {
    kind,
    at: iso(at),
    motif,
    champs: (champs ?? []).map((champ) => ({ ...champ, suggestion: champ.suggestion as never })),
    by: personDto(viewer, decision),
  };
}

/** The CPF marking that the checks foresaw, session by session. */
function cpfDto(apercu: unknown): SoumissionDto['cpf'] {
  if (!Array.isArray(apercu)) return [];
  return (apercu as readonly SessionMarking[]).map(({ sessionId, marking: { answer, code, reasons } }) => ({
    session: sessionId,
    answer,
    code: code ?? null,
    reasons: [...reasons],
  }));
}

function workflowUrl({ settings }: ApiDeps, viewer: Viewer, id: string): string | null {
  const { temporalUiUrl, temporal } = settings;
  if (temporalUiUrl === undefined || viewer.role === 'of') return null;
  return `${temporalUiUrl}/namespaces/${temporal.namespace}/workflows/${workflowIdOf.soumission(id)}`;
}

/** The whole soumission as this viewer may see it; `introuvable` behind the wall. */
export async function soumissionDto(
  deps: ApiDeps,
  sql: Sql,
  { viewer, langue, id }: { readonly viewer: Viewer; readonly langue: Lang; readonly id: string },
): Promise<SoumissionDto> {
  const now = new Date();
  const row = await readSoumissionRow(sql, { viewer, now }, id);
  if (row === undefined) throw new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
  const detail = await readDetail(sql, viewer, id);
  const { document, base_version: baseVersion } = detail;
  const base = detail.base === null ? null : { version: baseVersion, document: detail.base };
  return {
    ...soumissionRowDto(row, viewer, now),
    document,
    baseVersion,
    accepted: base,
    difference: base === null ? [] : [...diffDocuments(base.document, document)],
    controles: controlesDto(detail.controles, row.version, langue),
    cpf: cpfDto(detail.apercu_cpf),
    decision: decisionDto(viewer, detail.decision),
    mends: detail.mends.map((mend) => ({
      version: mend.version,
      at: iso(mend.at),
      by: personDto(viewer, mend),
      champs: mend.champs.map((champ) => ({ ...champ })),
    })),
    timeline: detail.timeline.map((step) => timelineDto(viewer, step)),
    organismeSoumission: detail.organismeSoumission,
    workflowUrl: workflowUrl(deps, viewer, id),
  };
}
