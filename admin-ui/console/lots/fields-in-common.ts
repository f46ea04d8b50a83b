import { elementRow } from '../../../domain/model/element-label.ts';
import { joinPath } from '../../../domain/model/paths.ts';
import type { FicheKind } from '../../../domain/model/vocabulary.ts';

const ROOT = { formation: 'formation', organisme: 'organisme-formation-responsable' } as const;
/** Rows with ids of their own, other fiches, and what no person writes. */
const APART = new Set(['action', 'organisme-formation-responsable', 'extras', 'numero-activite']);

/** The fields that every fiche of a kind has, as paths: what a request for changes of a whole lot can name. */
export function fieldsOf(kind: FicheKind): string[] {
  const row = elementRow(ROOT[kind]);
  const names = row.kind === 'sequence' ? row.children.map(([name]) => String(name)) : [];
  return names.filter((name) => !APART.has(name)).map((name) => joinPath('', 'champs', name));
}

/** The kind that all the fiches have in common, or null. */
export function kindInCommon(fiches: readonly { readonly kind: FicheKind }[]): FicheKind | null {
  const [first, ...others] = new Set(fiches.map(({ kind }) => kind));
  return first === undefined || others.length > 0 ? null : first;
}
