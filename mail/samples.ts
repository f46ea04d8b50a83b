import type { MailKind } from '../domain/model/mail.ts';
import type { FactsOf, MailFiche } from '../domain/model/mail-facts.ts';

const fiche: MailFiche = { kind: 'formation', titre: 'CAP ébéniste', organisme: 'Greta du Maine' };
const soumission = '0197c2a4-1111-7222-8333-444455556666';
const about = { soumission, fiche };
/** Tuesday 24 November 2026, 10:00 in Paris. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 24, 9);
const diffusion = Date.UTC(2026, 10, 26, 17);

/** One mail of each kind with plausible facts: for tests, and to look at. */
export const SAMPLES: { readonly [K in MailKind]: FactsOf<K> } = {
  recu: { kind: 'recu', ...about, diffusion },
  corrections: {
    kind: 'corrections',
    ...about,
    motif: 'Presque prête : deux points à revoir.',
    demandes: [
      {
        libelle: { fr: 'Objectif de formation', en: 'Purpose' },
        comment: 'Dites ce que la personne saura faire à la fin.',
      },
      {
        libelle: { fr: 'Action 1 › Session 2 › Période › Début', en: 'Action 1 › Session 2 › Period › Start' },
        comment: 'Le 30 février n’existe pas.',
      },
    ],
    parRegles: null,
  },
  rappel: { kind: 'rappel', ...about, jour: 15 },
  decision: {
    kind: 'decision',
    ...about,
    sens: 'approve',
    motif: null,
    retrait: false,
    parRegle: false,
    diffusion,
  },
  annulation: { kind: 'annulation', ...about },
  abandon: { kind: 'abandon', ...about, jours: 60 },
  publie: { kind: 'publie', release: 42, titres: ['CAP ébéniste', 'BTS comptabilité et gestion'], total: 2 },
  horsRelease: {
    kind: 'horsRelease',
    fiches: [
      { titre: 'CAP ébéniste', raison: 'echue' },
      { titre: 'Titre professionnel soudeur', raison: 'disjoncteur' },
    ],
    total: 2,
  },
  retrait: { kind: 'retrait', ...about, motif: 'Site fermé sur décision préfectorale.', sessions: 2 },
  message: { kind: 'message', ...about, texte: 'Bonjour,\nla session de mars est-elle bien au Mans ?' },
  escalade: { kind: 'escalade', ...about, clock: 'traitement', due: Date.UTC(2026, 10, 24, 17) },
  fraicheur: {
    kind: 'fraicheur',
    organismes: ['Greta du Maine'],
    sessions: [
      { titre: 'CAP ébéniste', stage: 'retiree', debut: '20260907', fin: '20270630', lieu: 'Mayenne', terminee: false },
      { titre: 'CAP ébéniste', stage: 'rappel1', debut: '20270104', fin: '20270630', lieu: 'Le Mans', terminee: false },
      {
        titre: 'Anglais professionnel',
        stage: 'aConfirmer',
        debut: '00000000',
        fin: '99999999',
        lieu: null,
        terminee: false,
      },
    ],
    total: 3,
  },
  recapitulatif: {
    kind: 'recapitulatif',
    parties: [
      { kind: 'recu', ...about, diffusion },
      { kind: 'publie', release: 42, titres: ['CAP ébéniste'], total: 1 },
    ],
    total: 2,
  },
  essai: { kind: 'essai' },
};
