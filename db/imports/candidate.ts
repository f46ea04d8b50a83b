import { createHash } from 'node:crypto';
import { fromLheo } from '../../domain/lheo/fiche/in.ts';
import { withOwnReferences } from '../../domain/lheo/fiche/in-numeros.ts';
import { type OrganismeKey, organismeKey } from '../../domain/lheo/fiche/organisme-key.ts';
import type { FicheDocument, FormationDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import { texteOf } from '../../domain/model/documents.ts';
import { canonicalReceived } from '../../domain/model/hash.ts';
import { documentWithout } from '../../domain/model/remove-person.ts';
import type { Remover } from '../../domain/model/removed-traces.ts';
import type { Channel } from '../../domain/model/vocabulary.ts';
import { NEW_IDS } from './new-ids.ts';
import type { FileFormation } from './read-pages.ts';

/** One formation of the file with what is looked up about it. */
export interface Candidate {
  readonly file: FileFormation;
  /** As the file says it; an OF's own file says no numero, but its references. */
  readonly formation: FormationDocument;
  /** The formation's numero as received. */
  readonly numero: string | undefined;
  readonly hash: string;
  /** Key of the formation within its source. */
  readonly cle: string;
  readonly organisme: CandidateOrganisme | undefined;
  /** It named a removed person, and no longer does. */
  readonly effacee: boolean;
}

export interface CandidateOrganisme {
  readonly document: OrganismeDocument;
  readonly key: OrganismeKey;
  readonly hash: string;
  readonly effacee: boolean;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a fiche as its source sent it: equal means unchanged (design §5). */
export function receivedHash(document: FicheDocument): string {
  return sha256(canonicalReceived(document));
}

/** Reads one formation of the file as a candidate of `channel`. */
export function candidateOf(file: FileFormation, channel: Channel): Candidate {
  const { formation: read, organisme } = fromLheo(file.element, NEW_IDS);
  const formation = channel === 'fichier' ? withOwnReferences(read) : read;
  return {
    file,
    formation,
    numero: read.numero,
    hash: receivedHash(formation),
    cle: formationKey(read),
    organisme: organisme && {
      document: organisme,
      key: organismeKey(organisme.champs),
      hash: receivedHash(organisme),
      effacee: false,
    },
    effacee: false,
  };
}

/** A candidate without the persons who were removed; its hashes stay those of what the source sent. */
export function candidateWithout(candidate: Candidate, remover: Remover): Candidate {
  const formation = documentWithout(candidate.formation, remover);
  const organisme = candidate.organisme && organismeWithout(candidate.organisme, remover);
  return { ...candidate, formation, organisme, effacee: formation !== candidate.formation };
}

function organismeWithout(organisme: CandidateOrganisme, remover: Remover): CandidateOrganisme {
  const document = documentWithout(organisme.document, remover);
  return { ...organisme, document, effacee: document !== organisme.document };
}

/** By numero; without one (an OF's own file) by title and certifications. */
function formationKey(formation: FormationDocument): string {
  if (formation.numero !== undefined) return `formation|${formation.numero}`;
  const { 'intitule-formation': intitule, certification = [] } = formation.champs;
  const codes = certification.map((one) => `${texteOf(one['code-RNCP'])}/${texteOf(one['code-CERTIFINFO'])}`);
  return `formation~${sha256([texteOf(intitule).trim().toLowerCase(), ...codes].join('|'))}`;
}
