import { describe, expect, it } from '@jest/globals';
import { aFormation, anOrganisme, SAMPLE_DAY, sampleSiret } from './builders.ts';
import type { FicheDocument } from './documents.ts';
import { setAtPath } from './paths.ts';
import { referenceKeys } from './reference-keys.ts';
import { PAYS_DE_LA_LOIRE } from './region.ts';
import type { Edits } from './rules/rule.ts';
import { checkFiche, controlesOf, describeFault, RULES, type Rule, type RuleContext } from './rules.ts';
import { someTables } from './sample-tables.ts';
import { NO_TABLES } from './tables.ts';
import { CHANNELS, type Channel } from './vocabulary.ts';

const context: RuleContext = { channel: 'saisie', today: SAMPLE_DAY, region: PAYS_DE_LA_LOIRE, tables: someTables() };
const ids = (faults: readonly { rule: string }[]) => faults.map(({ rule }) => rule);

/** The sample fiche on which a rule's examples are made: the kind that holds the first address, organisme if both. */
function sampleOf(rule: Rule, edits: Edits): FicheDocument {
  const ofFormation = Object.keys(edits).some((path) =>
    /^\/(actions|champs\/(certif|contenu|contact-f|result|url|intitule))/.test(path),
  );
  const base: FicheDocument =
    rule.on.includes('organisme') && !ofFormation && rule.id !== 'formacode-connu' ? anOrganisme() : aFormation();
  return Object.entries(edits).reduce<FicheDocument>((fiche, [path, value]) => setAtPath(fiche, path, value), base);
}
const findings = (rule: Rule, edits: Edits, given: Partial<RuleContext> = {}) =>
  checkFiche(sampleOf(rule, edits), { ...context, ...given }, [rule]);

const passing = RULES.flatMap((rule) => rule.examples.pass.map((edits) => [rule.id, rule, edits] as const));
const failing = RULES.flatMap((rule) => rule.examples.fail.map(({ edits, at }) => [rule.id, rule, edits, at] as const));
const doubting = RULES.flatMap((rule) =>
  (rule.examples.unsure ?? []).map(({ edits, at }) => [rule.id, rule, edits, at] as const),
);

describe('the catalogue of rules', () => {
  it.each(passing)('%s lets its example pass (%#)', (_id, rule, edits) => {
    expect(findings(rule, edits)).toEqual([]);
  });

  it.each(failing)('%s finds its example at fault (%#)', (_id, rule, edits, at) => {
    const found = findings(rule, edits);
    expect(found.map(({ path }) => path)).toEqual(at);
    for (const fault of found) {
      expect(fault.severity).toBe(rule.severity.saisie);
      const { message, mend } = describeFault(fault, 'fr');
      expect(message + mend).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it.each(doubting)('%s doubts where its table cannot tell (%#)', (_id, rule, edits, at) => {
    const tables = Object.keys(edits).length === 0 ? NO_TABLES : someTables();
    const found = findings(rule, edits, { tables });
    expect(found.map(({ path, severity }) => [path, severity])).toEqual(at.map((path) => [path, 'nonVerifie']));
  });

  it('names each rule once, in both languages, with an example that fails', () => {
    expect(new Set(ids(RULES.map(({ id }) => ({ rule: id })))).size).toBe(RULES.length);
    for (const { id, sentence, mend, examples } of RULES) {
      expect([id, examples.fail.length > 0, examples.pass.length > 0]).toEqual([id, true, true]);
      for (const text of [sentence.fr, sentence.en, mend.fr, mend.en]) expect(text).toMatch(/[.]$/);
    }
  });

  it('blocks another system’s flow only for what cannot be named, read or written', () => {
    const blocking = RULES.filter(({ severity }) => severity.flux === 'blocking').map(({ id }) => id);
    expect(blocking).toEqual([
      'intitule-present',
      'organisme-present',
      'action-presente',
      'lheo-valeur',
      'financeur-connu',
    ]);
  });

  it.each(CHANNELS)('never says wrong without tables, on %s', (channel: Channel) => {
    for (const fiche of [aFormation(), anOrganisme()]) {
      const faults = checkFiche(fiche, { ...context, channel, tables: NO_TABLES });
      expect(new Set(faults.map(({ severity }) => severity))).toEqual(new Set(['nonVerifie']));
    }
  });
});

describe('the check of a fiche', () => {
  it.each([aFormation(), anOrganisme()])('finds nothing in what the builders make (%#)', (fiche) => {
    expect(checkFiche(fiche, context)).toEqual([]);
  });

  it('takes its severity from the channel', () => {
    const past = setAtPath(aFormation({ day: SAMPLE_DAY }), '/champs/resultats-attendus', '-');
    const severity = (channel: Channel) => checkFiche(past, { ...context, channel }).map((fault) => fault.severity);
    expect([severity('saisie'), severity('fichier'), severity('flux')]).toEqual([
      ['blocking'],
      ['warning'],
      ['warning'],
    ]);
  });

  it('does not call a session past once it is published', () => {
    const old = aFormation({ day: '2025-01-01' as typeof SAMPLE_DAY });
    expect(ids(checkFiche(old, context))).toContain('session-passee');
    expect(ids(checkFiche(old, { ...context, moment: 'publication' }))).not.toContain('session-passee');
  });

  it('asks a rule only while it is in force', () => {
    const untitled = setAtPath(aFormation(), '/champs/intitule-formation', undefined);
    const [title] = RULES.filter(({ id }) => id === 'intitule-present');
    if (title === undefined) throw new Error('no such rule');
    expect(checkFiche(untitled, context, [{ ...title, validFrom: '2027-01-01' as typeof SAMPLE_DAY }])).toEqual([]);
    expect(checkFiche(untitled, context, [{ ...title, validUntil: SAMPLE_DAY }])).toHaveLength(1);
  });

  it('counts what it found', () => {
    const faults = checkFiche(setAtPath(aFormation(), '/champs/resultats-attendus', '-'), {
      ...context,
      tables: NO_TABLES,
    });
    const { blocking, nonVerifies, warnings } = controlesOf(faults, 3, 'saisie');
    expect([blocking, warnings, nonVerifies]).toEqual([1, 0, faults.length - 1]);
  });
});

describe('the keys a check needs', () => {
  it('are those of the fiche and of its organisme', () => {
    const keys = referenceKeys(aFormation(), sampleSiret(1));
    expect(keys).toEqual({
      certifications: ['RNCP37535'],
      organismes: [`siren:${sampleSiret(1).slice(0, 9)}`],
      communes: ['44109'],
    });
    expect(referenceKeys(anOrganisme()).organismes).toContain('nda:52440000001');
  });
});
