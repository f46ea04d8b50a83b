import type { CpfSubject } from './certification-codes.ts';
import { judgeSubject, RANK } from './cpf-judge.ts';
import type { CpfMarking, CpfProof, CpfQuestion } from './cpf-marking.ts';
import { sirenOf } from './siret.ts';
import type { ReferenceTables, Table } from './tables.ts';

export type { CpfMarking, CpfQuestion } from './cpf-marking.ts';

function tableStates(tables: ReferenceTables): CpfProof['tables'] {
  const stateOf = ({ state, version }: Table<unknown>) => (version === undefined ? { state } : { state, version });
  return {
    certifications: stateOf(tables.certifications),
    partenaires: stateOf(tables.partenaires),
    organismesPublics: stateOf(tables.organismesPublics),
  };
}

function sourceOf(subject: CpfSubject): CpfMarking['source'] {
  if (subject.kind === 'sansRegistre') return 'sansRegistre';
  return subject.code.startsWith('RS') ? 'RS' : 'RNCP';
}

/**
 * The CPF marking of one session (design §9): certification registered on the session's dates, organisme habilitated by
 * the certifier, Qualiopi for that kind of action. The best answer of its subjects counts; the clock is never read.
 */
export function markSession(question: CpfQuestion, tables: ReferenceTables): CpfMarking {
  const states = tableStates(tables);
  const judged = question.sujets.map((subject) => ({ subject, finding: judgeSubject(question, subject, tables) }));
  const [best] = judged.toSorted((a, b) => RANK[b.finding.answer] - RANK[a.finding.answer]);
  if (best === undefined)
    return { answer: 'non', source: 'aucune', reasons: ['aucuneCertification'], proof: { tables: states } };
  const { subject, finding } = best;
  const siren = sirenOf(question.siret);
  const interval =
    finding.answer === 'oui'
      ? { ...(finding.debut && { debut: finding.debut }), ...(finding.fin && { fin: finding.fin }) }
      : {};
  return {
    answer: finding.answer,
    code: subject.code,
    source: sourceOf(subject),
    ...interval,
    reasons: finding.reasons,
    proof: { ...finding.proof, subject: subject.code, tables: states, ...(siren && { siren }) },
  };
}
