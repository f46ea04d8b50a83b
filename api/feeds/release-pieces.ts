import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { RELEASE_FILE_NAMES } from '../../db/publication/file-forms.ts';
import type { Manifest } from '../../db/publication/manifest.ts';
import { type Read, releaseFiles } from '../../db/publication/pieces.ts';
import type { Produce, WantedFile } from './file-cache.ts';

export const MANIFEST = 'manifest.json';

function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Every file of a release by the hash that its manifest tells, and the manifest itself. */
export function wantedOf(manifest: Manifest): WantedFile[] {
  const sha256 = createHash('sha256').update(manifestText(manifest)).digest('hex');
  return [...manifest.files, { name: MANIFEST, sha256 }].map(({ name, sha256: hash }) => ({ name, sha256: hash }));
}

/** How files of a release are made from the database. */
export function producerOf(read: Read, manifest: Manifest): Produce {
  return async function* (names) {
    if (names.includes(MANIFEST)) {
      const text = manifestText(manifest);
      yield { name: MANIFEST, bytes: Buffer.from(text), gzip: gzipSync(text) };
    }
    const files = RELEASE_FILE_NAMES.filter((name) => names.includes(name));
    if (files.length > 0) yield* releaseFiles(read, manifest.release, files);
  };
}
