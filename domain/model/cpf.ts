import type { CpfSubject } from './certification-codes.ts';
import type { Certificateur, Certification, Partenaire } from './certifications.ts';
import type { ParisDay } from './ids.ts';
import type { ActionKind, OrganismePublic } from './organismes-publics.ts';
import { sirenOf } from './siret.ts';
import type { ReferenceTables, Table, TableState } from './tables.ts';
import type { CpfAnswer } from './vocabulary.ts';

/** Why a marking is what it is; screens translate them. */
export const CPF_REASONS = [
  'aucuneCertification',
  'certificationInconnue',
  'certificationInactive',
  'horsValidite',
  'datesInconnues',
  'siretAbsent',
  'nonHabilite',
  'habilitationDeDroit',
  'organismeInconnu',
  'nonQualiopi',
  'tableIncomplete',
  'eligible',
] as const;
export type CpfReason = (typeof CPF_REASONS)[number];

export type CpfTableName = 'certifications' | 'partenaires' | 'organismesPublics';

/** What is asked of one session; days are Paris days, absent when unknown. */
export interface CpfQuestion {
  readonly debut?: ParisDay;
  readonly fin?: ParisDay;
  /** Entries at any time between the two: eligible for the part of the interval in which the certification is active. */
  readonly permanente: boolean;
  readonly sujets: readonly CpfSubject[];
  /** SIRET of the organisme responsable; habilitation and Qualiopi match on its SIREN. */
  readonly siret: string;
  /** The kind of training action for which Qualiopi is looked at; formation unless said. */
  readonly action?: ActionKind;
}

export interface CpfProof {
  readonly subject?: string;
  readonly siren?: string;
  readonly certification?: Certification;
  readonly habilitation?: Partenaire | Certificateur;
  readonly organisme?: OrganismePublic;
  readonly tables: Readonly<Record<CpfTableName, { readonly state: TableState; readonly version?: string }>>;
}

/** The marking of one session: its answer, under which code and until when, and the rows that prove it. */
export interface CpfMarking {
  readonly answer: CpfAnswer;
  readonly code?: string;
  readonly source: 'RNCP' | 'RS' | 'sansRegistre' | 'aucune';
  /** Interval of eligibility; absent means without limit, or not eligible. */
  readonly debut?: ParisDay;
  readonly fin?: ParisDay;
  readonly reasons: readonly CpfReason[];
  readonly proof: CpfProof;
}

const RANK: Record<CpfAnswer, number> = { oui: 2, nonVerifie: 1, non: 0 };

interface Finding {
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

function judgeSubject(question: CpfQuestion, subject: CpfSubject, tables: ReferenceTables): Finding {
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
