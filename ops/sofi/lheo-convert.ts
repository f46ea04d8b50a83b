import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LheoVersion } from '../../domain/grammar/types.ts';
import { readLheo } from '../../domain/lheo/read.ts';
import { Conversion } from './lheo-conversion.ts';
import { openLheo } from './lheo-open.ts';
import { plural } from './lheo-report.ts';
import { Refused } from './verb-end.ts';

interface ConvertOptions {
  readonly to: LheoVersion;
  readonly out: string;
  readonly json?: boolean;
}

/** Writes `out` whole or not at all; says what was changed, or what the asked version still refuses. */
export async function convertFile(file: string, { to, out, json }: ConvertOptions): Promise<0 | 1> {
  const { bytes } = await openLheo(file);
  const conversion = new Conversion(to);
  const partial = `${out}.partial`;
  try {
    await pipeline(Readable.from(pieces(bytes, conversion)), createWriteStream(partial));
    if (conversion.refused.kept.length === 0) await rename(partial, out);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    conversion.end();
    await rm(partial, { force: true });
  }
  const { changes, refused, formations, from } = conversion;
  const report = {
    file,
    from,
    to,
    formations,
    changes: changes.kept,
    refused: refused.kept,
    more: changes.more + refused.more,
  };
  process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : toText(report));
  return refused.kept.length === 0 ? 0 : 1;
}

async function* pieces(bytes: AsyncIterable<Uint8Array>, conversion: Conversion): AsyncGenerator<string> {
  for await (const event of readLheo(bytes, { source: true })) {
    const piece = conversion.take(event);
    if (piece !== '') yield piece;
  }
}

type Report = Pick<Conversion, 'formations'> & {
  readonly file: string;
  readonly to: LheoVersion;
  readonly changes: Conversion['changes']['kept'];
  readonly refused: Conversion['refused']['kept'];
  readonly more: number;
};

function toText({ file, to, formations, changes, refused, more }: Report): string {
  const told = refused.length === 0 ? changes : refused;
  const lines = told.map(({ line, path, message }) => `  ligne ${line} · ${path || '/'} : ${message}`);
  const head =
    refused.length === 0
      ? `${plural(formations, 'formation')} en LHÉO ${to}, ${plural(changes.length, 'changement')}`
      : `ne peut devenir du LHÉO ${to} valide`;
  return `${[`${file} : ${head}`, ...lines, ...(more > 0 ? [`  … et ${more} de plus`] : [])].join('\n')}\n`;
}
