import { isArray, isRecord } from '../../../../domain/model/json.ts';
import { getAtPath, joinPath, setAtPath } from '../../../../domain/model/paths.ts';
import { useEntry } from '../entry-context.ts';

interface Row {
  readonly id: string;
}

/** The rows at an address of the entry: add one at the end or after another, take one away. */
export function useRows<T extends Row>(path: string) {
  const { document, edit } = useEntry();
  const found = getAtPath(document, path);
  const rows = (isArray(found) ? found.filter(isRecord) : []) as unknown as readonly T[];
  const write = (next: readonly T[]) => edit((it) => setAtPath(it, path, next));
  return {
    rows,
    add: (row: T) => write([...rows, row]),
    addAfter: (id: string, row: T) => write(rows.toSpliced(rows.findIndex((it) => it.id === id) + 1, 0, row)),
    remove: (id: string) => write(rows.filter((it) => it.id !== id)),
    pathOf: (id: string) => joinPath(path, id),
  };
}
