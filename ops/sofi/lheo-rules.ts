import { NEW_IDS } from '../../db/imports/new-ids.ts';
import { loadCarriedTables } from '../../db/reference/load.ts';
import type { ElementEvent } from '../../domain/lheo/events.ts';
import { fromLheo } from '../../domain/lheo/fiche/in.ts';
import { lheoPath } from '../../domain/lheo/fiche/lheo-path.ts';
import type { LheoFormation } from '../../domain/lheo/fiche/received.ts';
import type { Fault } from '../../domain/model/faults.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { checkFiche, describeFault, type RuleContext } from '../../domain/model/rules.ts';
import { NO_TABLES } from '../../domain/model/tables.ts';
import type { CheckFault } from './lheo-report.ts';

/** The rules as an OF's own file meets them today, with the tables that need no database. */
export async function ruleContext(): Promise<RuleContext> {
  const tables = { ...NO_TABLES, ...(await loadCarriedTables()) };
  return { channel: 'fichier', today: parisDayOf(Date.now()), region: PAYS_DE_LA_LOIRE, tables };
}

/** What SOFI's rules find in a formation that was read; what a table cannot tell is left out. */
export function ruleFaults(event: ElementEvent, context: RuleContext): CheckFault[] {
  const { formation, organisme } = fromLheo(event.json as LheoFormation, NEW_IDS);
  const ofFormation = checkFiche(formation, context).map((fault) => ({ fault, path: lheoPath(formation, fault.path) }));
  const ofOrganisme = organisme === undefined ? [] : checkFiche(organisme, context);
  const found = [...ofFormation, ...ofOrganisme.map((fault) => ({ fault, path: organismePath(fault) }))];
  const once = new Map(found.map((item) => [`${item.fault.rule} ${item.path}`, item]));
  return [...once.values()]
    .filter(({ fault }) => fault.severity !== 'nonVerifie')
    .map(({ fault, path }) => ({
      source: 'rule',
      code: fault.rule,
      line: event.lineOf(path),
      path: event.path + path,
      message: describeFault(fault, 'fr').message,
    }));
}

function organismePath(fault: Fault): string {
  return `/organisme-formation-responsable${fault.path.replace(/^\/champs/, '')}`;
}
