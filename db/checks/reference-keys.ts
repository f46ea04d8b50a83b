import { certificationCodes, cpfSubjects } from '../../domain/model/certification-codes.ts';
import { type FicheDocument, texteOf } from '../../domain/model/documents.ts';
import { sirenOf } from '../../domain/model/siret.ts';
import type { ReferenceKeys } from './reference-tables.ts';

function organismeKeys(siret: string, nda: string): Pick<ReferenceKeys, 'sirens' | 'ndas'> {
  const siren = sirenOf(siret);
  return { sirens: siren === undefined ? [] : [siren], ndas: nda === '' ? [] : [nda] };
}

/** The keys of the State's tables that judging a fiche needs; `siret` and `nda` are its organisme's. */
export function referenceKeys(document: FicheDocument, siret: string, nda = ''): ReferenceKeys {
  if (document.kind === 'organisme') {
    const { 'SIRET-organisme-formation': own, 'numero-activite': activite } = document.champs;
    return { certifications: [], ...organismeKeys(texteOf(own?.SIRET), texteOf(activite)) };
  }
  const bySession = document.actions
    .flatMap(({ sessions }) => sessions)
    .flatMap(({ champs }) => cpfSubjects(document.champs, champs))
    .flatMap((subject) => (subject.kind === 'registre' ? [subject.code] : []));
  return {
    certifications: [...new Set([...certificationCodes(document.champs), ...bySession])],
    ...organismeKeys(siret, nda),
  };
}
