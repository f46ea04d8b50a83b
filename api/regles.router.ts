import { z } from 'zod';
import type { Sql } from '../db/connect.ts';
import { addSetting, type KeptSetting, readSettings, ruleAt } from '../db/regles/settings.ts';
import { type TrialHit, trialPage, trialSize } from '../db/regles/trial.ts';
import { texte } from '../domain/contract/common.ts';
import { essai, essaiBody, type RegleDto, regle, regleBody } from '../domain/contract/regle.contract.ts';
import { addDays, toParisDay } from '../domain/model/calendar.ts';
import { SofiError } from '../domain/model/errors.ts';
import { instantOf, parisDayOf } from '../domain/model/paris-time.ts';
import { forbiddenChannels, type Severities, settingInForce } from '../domain/model/rules/settings.ts';
import { describeFault, RULES, type Rule } from '../domain/model/rules.ts';
import type { Lang } from '../domain/model/words.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { iso } from './time.ts';

const TAG = 'regles';

function ruleNamed(id: string): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new SofiError('introuvable', `Cannot find rule "${id}"`, { regle: id });
  return rule;
}

function regleDto(rule: Rule, all: readonly KeptSetting[]): RegleDto {
  const settings = all.filter((setting) => setting.rule === rule.id);
  const now = settingInForce(settings, rule.id, parisDayOf(Date.now()));
  const { id, sentence, mend, mendBy, on, needs, severity } = rule;
  return {
    id,
    sentence,
    mend,
    mendBy,
    on: [...on],
    needs: [...needs],
    severity: now?.severity ?? severity,
    twoPeople: now?.twoPeople ?? rule.twoPeople ?? false,
    version: now?.version ?? 0,
    latest: settings.at(-1)?.version ?? 0,
    catalogue: severity,
    settings: settings.map(({ rule: _rule, at, ...setting }) => ({ ...setting, at: iso(at) })),
  };
}

function requireSettable(rule: Rule, severity: Severities): void {
  const channels = forbiddenChannels(rule, severity);
  if (channels.length === 0) return;
  throw new SofiError('severite-interdite', `Cannot set rule "${rule.id}"`, { regle: rule.id, canaux: channels });
}

const list = listEndpoints({
  path: '/regles',
  noun: 'regles',
  summary: 'Règles de gestion as they stand today, with every setting they were given',
  tag: TAG,
  access: ['read', 'regle'],
  filter: z.strictObject({ q: texte(200).optional() }),
  sorts: ['id'],
  first: ['id', 'asc'],
  row: regle,
  read: async ({ deps, viewer, langue }, asked) => {
    const settings = await deps.db.asViewer(viewer, (sql) => readSettings(sql));
    const words = asked.filter.q?.toLowerCase() ?? '';
    const found = RULES.filter(({ id, sentence }) => `${id} ${sentence[langue]}`.toLowerCase().includes(words));
    const sorted = asked.sort[1] === 'desc' ? found.toReversed() : found;
    const rows = sorted.slice(asked.from, asked.from + asked.limit).map((rule) => regleDto(rule, settings));
    return { rows, total: found.length };
  },
});

const set = endpoint({
  method: 'put',
  path: '/regles/{id}',
  summary: 'Gives a rule another severity by channel, from a day on; the code of the rule stays',
  tag: TAG,
  access: ['update', 'regle'],
  params: z.strictObject({ id: texte(60, 1) }),
  body: regleBody,
  answers: { 200: regle },
  async handle({ deps, viewer, params: { id }, body }) {
    const rule = ruleNamed(id);
    requireSettable(rule, body.severity);
    const activeFrom = toParisDay(body.activeFrom);
    if (activeFrom === undefined || activeFrom < parisDayOf(Date.now())) throw new SofiError('date-passee');
    const { version, severity, twoPeople, reason } = body;
    const setting = { rule: id, version, severity, twoPeople, activeFrom, by: viewer.userId, reason };
    const settings = await deps.db.asViewer(viewer, (sql) => addSetting(sql, setting));
    return { body: regleDto(rule, settings) };
  },
});

function hitDto({ faults, deposeeLe, ...hit }: TrialHit, langue: Lang) {
  const told = faults.map((fault) => ({ path: fault.path, ...describeFault(fault, langue) }));
  return { ...hit, deposeeLe: iso(deposeeLe), faults: told };
}

async function currentRule(sql: Sql, id: string): Promise<Rule> {
  return (await ruleAt(sql, id, Date.now())) ?? ruleNamed(id);
}

const tried = endpoint({
  method: 'post',
  path: '/regles/essai',
  summary: 'Tries a severity on one page of past soumissions: which would have been sent back, which would not',
  tag: TAG,
  access: ['update', 'regle'],
  body: essaiBody,
  answers: { 200: essai },
  async handle({ deps, viewer, langue, body }) {
    const { severity, jours, after = null } = body;
    requireSettable(ruleNamed(body.regle), severity);
    const since = new Date(instantOf(addDays(parisDayOf(Date.now()), -jours), 0, 0));
    return deps.db.asViewer(viewer, async (sql) => {
      const rule = await currentRule(sql, body.regle);
      const page = await trialPage(sql, { rule, severity, since, region: deps.region, after });
      const { examined, warned, next } = page;
      const [blocked, freed] = [page.blocked, page.freed].map((hits) => hits.map((hit) => hitDto(hit, langue)));
      const total = after === null ? await trialSize(sql, since) : null;
      return { body: { total, examined, blocked, freed, warned, next } };
    });
  },
});

/** `/regles/essai` comes before `/regles/{id}`, which would take it. */
export const reglesEndpoints: readonly Endpoint[] = [...list, tried, set];
