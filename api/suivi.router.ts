import { z } from 'zod';
import { loadStateTables } from '../db/checks/reference-tables.ts';
import { promiseRecord } from '../db/moderation/promise-record.ts';
import { texte } from '../domain/contract/common.ts';
import { cpfAnswer, promesse } from '../domain/contract/suivi.contract.ts';
import { toParisDay } from '../domain/model/calendar.ts';
import { ficheCode, permittedKind } from '../domain/model/certification-codes.ts';
import { markSession } from '../domain/model/cpf.ts';
import { SofiError } from '../domain/model/errors.ts';
import { sirenOf } from '../domain/model/siret.ts';
import { NO_TABLES } from '../domain/model/tables.ts';
import { type Endpoint, endpoint } from './endpoint.ts';

const PROMISE_DAYS = 90;
const paris = z.iso.date();

function subjectOf(text: string) {
  const register = /^RS/i.test(text) ? 'RS' : 'RNCP';
  const code = /^(RNCP|RS)/i.test(text) ? ficheCode(register, text) : undefined;
  const subject = code === undefined ? permittedKind(text) : { kind: 'registre' as const, code };
  if (subject !== undefined) return subject;
  throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: '/certification', code: 'invalide' }] });
}

const cpf = endpoint({
  method: 'get',
  path: '/cpf',
  summary: 'Whether the CPF can pay a certification at an organisme on some dates, with the proof',
  tag: 'cpf',
  access: 'public',
  query: z.strictObject({
    certification: texte(20, 1),
    siret: z.string().regex(/^\d{14}$/),
    debut: paris.optional(),
    fin: paris.optional(),
  }),
  answers: { 200: cpfAnswer },
  async handle({ deps, req, query }) {
    const subject = subjectOf(query.certification);
    const siren = sirenOf(query.siret);
    const certifications = subject.kind === 'registre' ? [subject.code] : [];
    const keys = { certifications, organismes: siren === undefined ? [] : [`siren:${siren}`], communes: [] };
    const tables = await deps.db.asViewer(req.viewer, (sql) => loadStateTables(sql, keys));
    const debut = toParisDay(query.debut ?? '');
    const fin = toParisDay(query.fin ?? '');
    const days = { ...(debut && { debut }), ...(fin && { fin }) };
    const question = { ...days, permanente: false, sujets: [subject], siret: query.siret };
    const marking = markSession(question, { ...NO_TABLES, ...tables });
    const body = {
      certification: query.certification,
      siret: query.siret,
      answer: marking.answer,
      code: marking.code ?? null,
      debut: marking.debut ?? null,
      fin: marking.fin ?? null,
      reasons: marking.reasons,
      proof: marking.proof,
    };
    return { body };
  },
});

const kept = endpoint({
  method: 'get',
  path: '/promesse',
  summary: 'The promise kept and missed over 90 days, by source and clock',
  tag: 'promesse',
  access: 'public',
  answers: { 200: promesse },
  async handle({ deps }) {
    const now = new Date();
    const since = new Date(now.getTime() - PROMISE_DAYS * 24 * 3_600_000);
    // The public sees figures of rows that it may not see.
    const record = await deps.db.asWorker((sql) => promiseRecord(sql, { since, now }));
    return { body: { days: PROMISE_DAYS, ...record } };
  },
});

export const suiviEndpoints: readonly Endpoint[] = [cpf, kept];
