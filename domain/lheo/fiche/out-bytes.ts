import { type LheoVersion, NAMESPACES } from '../../grammar/shape.ts';
import type { LheoElement, LheoExtras } from '../../grammar/types.ts';
import type { OrganismeDocument } from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { writeClose, writeLheoHead, writeLheoTail, writeOpen, writeRootOpen } from '../file-writer.ts';
import { WriteError } from '../write-error.ts';
import { writeElement, writeFormation, WRITER_VERSION as XML_WRITER_VERSION } from '../writer.ts';
import { type FormationInputs, formationOut } from './out.ts';
import { writeFormation22 } from './out-22.ts';
import { organismeLine, sessionLines } from './out-csv.ts';
import { courseNode } from './out-jsonld.ts';
import { resumeOrganismeOut } from './out-organisme.ts';

/** Raised when the mapping from documents to LHÉO gives other bytes. */
const OUT_VERSION = 4;

/** Part of what identifies a fiche's bytes: the mapping to LHÉO and the writing of its XML. */
export const WRITER_VERSION = XML_WRITER_VERSION * 1000 + OUT_VERSION;

/** First and last lines of a full file: no date, no number, so that an unchanged set keeps its bytes (design §7). */
export const fullHead = (version: LheoVersion): string => writeLheoHead({ version });
export const FULL_FOOT = writeLheoTail();

/** First and last lines of the index of organismes. */
export const INDEX_HEAD = writeRootOpen('lheo-index') + writeOpen('resumes-organismes');
export const INDEX_FOOT = writeClose('resumes-organismes') + writeClose('lheo-index');

/** A formation that left the offer, as a delta tells it. */
export interface Tombstone {
  readonly numero: string;
  readonly reason: string;
  readonly replacedBy?: string;
}

/** The end of a delta's XML: tombstones in the root's `extras` (design §3). */
export function deltaFoot(tombstones: readonly Tombstone[]): string {
  if (tombstones.length === 0) return FULL_FOOT;
  const contenu = tombstones.map(({ numero, reason, replacedBy }) => ({
    extras: {
      '@': { info: 'suppression', numero },
      contenu: [
        { extra: { '#': reason, '@': { info: 'reason' } } },
        ...(replacedBy === undefined ? [] : [{ extra: { '#': replacedBy, '@': { info: 'replacedBy' } } }]),
      ],
    },
  }));
  const suppressions: LheoExtras = { '@': { info: 'suppressions' }, contenu };
  return writeLheoTail({ extras: [suppressions] });
}

/** What other files hold of the same content; `xml22` is null when LHÉO 2.2 has the same text. */
export interface Pieces {
  readonly xml22: string | null;
  readonly csv: string;
  readonly jsonld: string;
}

/** What a fiche comes out as: its XML and, once that is valid, its parts of the other files, or why there is none. */
export type Written =
  | { readonly kind: 'written'; readonly xml: string; readonly pieces: () => Pieces }
  | { readonly kind: 'refused'; readonly path: string; readonly message: string };

function written(write: () => { readonly xml: string; readonly pieces: () => Pieces }): Written {
  try {
    return { kind: 'written', ...write() };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { kind: 'refused', path: error.path, message: error.message };
  }
}

/** The exact text of a formation in a full file. */
export function writeFormationOut(inputs: FormationInputs): Written {
  return written(() => {
    const formation = formationOut(inputs);
    const pieces = () => ({
      xml22: writeFormation22(formation),
      csv: sessionLines(formation),
      jsonld: courseNode(formation),
    });
    return { xml: writeFormation(formation), pieces };
  });
}

/** The exact text of an organisme as a member of a release. */
export function writeOrganismeOut(organisme: OrganismeDocument, maj: ParisDay | undefined): Written {
  return written(() => {
    const resume = resumeOrganismeOut(organisme, maj) as LheoElement<'resume-organisme'>;
    const xml = `${writeElement('resume-organisme', resume)}\n`;
    return { xml, pieces: () => ({ xml22: null, csv: organismeLine(resume), jsonld: '' }) };
  });
}

/** A fiche's text as a document of its own, for the schema. */
export function asDocument(xml: string, version: LheoVersion = '2.3'): string {
  return xml.replace(/^<([a-z-]+)/, `<$1 xmlns="${NAMESPACES[version]}"`);
}
