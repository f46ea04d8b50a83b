import { type CpfMarking, markSession } from '../../domain/model/cpf.ts';
import { cpfQuestion } from '../../domain/model/cpf-question.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { referenceKeys } from '../../domain/model/reference-keys.ts';
import { NO_TABLES } from '../../domain/model/tables.ts';
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

/** The CPF marking of each session of a formation, and the hash of what it was computed from. */
export async function markFormation(
  sql: Sql,
  formation: FormationDocument,
  siret: string,
): Promise<{ readonly inputs: string; readonly sessions: readonly SessionMarking[] }> {
  const tables = await loadStateTables(sql, referenceKeys(formation, siret));
  const all = { ...NO_TABLES, ...tables };
  const sessions = formation.actions.flatMap((action) =>
    action.sessions.map((session) => ({
      sessionId: session.id,
      marking: markSession(cpfQuestion(formation, action, session, siret), all),
    })),
  );
  return { inputs: cpfInputs(tables), sessions };
}
