import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { writeClose, writeOpen, writeRootOpen } from './file-writer.ts';
import { readAll } from './testing/documents.ts';
import { itWithShared } from './testing/shared.ts';
import { infosetOf, parseTree } from './testing/tree.ts';
import { writeNode } from './writer.ts';

describe('the example files of the national flow', () => {
  itWithShared('hold the same information once read and written again', (folder) => {
    const files = readdirSync(join(folder, 'examples')).filter((name) => name.endsWith('.xml'));
    expect(files).toHaveLength(14);
    for (const file of files) {
      const xml = readFileSync(join(folder, 'examples', file), 'utf8');
      expect({ file, infoset: infosetOf(parseTree(rewrite(xml))) }).toEqual({
        file,
        infoset: infosetOf(parseTree(xml)),
      });
    }
  });
});

function rewrite(xml: string): string {
  let root = true;
  const pieces = readAll(xml).map((event) => {
    if (event.kind === 'fault') throw new Error(event.fault.message);
    if (event.kind === 'close') return writeClose(event.name);
    if (event.kind === 'element') return writeNode(event.name, event.json, event);
    const write = root ? writeRootOpen : writeOpen;
    root = false;
    return write(event.name, event);
  });
  return pieces.join('');
}
