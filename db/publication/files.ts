import { createHash } from 'node:crypto';
import { FULL_FILE, RELEASE_FILE_NAMES, RELEASE_FILES } from './file-forms.ts';
import { type Read, releaseFiles } from './pieces.ts';

/** One file of a release as the manifest names it. */
export interface ManifestFile {
  readonly name: string;
  readonly mediaType: string;
  /** Bytes of the identity form. */
  readonly size: number;
  readonly sha256: string;
}

/** The bytes of a release's full file of LHÉO 2.3, in pieces. */
export async function* fullFile(read: Read, n: number): AsyncGenerator<Buffer> {
  for await (const { bytes } of releaseFiles(read, n, [FULL_FILE], { zipped: false })) yield bytes;
}

/** Size and SHA-256 of each file of a release, read once from the database. */
export async function measureFiles(read: Read, n: number): Promise<ManifestFile[]> {
  const sizes = new Map(RELEASE_FILE_NAMES.map((name) => [name as string, { hash: createHash('sha256'), size: 0 }]));
  for await (const { name, bytes } of releaseFiles(read, n, RELEASE_FILE_NAMES, { zipped: false })) {
    const found = sizes.get(name);
    if (found === undefined) continue;
    found.hash.update(bytes);
    found.size += bytes.length;
  }
  return RELEASE_FILE_NAMES.map((name) => {
    const found = sizes.get(name);
    return {
      name,
      mediaType: RELEASE_FILES[name].mediaType,
      size: found?.size ?? 0,
      sha256: found?.hash.digest('hex') ?? '',
    };
  });
}
