import { texteOf } from '../../domain/model/documents.ts';
import type { Sql } from '../connect.ts';
import type { Admitted } from './admit.ts';
import { type Given, type Known, type OwnFormation, ownFormations, replacedBy } from './lookups.ts';
import type { Place } from './match-formations.ts';
import type { ResolvedOrganisme } from './organismes.ts';
import type { PageReport } from './page-report.ts';
import { type ImportRun, sourceKey } from './run.ts';

/** Finds the fiche of each candidate, or the one that it was made one with; refuses those of another OF and those whose numero is another source's. */
export async function findPlaces(
  sql: Sql,
  run: ImportRun,
  candidates: readonly Admitted[],
  organismes: ReadonlyMap<string, ResolvedOrganisme>,
  facts: { readonly known: readonly Known[]; readonly given: readonly Given[] },
  report: PageReport,
): Promise<{ readonly candidate: Admitted; readonly place: Place }[]> {
  const owned = await ownOnes(sql, run, candidates);
  const places = candidates.flatMap((candidate) => {
    const refuse = (code: string, path: string): [] => {
      report.refuse({ line: candidate.file.line, numero: candidate.numero ?? null, path, code, values: null });
      return [];
    };
    const organisme = candidate.organisme && organismes.get(candidate.organisme.key.cle);
    if (organisme === undefined) return refuse('organisme-etranger', '/organisme-formation-responsable');
    const source = sourceKey(run, organisme.id);
    const known = facts.known.find((row) => row.source === source && row.cle === candidate.cle);
    const given = run.channel === 'flux' ? givenFormation(candidate, facts.given) : undefined;
    if (given !== undefined && given.source !== run.source) return refuse('numero-deja-pris', '/@/numero');
    const own = ownOf(candidate, organisme.id, owned);
    const ficheId = known?.ficheId ?? own?.id ?? (given?.ficheId as typeof candidate.formation.id | undefined);
    const place: Place = { ficheId: ficheId ?? candidate.formation.id, organismeId: organisme.id, known };
    return [{ candidate, place }];
  });
  const followed = await replacedBy(
    sql,
    places.map(({ place }) => place.ficheId),
  );
  return places.map(({ candidate, place }) => {
    const ficheId = followed.get(place.ficheId);
    return { candidate, place: ficheId === undefined ? place : { ...place, ficheId, left: place.ficheId } };
  });
}

function givenFormation({ numero }: Admitted, given: readonly Given[]): Given | undefined {
  return given.find((row) => row.niveau === 'formation' && row.numero === numero);
}

async function ownOnes(sql: Sql, run: ImportRun, candidates: readonly Admitted[]): Promise<OwnFormation[]> {
  if (run.organismes === undefined) return [];
  const numeros = candidates.flatMap(({ numero }) => (numero === undefined ? [] : [numero]));
  return ownFormations(sql, run.organismes, { numeros, intitules: candidates.map(titleOf) });
}

const titleOf = ({ formation }: Admitted) => texteOf(formation.champs['intitule-formation']).trim().toLowerCase();

/** An OF's formation: by its reference or numero; without either by title and certification, when that names one only. */
function ownOf(candidate: Admitted, organismeId: string, owned: readonly OwnFormation[]): OwnFormation | undefined {
  const { numero } = candidate;
  const mine = owned.filter((row) => row.organismeId === organismeId);
  if (numero !== undefined) return mine.find((row) => row.referenceOf === numero || row.numero === numero);
  const [certification] = candidate.formation.champs.certification ?? [];
  const rncp = texteOf(certification?.['code-RNCP']).trim();
  const certifinfo = texteOf(certification?.['code-CERTIFINFO']).trim();
  const alike = mine.filter(
    (row) =>
      row.intitule.trim().toLowerCase() === titleOf(candidate) &&
      (row.rncp ?? '') === rncp &&
      (row.certifinfo ?? '') === certifinfo,
  );
  return alike.length === 1 ? alike[0] : undefined;
}
