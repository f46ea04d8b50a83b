import type { Sql, Viewer } from '../../db/connect.ts';
import { contentsWithin } from '../../db/moderation/first-voice.ts';
import { readTwoVoices } from '../../db/moderation/settings.ts';
import { readSoumissions, type SoumissionListed } from '../../db/soumissions/list.ts';
import type { BulkBody, BulkPreviewDto } from '../../domain/contract/vie.contract.ts';
import { errorEntry } from '../../domain/model/errors.ts';
import { type Refusal, refusalOf } from '../../domain/model/refusals.ts';
import { asksTwoVoices } from '../../domain/model/two-voices.ts';
import type { Lang } from '../../domain/model/words.ts';
import { actorOf } from '../soumissions/acts.ts';
import { standingOf } from '../soumissions/row-dto.ts';

interface Preview {
  readonly viewer: Viewer;
  readonly langue: Lang;
  readonly body: BulkBody;
  readonly now: Date;
}

/** The rows of a lot's soumissions; those behind the wall are left out. */
export async function lotRows(sql: Sql, { viewer, body, now }: Omit<Preview, 'langue'>): Promise<SoumissionListed[]> {
  const filter = { id: body.items.map(({ id }) => id) };
  const { rows } = await readSoumissions(sql, { viewer, now }, { filter, from: 0, limit: 500, sort: ['id', 'asc'] });
  return rows;
}

/** Organismes of the rows that are not accepted yet and that the lot does not accept either. */
async function missingOrganismes(sql: Sql, rows: readonly SoumissionListed[], body: BulkBody): Promise<Set<string>> {
  if (body.kind !== 'approve') return new Set();
  const ids = rows.filter(({ fiche_kind }) => fiche_kind === 'formation').map(({ organisme_id }) => organisme_id);
  if (ids.length === 0) return new Set();
  const within = new Set(rows.filter(({ fiche_kind }) => fiche_kind === 'organisme').map(({ fiche_id }) => fiche_id));
  const open = await sql.selectFrom('fiche').select('id').where('id', 'in', ids).where('version_n', '=', 0).execute();
  return new Set(open.map(({ id }) => id).filter((id) => !within.has(id)));
}

/** What a lot would do and refuse, and why, as things stand; nothing is written. */
export async function previewLot(sql: Sql, preview: Preview): Promise<BulkPreviewDto> {
  const { viewer, langue, body, now } = preview;
  const rows = await lotRows(sql, preview);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const missing = await missingOrganismes(sql, rows, body);
  const rule = await readTwoVoices(sql);
  const contents = await contentsWithin(
    sql,
    rows.map(({ id }) => id),
  );
  const refusal = (row: SoumissionListed, version: number): Refusal | null => {
    const decision = { kind: body.kind, version };
    const refused = refusalOf(standingOf(row), { kind: 'decide', by: actorOf(viewer), decision }, now.getTime());
    if (refused !== null || row.fiche_kind === 'organisme' || !missing.has(row.organisme_id)) return refused;
    return { code: 'organisme-non-accepte', details: {} };
  };
  const asksTwo = (row: SoumissionListed) => {
    const { fiche_kind: ficheKind, kind, pour_of: pourOf } = row;
    const within = contents.get(row.id) ?? { sessions: 0, fautive: false };
    return (
      body.kind === 'approve' && row.voice_by === null && asksTwoVoices({ ficheKind, kind, pourOf, ...within }, rule)
    );
  };
  return {
    items: body.items.map(({ id, version }) => {
      const row = byId.get(id);
      const refused = row === undefined ? ({ code: 'introuvable', details: {} } as const) : refusal(row, version);
      const held = row !== undefined && refused?.code === 'prise-par-un-collegue' && row.claim_by !== null;
      return {
        id,
        titre: row?.titre ?? '',
        outcome: refused !== null ? 'refused' : row !== undefined && asksTwo(row) ? 'firstVoice' : 'decided',
        code: refused?.code ?? null,
        title: refused === null ? null : errorEntry(refused.code).title[langue],
        by: held ? { id: row.claim_by ?? '', nom: row.holder_nom ?? '', role: row.holder_role ?? '' } : null,
      };
    }),
  };
}
