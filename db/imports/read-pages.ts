import type { ElementEvent } from '../../domain/lheo/events.ts';
import type { LheoFault } from '../../domain/lheo/faults.ts';
import type { LheoFormation } from '../../domain/lheo/fiche/received.ts';
import { readLheo } from '../../domain/lheo/read.ts';
import { SofiError } from '../../domain/model/errors.ts';

/** One `formation` of the file, as it stands. */
export interface FileFormation {
  readonly element: LheoFormation;
  /** Line of the start of the element, from 1. */
  readonly line: number;
  /** What the format refuses in it; paths are relative to it. */
  readonly faults: readonly LheoFault[];
  readonly lineOf: (path: string) => number;
}

/** The same items, each asked for while the one before is worked on: reading and writing then share the time. */
export async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const source = items[Symbol.asyncIterator]();
  let next = source.next();
  try {
    for (let one = await next; one.done !== true; one = await next) {
      next = source.next();
      // Whoever stops early, or fails, does not hear of the page after.
      next.catch(() => undefined);
      yield one.value;
    }
  } finally {
    await source.return?.();
  }
}

/** The formations of a file in pages of `size`, in memory flat in its size; throws `xml-mal-forme` for a fatal fault. */
export async function* readPages(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<FileFormation[]> {
  let page: FileFormation[] = [];
  for await (const event of readLheo(bytes)) {
    if (event.kind === 'fault' && event.fatal) {
      throw new SofiError('xml-mal-forme', undefined, { line: event.fault.line, detail: event.fault.message });
    }
    if (event.kind !== 'element' || event.name !== 'formation') continue;
    page.push(formationOf(event));
    if (page.length === size) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

/** The reader builds its JSON by the grammar, so it has the form of the element it read. */
function formationOf({ json, line, faults, lineOf }: ElementEvent): FileFormation {
  return { element: json as LheoFormation, line, faults, lineOf };
}
