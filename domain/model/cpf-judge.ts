import type { CpfSubject } from './certification-codes.ts';
import type { Certification, Partenaire } from './certifications.ts';
import type { CpfProof, CpfQuestion, CpfReason } from './cpf-marking.ts';
import type { ParisDay } from './ids.ts';
import type { ActionKind } from './organismes-publics.ts';
import { sirenOf } from './siret.ts';
import type { ReferenceTables, Table } from './tables.ts';
import type { CpfAnswer } from './vocabulary.ts';

export const RANK: Record<CpfAnswer, number> = { oui: 2, nonVerifie: 1, non: 0 };

export interface Finding {
  readonly answer: CpfAnswer;
  readonly reasons: readonly CpfReason[];
  readonly debut?: ParisDay;
  readonly fin?: ParisDay;
  readonly proof?: Partial<CpfProof>;
}

const refused = (reason: CpfReason, proof: Partial<CpfProof> = {}): Finding => ({
  answer: 'non',
  reasons: [reason],
  proof,
});
const unsure = (reason: CpfReason, proof: Partial<CpfProof> = {}): Finding => ({
  answer: 'nonVerifie',
  reasons: [reason],
  proof,
});
const granted = (proof: Partial<CpfProof> = {}): Finding => ({ answer: 'oui', reasons: ['eligible'], proof });

/** No row in a table proves an absence only when the table is complete. */
function missing(table: Table<unknown>, reason: CpfReason, proof: Partial<CpfProof> = {}): Finding {
  return table.state === 'complete' ? refused(reason, proof) : unsure('tableIncomplete', proof);
}

/** The part of the session's dates in which the certification is registered, or why there is none. */
function judgeDates(question: CpfQuestion, certification: Certification): Finding {
  const proof = { certification };
  if (!certification.actif) return refused('certificationInactive', proof);
  const { debut, fin, permanente } = question;
  if (debut === undefined && !permanente) return unsure('datesInconnues', proof);
  const from = later(debut, certification.debut);
  const to = earlier(fin, certification.fin);
  if (from !== undefined && to !== undefined && from > to) return refused('horsValidite', proof);
  const whole = (debut === undefined || from === debut) && (fin === undefined || to === fin);
  if (!permanente && !whole) return refused('horsValidite', proof);
  return { ...granted(proof), ...(from && { debut: from }), ...(to && { fin: to }) };
}

function later(a: ParisDay | undefined, b: ParisDay | undefined): ParisDay | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earlier(a: ParisDay | undefined, b: ParisDay | undefined): ParisDay | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function judgeCertification(question: CpfQuestion, code: string, tables: ReferenceTables): Finding {
  const { certifications } = tables;
  const certification = readable(certifications) ? certifications.get(code) : undefined;
  if (certification === undefined) return missing(certifications, 'certificationInconnue');
  const dates = judgeDates(question, certification);
  return certifications.state === 'complete' ? dates : unsure('tableIncomplete', { certification });
}

function readable(table: Table<unknown>): boolean {
  return table.state === 'complete' || table.state === 'partial';
}

function judgeHabilitation(
  siren: string,
  code: string,
  certification: Certification | undefined,
  tables: ReferenceTables,
): Finding {
  const { partenaires, certificateurs } = tables;
  if (partenaires.state !== 'complete') return unsure('tableIncomplete');
  const rows = partenaires.get(code) ?? [];
  const trains = (row: Partenaire) => row.habilitation === 'former' || row.habilitation === 'formerEtEvaluer';
  const habilitation = rows.find((row) => sirenOf(row.siret) === siren && trains(row));
  if (habilitation !== undefined) return granted({ habilitation });
  const own = readable(certificateurs)
    ? certificateurs.get(code)?.find((row) => sirenOf(row.siret) === siren)
    : undefined;
  if (own !== undefined) return granted({ habilitation: own });
  return certification?.deDroit === true && rows.length === 0 ? unsure('habilitationDeDroit') : refused('nonHabilite');
}

function judgeQualiopi(siren: string, action: ActionKind, tables: ReferenceTables): Finding {
  const { organismesPublics } = tables;
  if (organismesPublics.state !== 'complete') return unsure('tableIncomplete');
  const rows = organismesPublics.get(`siren:${siren}`) ?? [];
  const organisme = rows.find((row) => row.qualiopi[action]) ?? rows[0];
  if (organisme === undefined) return refused('organismeInconnu');
  return organisme.qualiopi[action] ? granted({ organisme }) : refused('nonQualiopi', { organisme });
}

/** All conditions must hold: one refusal refuses, else one doubt leaves it unverified. */
function all(findings: readonly Finding[]): Finding {
  const worst = Math.min(...findings.map(({ answer }) => RANK[answer]));
  const deciding = findings.filter(({ answer }) => RANK[answer] === worst);
  const [first = refused('aucuneCertification'), ...others] = findings;
  let together = first;
  for (const one of others) together = { ...together, ...one, proof: { ...together.proof, ...one.proof } };
  return {
    ...together,
    answer: deciding[0]?.answer ?? 'nonVerifie',
    reasons: [...new Set(deciding.flatMap(({ reasons }) => reasons))],
  };
}

/** What one subject is worth for a session, by the tables. */
export function judgeSubject(question: CpfQuestion, subject: CpfSubject, tables: ReferenceTables): Finding {
  const siren = sirenOf(question.siret);
  const of = (judge: (siren: string) => Finding) => (siren === undefined ? unsure('siretAbsent') : judge(siren));
  if (subject.kind === 'sansRegistre') {
    const dates: Finding = {
      ...granted(),
      ...(question.debut && { debut: question.debut }),
      ...(question.fin && { fin: question.fin }),
    };
    return all([dates, of((known) => judgeQualiopi(known, subject.action, tables))]);
  }
  const certification = judgeCertification(question, subject.code, tables);
  return all([
    certification,
    of((known) => judgeHabilitation(known, subject.code, certification.proof?.certification, tables)),
    of((known) => judgeQualiopi(known, question.action ?? 'formation', tables)),
  ]);
}
