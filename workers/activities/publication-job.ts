import type { Days } from '../../domain/lheo/fiche/out.ts';
import { asDocument, type Written, writeFormationOut, writeOrganismeOut } from '../../domain/lheo/fiche/out-bytes.ts';
import type { CpfMark } from '../../domain/lheo/fiche/out-extras.ts';
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
    }
  | { readonly kind: 'organisme'; readonly document: OrganismeDocument; readonly maj: ParisDay | undefined };

/** Its text and what the schema refuses in it; without text it could not be written at all. */
export interface Rendered {
  readonly xml: string | null;
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

function write(job: RenderJob): Written {
  if (job.kind === 'organisme') return writeOrganismeOut(job.document, job.maj);
  return writeFormationOut({
    document: job.document,
    shown: new Set(job.shown),
    organismes: new Map(job.organismes),
    days: new Map(job.days),
    cpf: new Map(job.cpf),
  });
}

/** Renders one fiche and lets the LHÉO 2.3 schema judge it. */
export function renderJob(job: RenderJob, schema: LheoSchema): Rendered {
  const written = write(job);
  if (written.kind === 'refused') return { xml: null, faults: [{ path: written.path, message: written.message }] };
  const faults = schema.validate(asDocument(written.xml));
  return { xml: written.xml, faults: faults.map(({ path, message }) => ({ path, message })) };
}
