import { ELEMENTS, type ElementName } from '../../grammar/elements.ts';
import type { ElementRow } from '../../grammar/shape.ts';
import type { LheoElement, LheoTexte } from '../../grammar/types.ts';
import {
  type ActionDocument,
  attributsOf,
  type FicheDocument,
  type FormationDocument,
  type Saisie,
  type SessionDocument,
  texteOf,
} from '../documents.ts';
import { isArray, isLeaf, isRecord } from '../json.ts';
import { joinPath } from '../paths.ts';

export interface ActionAt {
  readonly action: ActionDocument;
  readonly path: string;
}

export interface SessionAt extends ActionAt {
  readonly session: SessionDocument;
}

export function actionsOf(formation: FormationDocument): ActionAt[] {
  return formation.actions.map((action) => ({ action, path: `/actions/${action.id}` }));
}

export function sessionsOf(formation: FormationDocument): SessionAt[] {
  return actionsOf(formation).flatMap(({ action, path }) =>
    action.sessions.map((session) => ({ action, session, path: `${path}/sessions/${session.id}` })),
  );
}

/** Every part of a fiche that is LHÉO: its address, the element it is an instance of, its content. */
function lheoParts(fiche: FicheDocument): { path: string; element: ElementName; content: unknown }[] {
  if (fiche.kind === 'organisme') {
    const sites = fiche.sites.map((site) => ({
      path: `/sites/${site.id}/coordonnees`,
      element: 'coordonnees' as const,
      content: site.coordonnees,
    }));
    return [{ path: '/champs', element: 'organisme-formation-responsable', content: fiche.champs }, ...sites];
  }
  return [
    { path: '/champs', element: 'formation', content: fiche.champs },
    ...actionsOf(fiche).map(({ action, path }) => ({
      path: `${path}/champs`,
      element: 'action' as const,
      content: action.champs,
    })),
    ...sessionsOf(fiche).map(({ session, path }) => ({
      path: `${path}/champs`,
      element: 'session' as const,
      content: session.champs,
    })),
  ];
}

export interface ElementAt {
  readonly path: string;
  readonly name: ElementName;
  readonly row: ElementRow;
  readonly content: unknown;
}

function isElementName(name: string): name is ElementName {
  return Object.hasOwn(ELEMENTS, name);
}

function* descend(path: string, name: string, content: unknown): Generator<ElementAt> {
  if (content === undefined || !isElementName(name)) return;
  if (isArray(content)) {
    for (const [index, item] of content.entries()) yield* descend(joinPath(path, index), name, item);
    return;
  }
  const row: ElementRow = ELEMENTS[name];
  yield { path, name, row, content };
  if (row.kind !== 'sequence' || !isRecord(content)) return;
  for (const key of Object.keys(content)) if (key !== '@') yield* descend(joinPath(path, key), key, content[key]);
}

/** A fiche is never changed in place, so what a check walked once serves all its rules. */
const WALKED = new WeakMap<FicheDocument, readonly ElementAt[]>();

/** Every LHÉO element of a fiche, outer ones first; `extras` are not entered. */
export function elementsOf(fiche: FicheDocument): readonly ElementAt[] {
  const known = WALKED.get(fiche);
  if (known !== undefined) return known;
  const elements = lheoParts(fiche).flatMap(({ path, element, content }) => [...descend(path, element, content)]);
  WALKED.set(fiche, elements);
  return elements;
}

/** The elements of some names, as one kind of LHÉO element. */
export function* elementsNamed<N extends ElementName>(
  fiche: FicheDocument,
  ...names: readonly N[]
): Generator<{ path: string; name: N; content: Saisie<LheoElement<N>> }> {
  for (const { path, name, content } of elementsOf(fiche)) {
    const found = names.find((candidate) => candidate === name);
    if (found !== undefined) yield { path, name: found, content: content as Saisie<LheoElement<N>> };
  }
}

/** A leaf's text as people mean it; empty for what is no leaf. */
export function textOf(content: unknown): string {
  return isLeaf(content) && (typeof content === 'string' || isRecord(content))
    ? texteOf(content as LheoTexte).trim()
    : '';
}

/** The version of codes a leaf declares: `V14` of `V14` or `14`; undefined when it says nothing. */
export function versionOf(content: unknown): string | undefined {
  const ref = attributsOf(content as LheoTexte).ref?.trim();
  return ref === undefined || ref === '' ? undefined : `V${ref.replace(/^v/i, '')}`;
}

/** True when a field holds no text, no item and no field. */
export function isEmpty(content: unknown): boolean {
  if (content === undefined || content === null) return true;
  if (isArray(content)) return content.every(isEmpty);
  if (isLeaf(content)) return textOf(content) === '';
  return isRecord(content) && Object.keys(content).every((key) => key === '@' || isEmpty(content[key]));
}
