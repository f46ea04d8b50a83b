import { elementLabel, isElement } from './element-label.ts';
import { isRecord } from './json.ts';
import { getAtPath, joinPath, pathSteps } from './paths.ts';
import type { Lang } from './words.ts';

const ROWS: Readonly<Record<string, Record<Lang, string>>> = {
  actions: { fr: 'Action', en: 'Action' },
  sessions: { fr: 'Session', en: 'Session' },
  dispositifs: { fr: 'Financement', en: 'Funding' },
  sites: { fr: 'Site', en: 'Site' },
};

const OWN: Readonly<Record<string, Record<Lang, string>>> = {
  referenceOf: { fr: 'Référence de l’organisme', en: 'Reference of the organisme' },
  numero: { fr: 'Numéro', en: 'Number' },
  numeroRecu: { fr: 'Numéro reçu', en: 'Number received' },
  codeFinanceur: { fr: 'Financeur', en: 'Funder' },
  publics: { fr: 'Publics', en: 'For whom' },
  debutValidite: { fr: 'Début de validité', en: 'Valid from' },
  finValidite: { fr: 'Fin de validité', en: 'Valid until' },
  nbPlaces: { fr: 'Places financées', en: 'Funded places' },
  lieu: { fr: 'Lieu', en: 'Place' },
  origine: { fr: 'Origine', en: 'Origin' },
  site: { fr: 'Site', en: 'Site' },
  formateur: { fr: 'Organisme formateur', en: 'Organisme that teaches' },
  organisme: { fr: 'Organisme', en: 'Organisme' },
  accessibilite: { fr: 'Accessibilité', en: 'Accessibility' },
  coordonnees: { fr: 'Coordonnées', en: 'Contact details' },
  code: { fr: 'code', en: 'code' },
  ref: { fr: 'version', en: 'version' },
  tag: { fr: 'Marque', en: 'Mark' },
};

/** Steps that say nothing to a reader: the folder of LHÉO's fields, and what only wraps another. */
const SILENT = new Set(['champs', 'recu', 'contenu', '@']);
/** Wrappers of LHÉO that say nothing beside the words around them. */
const QUIET = new Set(['coordonnees', 'numtel', 'urlweb', 'adresse']);

/** A wrapper is heard when nothing came before it, or when it is the field itself and stands for all of it. */
function isQuiet(step: string, said: number, at: number, steps: readonly string[]): boolean {
  return QUIET.has(step) && said > 0 && (at < steps.length - 1 || step === 'numtel' || step === 'urlweb');
}

function rowLabel(document: unknown, path: string, step: string, id: string, lang: Lang): string {
  const rows = getAtPath(document, joinPath(path, step));
  const rank = Array.isArray(rows) ? rows.findIndex((row) => isRecord(row) && row.id === id) + 1 : 0;
  const name = ROWS[step]?.[lang] ?? step;
  return rank > 0 ? `${name} ${rank}` : name;
}

/** The words that lead to a field: `["Action 1", "Session 2", "Période", "Début"]`. */
export function pathWords(path: string, document: unknown, lang: Lang): string[] {
  const steps = pathSteps(path);
  const words: string[] = [];
  let walked = '';
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at] ?? '';
    const next = steps[at + 1];
    if (ROWS[step] !== undefined && next !== undefined) {
      words.push(rowLabel(document, walked, step, next, lang));
      walked = joinPath(walked, step, next);
      at++;
      continue;
    }
    walked = joinPath(walked, step);
    if (/^\d+$/.test(step)) {
      if (step !== '0') words.push(`n° ${Number(step) + 1}`);
    } else if (!SILENT.has(step) && !isQuiet(step, words.length, at, steps))
      words.push(OWN[step]?.[lang] ?? (isElement(step) ? elementLabel(step, lang) : step));
  }
  return words;
}

/** The same in one line, for a list of faults. */
export function pathLabel(path: string, document: unknown, lang: Lang): string {
  return pathWords(path, document, lang).join(' › ');
}
