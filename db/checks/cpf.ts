import { type CpfMarking, markSession } from '../../domain/model/cpf.ts';
import { cpfQuestion } from '../../domain/model/cpf-question.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { cpfKeys, unionOfKeys } from '../../domain/model/reference-keys.ts';
import { NO_TABLES, type ReferenceTables } from '../../domain/model/tables.ts';
import type { Sql } from '../connect.ts';
import { contentHash } from '../moderation/content.ts';
import { loadStateTables, type StateTables } from './reference-tables.ts';

export interface SessionMarking {
  readonly sessionId: string;
  readonly marking: CpfMarking;
}

/** SHA-256 of the versions of the tables that a marking was computed from. */
export function cpfInputs(tables: StateTables): string {
  const { certifications, partenaires, organismesPublics } = tables;
  return contentHash([certifications, partenaires, organismesPublics].map(({ state, version }) => [state, version]));
}

export interface ToMark {
  readonly formation: FormationDocument;
  /** The SIRET of its organisme. */
  readonly siret: string;
}

export interface Marked {
  readonly formation: FormationDocument;
  readonly sessions: readonly SessionMarking[];
}

function markOne({ formation, siret }: ToMark, tables: ReferenceTables): Marked {
  const sessions = formation.actions.flatMap((action) =>
    action.sessions.map((session) => ({
      sessionId: session.id,
      marking: markSession(cpfQuestion(formation, action, session, siret), tables),
    })),
  );
  return { formation, sessions };
}

/** The CPF marking of each session of formations, and the hash of what it was computed from; the tables are read once. */
export async function markFormations(
  sql: Sql,
  asked: readonly ToMark[],
): Promise<{ readonly inputs: string; readonly marked: readonly Marked[] }> {
  const keys = unionOfKeys(asked.map(({ formation, siret }) => cpfKeys(formation, siret)));
  const tables = await loadStateTables(sql, keys);
  const all = { ...NO_TABLES, ...tables };
  return { inputs: cpfInputs(tables), marked: asked.map((one) => markOne(one, all)) };
}
