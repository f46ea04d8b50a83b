import { certificationCodes, cpfSubjects } from './certification-codes.ts';
import type { FicheDocument, FormationDocument } from './documents.ts';
import { elementsNamed, textOf } from './rules/fields.ts';
import { sirenOf } from './siret.ts';

/** What the checks and the CPF preview of a fiche look up, so that callers fetch it before. */
export interface ReferenceKeys {
  /** Keys of `certifications`, `partenaires` and `certificateurs`. */
  readonly certifications: readonly string[];
  /** Keys of `organismesPublics`: `siren:…` and `nda:…`. */
  readonly organismes: readonly string[];
  readonly communes: readonly string[];
}

const unique = (values: Iterable<string | undefined>): string[] =>
  [...new Set(values)].filter((value) => value !== undefined && value !== '').map(String);

/** The keys a fiche needs; `siretResponsable` is the accepted organisme's, when the fiche does not carry a copy. */
export function referenceKeys(fiche: FicheDocument, siretResponsable = ''): ReferenceKeys {
  const textsOf = (name: 'SIRET' | 'numero-activite' | 'code-INSEE-commune') =>
    Array.from(elementsNamed(fiche, name), ({ content }) => textOf(content));
  const sirens = unique([siretResponsable, ...textsOf('SIRET')].map(sirenOf));
  const ndas = unique(textsOf('numero-activite').map((nda) => nda.replaceAll(' ', '')));
  return {
    certifications:
      fiche.kind === 'formation' ? unique([...certificationCodes(fiche.champs), ...sessionCertifications(fiche)]) : [],
    organismes: [...sirens.map((siren) => `siren:${siren}`), ...ndas.map((nda) => `nda:${nda}`)],
    communes: unique(textsOf('code-INSEE-commune').map((code) => code.toUpperCase())),
  };
}

/** The keys that the CPF marking of a formation alone needs; `siret` is that of its organisme. */
export function cpfKeys(formation: FormationDocument, siret: string): ReferenceKeys {
  return {
    certifications: unique([...certificationCodes(formation.champs), ...sessionCertifications(formation)]),
    organismes: unique([sirenOf(siret)]).map((siren) => `siren:${siren}`),
    communes: [],
  };
}

/** What several fiches look up, each key once. */
export function unionOfKeys(keys: readonly ReferenceKeys[]): ReferenceKeys {
  const union = (name: keyof ReferenceKeys) => unique(keys.flatMap((one) => one[name]));
  return {
    certifications: union('certifications'),
    organismes: union('organismes'),
    communes: union('communes'),
  };
}

function sessionCertifications(fiche: FicheDocument): string[] {
  if (fiche.kind !== 'formation') return [];
  const sessions = fiche.actions.flatMap(({ sessions }) => sessions);
  const codes = sessions.flatMap(({ champs }) => cpfSubjects({}, champs));
  return codes.flatMap((subject) => (subject.kind === 'registre' ? [subject.code] : []));
}
