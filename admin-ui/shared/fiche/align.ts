import { type DifferenceKind, diffDocuments } from '../../../domain/model/diff.ts';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { isRecord, type JsonRecord, sameJson } from '../../../domain/model/json.ts';
import { eachField, joinPath } from '../../../domain/model/paths.ts';
import { byGrammar } from './grammar-order.ts';

export type Mark = DifferenceKind | 'same';
/** O organisme, L site, and the four letters. */
export type Letter = 'O' | 'L' | 'F' | 'A' | 'S' | 'D';

/** One field of a level, with what it says in each version; absent on one side when added or removed. */
export interface FieldLine {
  readonly path: string;
  readonly mark: Mark;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One level of a fiche, its own fields first, then the levels below, aligned by id with the earlier version. */
export interface Section {
  readonly letter: Letter;
  readonly path: string;
  readonly rank: number;
  /** Of the row itself: added, removed, moved, changed below, or the same. */
  readonly mark: Mark;
  readonly lines: readonly FieldLine[];
  readonly children: readonly Section[];
}

const ROWS: Record<Letter, readonly { readonly key: string; readonly letter: Letter }[]> = {
  O: [{ key: 'sites', letter: 'L' }],
  L: [],
  F: [{ key: 'actions', letter: 'A' }],
  A: [{ key: 'sessions', letter: 'S' }],
  S: [{ key: 'dispositifs', letter: 'D' }],
  D: [],
};

/** What no reader compares: ids, kinds, and what was received and is never sent out. */
const HIDDEN = ['id', 'kind', 'organisme', 'recu', 'numeroRecu', 'origine'];
/** Attributes of an element (dates of the source's own record); those of a text are part of its value. */
const ATTRIBUTES = /\/@(\/|$)/;

type Row = JsonRecord | undefined;

function ownFields(row: Row, letter: Letter): Row {
  if (row === undefined) return undefined;
  const below = ROWS[letter].map(({ key }) => key);
  return Object.fromEntries(Object.entries(row).filter(([key]) => !HIDDEN.includes(key) && !below.includes(key)));
}

function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

function linesOf(path: string, before: Row, after: Row): FieldLine[] {
  if (after === undefined)
    return fieldsOf(path, before).map((line) => ({ path: line.path, mark: 'removed', before: line.value }));
  if (before === undefined)
    return fieldsOf(path, after).map((line) => ({ path: line.path, mark: 'added', after: line.value }));
  const found = diffDocuments(before, after).map((item) => ({ ...item, path: joinPath(path, item.path.slice(1)) }));
  const lines: FieldLine[] = fieldsOf(path, after).map((field) => {
    const difference = found.find((item) => item.kind !== 'removed' && isBelow(field.path, item.path));
    if (difference === undefined) return { path: field.path, mark: 'same', before: field.value, after: field.value };
    if (difference.kind === 'changed' && difference.path === field.path)
      return { path: field.path, mark: 'changed', before: difference.before, after: field.value };
    return { path: field.path, mark: difference.kind, after: field.value };
  });
  const gone = found
    .filter((item) => item.kind === 'removed')
    .flatMap((item) => fieldsOf(item.path, item.before))
    .map((field): FieldLine => ({ path: field.path, mark: 'removed', before: field.value }));
  return [...lines, ...gone].filter(({ path: at }) => !ATTRIBUTES.test(at)).sort((a, b) => byGrammar(a.path, b.path));
}

function fieldsOf(path: string, value: unknown): { path: string; value: unknown }[] {
  const fields: { path: string; value: unknown }[] = [];
  eachField(value, (found, leaf) => fields.push({ path: found, value: leaf }), path);
  return fields;
}

function rowsOf(row: Row, key: string): JsonRecord[] {
  const rows = row?.[key];
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}

function rowMark(before: Row, after: Row, moved: boolean): Mark {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (moved) return 'moved';
  return sameJson(before, after) ? 'same' : 'changed';
}

function childrenOf(path: string, before: Row, after: Row, letter: Letter): Section[] {
  return ROWS[letter].flatMap(({ key, letter: below }) => {
    const earlier = rowsOf(before, key);
    const later = rowsOf(after, key);
    const gone = after === undefined ? earlier : earlier.filter((row) => !later.some(({ id }) => id === row.id));
    const rows = [...later, ...gone];
    const moved = movedIds(before?.[key], after?.[key]);
    return rows.map((row, at) => {
      const was = earlier.find(({ id }) => id === row.id);
      const now = later.find(({ id }) => id === row.id);
      const where = joinPath(path, key, String(row.id));
      return section({
        letter: below,
        path: where,
        rank: at + 1,
        before: was,
        after: now,
        moved: moved.has(String(row.id)),
      });
    });
  });
}

function movedIds(before: unknown, after: unknown): Set<string> {
  if (!Array.isArray(before) || !Array.isArray(after)) return new Set();
  const found = diffDocuments(before, after).filter(({ kind }) => kind === 'moved');
  return new Set(found.map(({ path }) => path.split('/')[1] ?? ''));
}

interface Level {
  readonly letter: Letter;
  readonly path: string;
  readonly rank: number;
  readonly before: Row;
  readonly after: Row;
  readonly moved?: boolean;
}

function section({ letter, path, rank, before, after, moved = false }: Level): Section {
  return {
    letter,
    path,
    rank,
    mark: rowMark(before, after, moved),
    lines: linesOf(path, ownFields(before, letter), ownFields(after, letter)),
    children: childrenOf(path, before, after, letter),
  };
}

/** A fiche beside the version it would replace (none for a creation, then every line is `same`: nothing to compare). */
export function alignFiche(proposal: FicheDocument, accepted: FicheDocument | null): Section {
  const after = proposal as unknown as JsonRecord;
  const before = (accepted ?? proposal) as unknown as JsonRecord;
  const letter = proposal.kind === 'organisme' ? 'O' : 'F';
  return section({ letter, path: '', rank: 1, before, after });
}

/** How many fields of a level and below differ. */
export function countChanges(level: Section): number {
  const own = level.lines.filter(({ mark }) => mark !== 'same').length;
  return level.children.reduce((sum, child) => sum + countChanges(child), own + (level.mark === 'moved' ? 1 : 0));
}
