import { NAMESPACES } from '../../grammar/shape.ts';
import type { LheoElement } from '../../grammar/types.ts';
import type { OrganismeDocument } from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { WriteError } from '../write-error.ts';
import { writeElement, writeFormation, WRITER_VERSION as XML_WRITER_VERSION } from '../writer.ts';
import { type FormationInputs, formationOut } from './out.ts';
import { resumeOrganismeOut } from './out-organisme.ts';

/** Raised when the mapping from documents to LHÉO gives other bytes. */
const OUT_VERSION = 1;

/** Part of what identifies a fiche's bytes: the mapping to LHÉO and the writing of its XML. */
export const WRITER_VERSION = XML_WRITER_VERSION * 1000 + OUT_VERSION;

/** First and last lines of a full file: no date, no number, so that an unchanged set keeps its bytes (design §7). */
export const FULL_HEAD = `<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="${NAMESPACES['2.3']}">\n<offres>\n`;
export const FULL_FOOT = '</offres>\n</lheo>\n';

/** What a fiche comes out as: its XML, or why there is none. */
export type Written =
  | { readonly kind: 'written'; readonly xml: string }
  | { readonly kind: 'refused'; readonly path: string; readonly message: string };

function written(write: () => string): Written {
  try {
    return { kind: 'written', xml: write() };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { kind: 'refused', path: error.path, message: error.message };
  }
}

/** The exact text of a formation in a full file. */
export function writeFormationOut(inputs: FormationInputs): Written {
  return written(() => writeFormation(formationOut(inputs)));
}

/** The exact text of an organisme as a member of a release. */
export function writeOrganismeOut(organisme: OrganismeDocument, maj: ParisDay | undefined): Written {
  const resume = resumeOrganismeOut(organisme, maj) as LheoElement<'resume-organisme'>;
  return written(() => `${writeElement('resume-organisme', resume)}\n`);
}

/** A fiche's text as a document of its own, for the schema. */
export function asDocument(xml: string): string {
  return xml.replace(/^<([a-z-]+)/, `<$1 xmlns="${NAMESPACES['2.3']}"`);
}
