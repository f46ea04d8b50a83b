import { createHash } from 'node:crypto';
import { diffDocuments } from '../../domain/model/diff.ts';
import { summarize } from '../../domain/model/diff-summary.ts';
import { type FicheDocument, texteOf } from '../../domain/model/documents.ts';
import { canonicalJson, rememberingJson } from '../../domain/model/json.ts';
import { LANGS } from '../../domain/model/words.ts';

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 of the canonical JSON of anything that JSON can hold. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** The same, for a document and then for what is in it: each row is gone over once. */
export function rememberingHash(): (value: unknown) => string {
  const toText = rememberingJson();
  return (value) => sha256(toText(value));
}

/** What a list calls a fiche: the title of a formation, the name of an organisme. */
function titreOf(document: FicheDocument): string {
  const { champs } = document;
  const titre = 'intitule-formation' in champs ? champs['intitule-formation'] : undefined;
  if (document.kind === 'formation') return texteOf(titre).slice(0, 300);
  const { 'nom-organisme': nom, 'raison-sociale': raison } = document.champs;
  return (texteOf(nom) || texteOf(raison)).slice(0, 300);
}

/** The change in at most ten words, in the languages of the screens; null for a creation. */
function resumeOf(before: FicheDocument | null, after: FicheDocument): { fr: string; en: string } | null {
  if (before === null) return null;
  const differences = diffDocuments(before, after);
  const [fr, en] = LANGS.map((lang) => summarize(differences, lang));
  return { fr: fr ?? '', en: en ?? '' };
}

/** Every column of a soumission that follows from its document. */
export function contentColumns(document: FicheDocument, accepted: FicheDocument | null) {
  return {
    document_hash: contentHash(document),
    titre: titreOf(document),
    resume: resumeOf(accepted, document),
  };
}
