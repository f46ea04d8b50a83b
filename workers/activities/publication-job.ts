import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Days } from '../../domain/lheo/fiche/out.ts';
import {
  asDocument,
  type Pieces,
  type Written,
  writeFormationOut,
  writeOrganismeOut,
} from '../../domain/lheo/fiche/out-bytes.ts';
import type { CpfMark, FreshnessMark } from '../../domain/lheo/fiche/out-extras.ts';
import type { LheoSchema } from '../../domain/lheo/schema.ts';
import type { FormationDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';

/** One fiche to render, as it crosses to the thread: plain data. */
export type RenderJob =
  | {
      readonly kind: 'formation';
      readonly document: FormationDocument;
      readonly shown: readonly string[];
      readonly organismes: readonly (readonly [string, OrganismeDocument])[];
      readonly days: readonly (readonly [string, Days])[];
      readonly cpf: readonly (readonly [string, CpfMark])[];
      readonly fraicheur: readonly (readonly [string, FreshnessMark])[];
    }
  | { readonly kind: 'organisme'; readonly document: OrganismeDocument; readonly maj: ParisDay | undefined };

/** Its bytes as gzip members, by file, and what the schemas refuse in it; without bytes it could not be written at all. */
export interface Rendered {
  readonly sha256: string | null;
  readonly gzip: Uint8Array | null;
  readonly pieces: readonly { readonly format: string; readonly gzip: Uint8Array }[];
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

/** The schemas that judge what goes out. */
export interface Schemas {
  readonly v23: LheoSchema;
  readonly v22: LheoSchema;
}

function write(job: RenderJob): Written {
  if (job.kind === 'organisme') return writeOrganismeOut(job.document, job.maj);
  return writeFormationOut({
    document: job.document,
    shown: new Set(job.shown),
    organismes: new Map(job.organismes),
    days: new Map(job.days),
    cpf: new Map(job.cpf),
    fraicheur: new Map(job.fraicheur),
  });
}

function packed({ xml22, csv, jsonld }: Pieces): Rendered['pieces'] {
  const texts: [string, string | null][] = [
    ['lheo-2.2', xml22],
    ['csv', csv],
    ['jsonld', jsonld],
  ];
  return texts.flatMap(([format, text]) => (text === null || text === '' ? [] : [{ format, gzip: gzipSync(text) }]));
}

/** Renders one fiche for every file that shows it and lets the schemas judge it. */
export function renderJob(job: RenderJob, schemas: Schemas): Rendered {
  const written = write(job);
  if (written.kind === 'refused') {
    return { sha256: null, gzip: null, pieces: [], faults: [{ path: written.path, message: written.message }] };
  }
  const faults = schemas.v23.validate(asDocument(written.xml));
  const pieces = faults.length === 0 ? written.pieces() : undefined;
  if (pieces !== undefined && pieces.xml22 !== null)
    faults.push(...schemas.v22.validate(asDocument(pieces.xml22, '2.2')));
  return {
    sha256: createHash('sha256').update(written.xml).digest('hex'),
    gzip: gzipSync(written.xml),
    pieces: pieces === undefined ? [] : packed(pieces),
    faults: faults.map(({ path, message }) => ({ path, message })),
  };
}
