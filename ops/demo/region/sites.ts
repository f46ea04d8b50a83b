import type { Database, Sql } from '../../../db/connect.ts';
import { decideLot } from '../../../db/imports/decide-lot.ts';
import { PageReport } from '../../../db/imports/page-report.ts';
import { type ImportRun, receptionOf } from '../../../db/imports/run.ts';
import { depositReceived } from '../../../db/moderation/index.ts';
import { acceptedVersions } from '../../../db/moderation/rows.ts';
import type { OrganismeDocument, Site } from '../../../domain/model/documents.ts';
import type { SiteId } from '../../../domain/model/ids.ts';
import type { SetOptions } from '../generator/formation.ts';
import { adresseIn, organismeAt } from '../generator/organisme.ts';
import { Dice } from '../generator/random.ts';

const PAGE = 100;

/** One organisme in two has a second site (design §12: 6 000 for 4 000); the first is where its post goes. */
export function sitesOf({ seed, places }: SetOptions, index: number): Site[] {
  const made = organismeAt(seed, index, places);
  const dice = new Dice(seed, 'site', index);
  return Array.from({ length: 1 + (index % 2) }, (_, k): Site => {
    const place = k === 0 ? made.place : dice.pick(places);
    return {
      id: dice.uuid() as SiteId,
      nom: k === 0 ? made.nom : `${made.nom} – ${place.nom}`,
      coordonnees: { nom: made.nom, adresse: adresseIn(place, dice) },
      ...(dice.chance(0.7) && { accessibilite: 'Accessible aux personnes à mobilité réduite' }),
    };
  });
}

/**
 * Gives the organismes of a set their sites, as changes that are deposited and accepted in pages like those of a trusted
 * import; those that have them already are left. Answers how many organismes changed.
 */
export async function addSites(
  db: Database,
  run: ImportRun,
  set: SetOptions,
  onPage: (done: number) => void,
): Promise<number> {
  let changed = 0;
  for (let at = 0; at < set.organismes; at += PAGE) {
    const indexes = Array.from({ length: Math.min(PAGE, set.organismes - at) }, (_, k) => at + k);
    changed += await db.asWorker((sql) => addPage(sql, run, set, indexes));
    onPage(at + indexes.length);
  }
  return changed;
}

async function addPage(sql: Sql, run: ImportRun, set: SetOptions, indexes: readonly number[]): Promise<number> {
  const siteless = await withoutSites(sql, set, indexes);
  if (siteless.length === 0) return 0;
  const received = siteless.map(({ document, index }) => ({ document: { ...document, sites: sitesOf(set, index) } }));
  const answers = await depositReceived(sql, receptionOf(run), received);
  await decideLot(
    sql,
    run,
    answers.map((answer) => ({ ...answer, faults: [], line: 0, numero: null, effacee: false })),
    new PageReport(),
  );
  return siteless.length;
}

async function withoutSites(sql: Sql, { seed, places }: SetOptions, indexes: readonly number[]) {
  const bySiret = new Map(indexes.map((index) => [organismeAt(seed, index, places).siret, index]));
  const rows = await sql
    .selectFrom('organisme')
    .select(['id', 'siret', 'version_n'])
    .where('siret', 'in', [...bySiret.keys()])
    .where('retire_le', 'is', null)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('site').select('site.id').whereRef('site.organisme_id', '=', 'organisme.id'))),
    )
    .execute();
  const names = rows.map(({ id, version_n }) => ({ ficheId: id, n: version_n }));
  const versionOf = await acceptedVersions(sql, names);
  return rows.flatMap(({ id, version_n, siret }): { document: OrganismeDocument; index: number }[] => {
    const document = versionOf({ ficheId: id, n: version_n })?.document;
    const index = bySiret.get(siret);
    return document?.kind !== 'organisme' || index === undefined ? [] : [{ document, index }];
  });
}
