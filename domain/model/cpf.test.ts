import { describe, expect, it } from '@jest/globals';
import { aFormation, sampleSiret } from './builders.ts';
import { cpfSubjects, ficheCode, permittedKind } from './certification-codes.ts';
import { parseCertificationRow, parsePartenaireRow } from './certifications.ts';
import { type CpfQuestion, markSession } from './cpf.ts';
import { cpfQuestion } from './cpf-question.ts';
import type { ParisDay } from './ids.ts';
import { parseOrganismePublicRow } from './organismes-publics.ts';
import { setAtPath } from './paths.ts';
import { someTables } from './sample-tables.ts';
import { ABSENT, type ReferenceTables, tableOf } from './tables.ts';

const day = (text: string) => text as ParisDay;
const question: CpfQuestion = {
  debut: day('2027-01-23'),
  fin: day('2027-04-23'),
  permanente: false,
  sujets: [{ kind: 'registre', code: 'RNCP37535' }],
  siret: sampleSiret(1),
};
const ask = (given: Partial<CpfQuestion> = {}, tables: Partial<ReferenceTables> = {}) =>
  markSession({ ...question, ...given }, someTables(tables));
const organismes = (qualiopi: Partial<Record<string, boolean>>) => {
  const row = someTables().organismesPublics.get(`siren:${sampleSiret(1).slice(0, 9)}`)?.[0];
  if (row === undefined) throw new Error('no sample organisme');
  const changed = { ...row, qualiopi: { ...row.qualiopi, ...qualiopi } };
  return tableOf({ [`siren:${row.siren}`]: [changed] });
};
const bilan = permittedKind('CPF202');
const permis = permittedKind('206');
const otherPartner = {
  RNCP37535: [{ code: 'RNCP37535', siret: sampleSiret(7), nom: 'Autre', habilitation: 'former' as const }],
};
const evaluatorOnly = {
  RNCP37535: [{ code: 'RNCP37535', siret: sampleSiret(1), nom: 'OF', habilitation: 'evaluer' as const }],
};

describe('the CPF marking of a session', () => {
  it.each([
    ['registered, habilitated and Qualiopi', ask(), 'oui', ['eligible']],
    [
      'another establishment of the same company',
      ask({ siret: `${sampleSiret(1).slice(0, 9)}00099` }),
      'oui',
      ['eligible'],
    ],
    [
      'a certifier that trains itself',
      ask(
        {},
        {
          partenaires: tableOf(otherPartner),
          certificateurs: tableOf({ RNCP37535: [{ code: 'RNCP37535', siret: sampleSiret(1), nom: 'OF' }] }),
        },
      ),
      'oui',
      ['eligible'],
    ],
    ['no certification', ask({ sujets: [] }), 'non', ['aucuneCertification']],
    [
      'an inactive certification',
      ask({ sujets: [{ kind: 'registre', code: 'RNCP509' }] }),
      'non',
      ['certificationInactive'],
    ],
    [
      'a code that no fiche has',
      ask({ sujets: [{ kind: 'registre', code: 'RNCP1' }] }),
      'non',
      ['certificationInconnue', 'nonHabilite'],
    ],
    [
      'active with a passed end date',
      ask({ debut: day('2029-09-03'), fin: day('2030-06-30') }),
      'non',
      ['horsValidite'],
    ],
    [
      'a session that outlives the registration',
      ask({ debut: day('2029-06-01'), fin: day('2029-12-01') }),
      'non',
      ['horsValidite'],
    ],
    [
      'a session before the registration',
      ask({ debut: day('2022-01-01'), fin: day('2022-02-01') }),
      'non',
      ['horsValidite'],
    ],
    [
      'unknown dates',
      markSession({ permanente: false, sujets: question.sujets, siret: question.siret }, someTables()),
      'nonVerifie',
      ['datesInconnues'],
    ],
    ['another organisme is habilitated', ask({}, { partenaires: tableOf(otherPartner) }), 'non', ['nonHabilite']],
    ['habilitated to assess only', ask({}, { partenaires: tableOf(evaluatorOnly) }), 'non', ['nonHabilite']],
    [
      'a diploma by right without any listed partner',
      ask({}, { partenaires: tableOf({}) }),
      'nonVerifie',
      ['habilitationDeDroit'],
    ],
    [
      'no Qualiopi for training',
      ask({}, { organismesPublics: organismes({ formation: false }) }),
      'non',
      ['nonQualiopi'],
    ],
    ['not on the public list', ask({}, { organismesPublics: tableOf({}) }), 'non', ['organismeInconnu']],
    ['no SIRET', ask({ siret: '' }), 'nonVerifie', ['siretAbsent']],
    ['no Standard table', ask({}, { certifications: ABSENT }), 'nonVerifie', ['tableIncomplete']],
    ['no Partenaires table', ask({}, { partenaires: ABSENT }), 'nonVerifie', ['tableIncomplete']],
    ['no public list', ask({}, { organismesPublics: ABSENT }), 'nonVerifie', ['tableIncomplete']],
    [
      'a Standard table in quarantine',
      ask({}, { certifications: { ...someTables().certifications, state: 'quarantine' as const } }),
      'nonVerifie',
      ['tableIncomplete'],
    ],
    [
      'a partial Standard table',
      ask({}, { certifications: { ...someTables().certifications, state: 'partial' as const } }),
      'nonVerifie',
      ['tableIncomplete'],
    ],
    [
      'inactive, whatever the other tables',
      ask({ sujets: [{ kind: 'registre', code: 'RNCP509' }] }, { partenaires: ABSENT, organismesPublics: ABSENT }),
      'non',
      ['certificationInactive'],
    ],
    ['a bilan without Qualiopi for bilans', ask({ sujets: bilan ? [bilan] : [] }), 'non', ['nonQualiopi']],
    [
      'a bilan with it',
      ask({ sujets: bilan ? [bilan] : [] }, { organismesPublics: organismes({ bilan: true }) }),
      'oui',
      ['eligible'],
    ],
    ['a permis', ask({ sujets: permis ? [permis] : [] }), 'oui', ['eligible']],
  ])('%s: %#', (_case, marking, answer, reasons) => {
    expect([marking.answer, marking.reasons]).toEqual([answer, reasons]);
  });

  it('gives a permanent entry the interval in which the certification is registered', () => {
    const marking = ask({ permanente: true, debut: day('2029-01-01'), fin: day('2030-12-31') });
    expect(marking).toMatchObject({
      answer: 'oui',
      code: 'RNCP37535',
      source: 'RNCP',
      debut: '2029-01-01',
      fin: '2029-08-31',
    });
    const open = markSession({ permanente: true, sujets: question.sujets, siret: question.siret }, someTables());
    expect(open).toMatchObject({ answer: 'oui', debut: '2023-09-01', fin: '2029-08-31' });
  });

  it('takes the best of several certifications', () => {
    const sujets = [{ kind: 'registre' as const, code: 'RNCP509' }, ...question.sujets];
    expect(ask({ sujets })).toMatchObject({ answer: 'oui', code: 'RNCP37535' });
  });

  it('keeps the rows that prove it', () => {
    const { proof } = ask();
    expect(proof.certification?.code).toBe('RNCP37535');
    expect(proof.habilitation?.siret).toBe(sampleSiret(1));
    expect(proof.organisme?.nda).toBe('52440000001');
    expect(proof.tables.partenaires.state).toBe('complete');
  });

  it('is asked from the fiche', () => {
    const formation = aFormation();
    const [action] = formation.actions;
    const [session] = action?.sessions ?? [];
    if (action === undefined || session === undefined) throw new Error('no sample session');
    expect(cpfQuestion(formation, action, session, sampleSiret(1))).toEqual({ ...question, action: 'formation' });
  });
});

describe('the codes of a certification', () => {
  it.each([
    ['RNCP', '37535', 'RNCP37535'],
    ['RNCP', 'RNCP 37535', 'RNCP37535'],
    ['RNCP', 'rncp37535BC02', 'RNCP37535'],
    ['RS', '0320', 'RS320'],
    ['RNCP', '-1', undefined],
    ['RNCP', '0', undefined],
    ['RNCP', '', undefined],
  ] as const)('reads %s %s', (register, text, code) => {
    expect(ficheCode(register, text)).toBe(code);
  });

  it('takes the certification a session refers to instead of all', () => {
    const formation = setAtPath(aFormation(), '/champs/certification/1/code-RS', '5000').champs;
    expect(cpfSubjects(formation).map(({ code }) => code)).toEqual(['RNCP37535', 'RS5000']);
    const referring = { 'reference-certification': [{ 'reference-code-RS': '5000' }] };
    expect(cpfSubjects(formation, referring)).toEqual([{ kind: 'registre', code: 'RS5000' }]);
  });
});

describe('the rows of the sources', () => {
  const standard = {
    Numero_Fiche: 'RNCP509',
    Intitule: 'Agent',
    Date_Fin_Enregistrement: '31/08/2023',
    Type_Enregistrement: 'Enregistrement de droit',
    Actif: 'INACTIVE',
    Nouvelle: 'x',
  };

  it('reads a certification and ignores unknown columns', () => {
    expect(parseCertificationRow(standard)).toEqual({
      kind: 'read',
      value: { code: 'RNCP509', intitule: 'Agent', actif: false, fin: '2023-08-31', deDroit: true },
    });
  });

  it.each([
    [parseCertificationRow({ ...standard, Actif: '' }), 'Actif'],
    [parseCertificationRow({ ...standard, Numero_Fiche: '' }), 'Numero_Fiche'],
    [parseCertificationRow({ ...standard, Date_Fin_Enregistrement: '31/02/2023' }), 'RNCP509'],
    [parsePartenaireRow({ Numero_Fiche: 'RS5000', Siret_Partenaire: '123' }), 'RS5000'],
    [parseOrganismePublicRow({ numeroDeclarationActivite: '', siren: '812345678' }), 'numeroDeclarationActivite'],
    [parseOrganismePublicRow({ numeroDeclarationActivite: '52440000001', siren: '' }), 'siren'],
  ])('says what makes a row unreadable (%#)', (row, reason) => {
    expect(row.kind === 'unreadable' && row.reason).toContain(reason);
  });

  it('reads a SIRET behind a TAB and never makes a right of an unknown habilitation', () => {
    const row = {
      Numero_Fiche: 'RS5000',
      Nom_Partenaire: 'ALYRA',
      Siret_Partenaire: '\t82815245400033',
      Habilitation_Partenaire: 'AUTRE',
    };
    expect(parsePartenaireRow(row)).toEqual({
      kind: 'read',
      value: { code: 'RS5000', siret: '82815245400033', nom: 'ALYRA' },
    });
  });

  it('reads the public list and puts back the zeros a spreadsheet ate', () => {
    const row = {
      numeroDeclarationActivite: '1234567890',
      siren: '12345678',
      siretEtablissementDeclarant: '00012',
      denomination: 'OF',
      'certifications.VAE': 'true',
    };
    expect(parseOrganismePublicRow(row)).toEqual({
      kind: 'read',
      value: {
        nda: '01234567890',
        siren: '012345678',
        siret: '01234567800012',
        denomination: 'OF',
        qualiopi: { formation: false, bilan: false, vae: true, apprentissage: false },
      },
    });
  });
});
