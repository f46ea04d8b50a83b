import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ImportReport } from '../../../domain/contract/import.contract.ts';
import type { Platform } from '../../sofi/platform-calls.ts';

/** What went over the wire for one file. */
export interface Sent {
  readonly report: ImportReport;
  readonly bytes: number;
  readonly gzipped: number;
}

/** Sends a file as it is made, in gzip, so that neither side holds it whole. */
export async function sendFile(platform: Platform, source: string, parts: Iterable<string>): Promise<Sent> {
  let bytes = 0;
  let gzipped = 0;
  const gzip = createGzip({ level: 4 });
  const counted = function* (): Generator<Buffer> {
    for (const chunk of parts) {
      const text = Buffer.from(chunk);
      bytes += text.length;
      yield text;
    }
  };
  Readable.from(counted()).pipe(gzip);
  gzip.on('data', (chunk: Buffer) => {
    gzipped += chunk.length;
  });
  const report = await platform.send<ImportReport>(
    `/api/v1/imports?source=${source}`,
    Readable.toWeb(gzip) as ReadableStream,
    { 'Content-Type': 'application/gzip' },
  );
  return { report, bytes, gzipped };
}
