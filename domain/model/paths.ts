import { isArray, isKeyed, isLeaf, isRecord } from './json.ts';

const INDEX = /^\d+$/;

/** The steps of an address as `faults.ts` defines it; the document itself is `/` or the empty text. */
export function pathSteps(path: string): string[] {
  return path.split('/').filter((step) => step !== '');
}

/** The address of a step below another. */
export function joinPath(path: string, ...steps: readonly (string | number)[]): string {
  return [path === '/' ? '' : path, ...steps].join('/');
}

/** An item by the id of its row, else by its index. */
function itemIndex(items: readonly unknown[], step: string): number {
  const byId = items.findIndex((item) => isRecord(item) && item.id === step);
  return byId < 0 && INDEX.test(step) && !isKeyed(items) ? Number(step) : byId;
}

/** The value at an address; undefined when nothing is there. */
export function getAtPath(document: unknown, path: string): unknown {
  let value = document;
  for (const step of pathSteps(path)) {
    if (isArray(value)) value = value[itemIndex(value, step)];
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function emptyFor(next: string | undefined): unknown {
  return next !== undefined && INDEX.test(next) ? [] : {};
}

function setInArray(items: readonly unknown[], step: string, change: (item: unknown) => unknown): unknown[] {
  const found = itemIndex(items, step);
  const index = found < 0 || found > items.length ? items.length : found;
  const item = change(items[index]);
  if (item === undefined) return items.toSpliced(index, 1);
  return index === items.length ? [...items, item] : items.with(index, item);
}

function setAtSteps(target: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const below = (child: unknown) => setAtSteps(child ?? (rest.length > 0 ? emptyFor(rest[0]) : undefined), rest, value);
  if (isArray(target)) return setInArray(target, step, below);
  const { [step]: child, ...others } = isRecord(target) ? target : {};
  const next = below(child);
  if (next === undefined) return others;
  return isRecord(target) ? { ...target, [step]: next } : { [step]: next };
}

/**
 * A copy of the document with the value at an address; undefined removes the field or the row, an unknown id or the
 * index after the last appends, missing containers are made (an array when the next step is an index).
 */
export function setAtPath<T>(document: T, path: string, value: unknown): T {
  return setAtSteps(document, pathSteps(path), value) as T;
}

/** Visits every field that holds a value, in document order, with its address; a text and its attributes are one field. */
export function eachField(document: unknown, visit: (path: string, value: unknown) => void, path = ''): void {
  if (document === undefined) return;
  if (isLeaf(document)) {
    visit(path, document);
  } else if (isArray(document)) {
    const keyed = isKeyed(document);
    document.forEach((item, index) => {
      eachField(item, visit, joinPath(path, keyed && isRecord(item) ? String(item.id) : index));
    });
  } else if (isRecord(document)) {
    for (const key of Object.keys(document)) eachField(document[key], visit, joinPath(path, key));
  }
}

/** The steps of an address without ids and indexes: the field, whatever its row. `/actions/{id}/champs/x/0` → `actions/champs/x`. */
export function fieldOf(path: string): string {
  const steps = pathSteps(path);
  const rows = ['actions', 'sessions', 'dispositifs', 'sites'];
  return steps.filter((step, index) => !INDEX.test(step) && !rows.includes(steps[index - 1] ?? '')).join('/');
}
