import { describe, expect, it } from '@jest/globals';
import { aFormation, SAMPLE_DAY } from '../builders.ts';
import type { ParisDay } from '../ids.ts';
import { setAtPath } from '../paths.ts';
import { PAYS_DE_LA_LOIRE } from '../region.ts';
import { checkFiche, controlesOf, RULES } from '../rules.ts';
import { someTables } from '../sample-tables.ts';
import { forbiddenChannels, type RuleSetting, rulesInForce, type Severities, settingInForce } from './settings.ts';

const day = (text: string) => text as ParisDay;
const allOff: Severities = { saisie: 'off', fichier: 'off', flux: 'off' };
const allWarn: Severities = { saisie: 'warning', fichier: 'warning', flux: 'warning' };
const setting = (given: Partial<RuleSetting>): RuleSetting => ({
  rule: 'sans-remplissage',
  version: 1,
  severity: allWarn,
  twoPeople: false,
  activeFrom: day('2026-11-01'),
  ...given,
});
const context = { channel: 'saisie', today: SAMPLE_DAY, region: PAYS_DE_LA_LOIRE, tables: someTables() } as const;
const filler = setAtPath(aFormation(), '/champs/resultats-attendus', '-');

/** The kinds of rule that the design asks for, and the rules that cover each. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'required core': [
    'intitule-present',
    'organisme-present',
    'action-presente',
    'session-presente',
    'premier-cercle',
    'lieu-present',
  ],
  'potentiel of the organisme': ['potentiel-present'],
  'NDA form and public list': ['nda-forme', 'nda-present', 'nda-liste-publique'],
  SIRET: ['siret-valide'],
  'commune and postal code': ['commune-existe', 'code-postal-commune'],
  'coordinates and region': ['lieu-dans-region', 'geolocalisation-juste'],
  dates: ['date-reelle', 'periode-ordonnee', 'session-passee'],
  'codes in their version': ['formacode-connu', 'public-connu', 'formacode-present', 'nsf-connu', 'rome-connu'],
  certification: ['certification-connue', 'certification-active'],
  'texts and lengths': ['sans-html', 'sans-remplissage', 'lheo-valeur'],
  'hours and prices': ['heures-coherentes', 'heures-plausibles', 'prix-plausible', 'prix-coherent'],
  'look-alike actions': ['actions-ressemblantes', 'sessions-identiques'],
  'URL and e-mail': ['url-forme', 'courriel-forme'],
  funding: ['financeur-connu', 'dispositif-validite'],
};

describe('the catalogue', () => {
  it('holds at least forty rules', () => {
    expect(RULES.length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.entries(KINDS))('covers %s', (_kind, ids) => {
    expect(ids.filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
  });
});

describe('the setting of a rule', () => {
  it('is the newest version whose day has come', () => {
    const settings = [
      setting({ version: 1 }),
      setting({ version: 2, activeFrom: day('2026-11-10') }),
      setting({ version: 3, activeFrom: day('2026-12-01') }),
    ];
    const at = (text: string) => settingInForce(settings, 'sans-remplissage', day(text))?.version;
    expect([at('2026-10-31'), at('2026-11-01'), at('2026-11-30'), at('2026-12-01')]).toEqual([undefined, 1, 2, 3]);
  });

  it.each<[string, Severities, string[]]>([
    ['as in the catalogue', { saisie: 'blocking', fichier: 'warning', flux: 'warning' }, ['blocking']],
    ['as a warning', allWarn, ['warning']],
    ['off', allOff, []],
  ])('changes what a fault leads to: %s', (_how, severity, expected) => {
    const rules = rulesInForce(RULES, [setting({ severity })], SAMPLE_DAY);
    expect(checkFiche(filler, context, rules).map((fault) => fault.severity)).toEqual(expected);
  });

  it('asks for two people where its rule is at fault, and only there', () => {
    const rules = rulesInForce(RULES, [setting({ twoPeople: true })], SAMPLE_DAY);
    const controles = (fiche: typeof filler) => controlesOf(checkFiche(fiche, context, rules), 1, 'saisie', rules);
    expect(controles(filler).twoPeople).toEqual(['sans-remplissage']);
    expect(controles(aFormation()).twoPeople).toBeUndefined();
    const unverified = checkFiche(filler, context, rules).map((fault) => ({
      ...fault,
      severity: 'nonVerifie' as const,
    }));
    expect(controlesOf(unverified, 1, 'saisie', rules).twoPeople).toBeUndefined();
  });

  it('never makes another system’s flow block for more than the design says', () => {
    const ruleOf = (id: string) => RULES.find((rule) => rule.id === id) ?? RULES[0];
    const forbidden = (id: string, severity: Severities) => {
      const rule = ruleOf(id);
      return rule === undefined ? undefined : forbiddenChannels(rule, severity);
    };
    expect(forbidden('sans-html', { saisie: 'blocking', fichier: 'blocking', flux: 'blocking' })).toEqual(['flux']);
    expect(forbidden('intitule-present', allWarn)).toEqual(['saisie', 'fichier', 'flux']);
    expect(forbidden('sans-html', allOff)).toEqual([]);
  });
});
