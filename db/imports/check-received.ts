import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { referenceKeys, unionOfKeys } from '../../domain/model/reference-keys.ts';
import { checkFiche, type Rule } from '../../domain/model/rules.ts';
import { NO_TABLES, type ReferenceTables } from '../../domain/model/tables.ts';
import { loadStateTables } from '../checks/reference-tables.ts';
import type { Sql } from '../connect.ts';
import { loadCarriedTables } from '../reference/load.ts';
import { rulesAt } from '../regles/settings.ts';
import type { ImportRun } from './run.ts';

/** The rules of the run's channel on one document of a page. */
export type PageCheck = (document: FicheDocument) => Promise<readonly Fault[]>;

/** The rules as a page asks them: the tables are read once, for every code the page names, and only if one is asked. */
export function pageCheck(sql: Sql, run: ImportRun, documents: readonly FicheDocument[]): PageCheck {
  let tables: Promise<ReferenceTables> | undefined;
  let rules: Promise<readonly Rule[]> | undefined;
  const { channel, at, region } = run;
  return async (document) => {
    tables ??= tablesFor(sql, documents);
    rules ??= rulesAt(sql, at);
    return checkFiche(document, { channel, today: parisDayOf(at), region, tables: await tables }, await rules);
  };
}

async function tablesFor(sql: Sql, documents: readonly FicheDocument[]): Promise<ReferenceTables> {
  const asked = unionOfKeys(documents.map((document) => referenceKeys(document)));
  return { ...NO_TABLES, ...(await loadCarriedTables()), ...(await loadStateTables(sql, asked)) };
}
