import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';
import { appendJournal } from '../moderation/journal.ts';
import { removedPersons } from '../moderation/removed-persons.ts';
import { type Admitted, admit } from './admit.ts';
import { candidateOf, candidateWithout } from './candidate.ts';
import { pageCheck } from './check-received.ts';
import { depositFormations, type Placed } from './deposit-formations.ts';
import type { FileMemory } from './file-memory.ts';
import { findPlaces } from './find-places.ts';
import { givenNumeros, knownByKeys } from './lookups.ts';
import { depositOrganismes, resolveOrganismes } from './organismes.ts';
import type { PageReport } from './page-report.ts';
import type { FileFormation } from './read-pages.ts';
import { rememberReceived } from './received-rows.ts';
import type { Deposited, ImportRun } from './run.ts';

/**
 * Imports one page within the caller's transaction: organismes first, then formations, each look-up once for the whole
 * page. Gives the soumissions that it made, in order.
 */
export async function importPage(
  sql: Sql,
  run: ImportRun,
  files: readonly FileFormation[],
  memory: FileMemory,
  report: PageReport,
): Promise<Deposited[]> {
  await raw`select pg_advisory_xact_lock(hashtext(${`import ${run.source}`}))`.execute(sql);
  const remover = await removedPersons(sql);
  const read = files.map((file) => {
    const candidate = candidateOf(file, run.channel);
    return remover === null ? candidate : candidateWithout(candidate, remover);
  });
  const candidates = admit(run, read, memory, report);
  const organismes = candidates.flatMap(({ organisme }) => (organisme === undefined ? [] : [organisme]));
  const cles = [...new Set([...candidates.map(({ cle }) => cle), ...organismes.map(({ key }) => key.cle)])];
  const check = pageCheck(sql, run, [
    ...candidates.map(({ formation }) => formation),
    ...organismes.map(({ document }) => document),
  ]);
  const known = await knownByKeys(sql, cles);
  const resolved = await resolveOrganismes(sql, run, organismes, known);
  const done = await depositOrganismes(sql, run, candidates, resolved, memory, check, report);
  const given = await givenNumeros(sql, run.source, candidates.flatMap(numerosOf));
  const placed = await findPlaces(sql, run, candidates, resolved, { known, given }, report);
  const moved = placed.filter((one) => !isUnchanged(one, report));
  const { deposited, remembered } = await depositFormations(
    sql,
    run,
    moved,
    { given, blocked: done.blocked, check },
    report,
  );
  await rememberReceived(sql, [...done.remembered, ...remembered], run.at);
  const all = [...done.deposited, ...deposited];
  await journalErased(sql, run, all);
  return all;
}

/** The journal tells, without a name, that a fiche came in without somebody who was removed. */
async function journalErased(sql: Sql, run: ImportRun, deposited: readonly Deposited[]): Promise<void> {
  await appendJournal(
    sql,
    deposited
      .filter(({ effacee }) => effacee)
      .map(({ document, soumissionId }) => ({
        ficheId: document.id,
        organismeId: document.kind === 'organisme' ? document.id : document.organisme,
        soumissionId,
        at: new Date(run.at),
        by: run.by.userId,
        role: run.by.role,
        act: 'effacer',
        data: { import: run.id, personneRetiree: true },
      })),
  );
}

/** Unchanged costs a look-up and nothing more; what was refused in this form is said again. */
function isUnchanged({ candidate, place: { known } }: Placed, report: PageReport): boolean {
  if (known?.hash !== candidate.hash) return false;
  report.count('unchanged');
  if (known.statut === 'refusee') {
    const { file, numero = null } = candidate;
    report.remark({ line: file.line, numero, path: '', code: 'deja-refusee', values: null });
  }
  return true;
}

function numerosOf({ formation, numero }: Admitted): string[] {
  const below = formation.actions.flatMap((action) => [action, ...action.sessions]);
  const numeros = [numero, ...below.flatMap((item) => [item.numero, item.numeroRecu])];
  return numeros.filter((one) => one !== undefined);
}
