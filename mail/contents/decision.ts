import type { FactsOf } from '../../domain/model/mail-facts.ts';
import type { Lang } from '../../domain/model/words.ts';
import { type Content, quote, type Telling, text } from '../content.ts';
import { follow, OF_REASON, published, quoted } from './soumission.ts';

const SUBJECTS = {
  approve: { fr: 'Validée', en: 'Approved' },
  withdraw: { fr: 'Retrait validé', en: 'Withdrawal approved' },
  refuse: { fr: 'Refusée', en: 'Refused' },
} as const;

function said(facts: FactsOf<'decision'>, langue: Lang): string {
  const name = quoted(facts.fiche, langue);
  if (facts.sens === 'refuse')
    return langue === 'fr'
      ? `Le Cariforef n’a pas retenu ${name}. Ce qui était publié le reste.`
      : `The Cariforef did not keep ${name}. What was published stays so.`;
  if (facts.retrait)
    return langue === 'fr' ? `Le retrait de ${name} est validé.` : `The withdrawal of ${name} is approved.`;
  if (facts.parRegle)
    return langue === 'fr'
      ? `${name} est validée sans attendre : ce genre de changement, de votre part, est accepté par règle.`
      : `${name} is approved without waiting: this kind of change, coming from you, is accepted by rule.`;
  return langue === 'fr' ? `Le Cariforef a validé ${name}.` : `The Cariforef approved ${name}.`;
}

export function decision(facts: FactsOf<'decision'>, telling: Telling): Content {
  const { langue } = telling;
  const word = SUBJECTS[facts.sens === 'approve' && facts.retrait ? 'withdraw' : facts.sens][langue];
  return {
    subject: langue === 'fr' ? `${word} : ${facts.fiche.titre}` : `${word}: ${facts.fiche.titre}`,
    title: word,
    blocks: [
      text(said(facts, langue)),
      ...quote(facts.motif),
      ...(facts.sens === 'approve' ? published(facts.diffusion, telling) : []),
    ],
    act: follow(facts.soumission, langue),
    reason: OF_REASON[langue](facts.fiche),
  };
}

export function takenBack({ fiche, soumission }: FactsOf<'annulation'>, { langue }: Telling): Content {
  const told =
    langue === 'fr'
      ? `La décision annoncée sur ${quoted(fiche, langue)} ne tient plus : le Cariforef la relit. Un autre courriel vous dira la suite.`
      : `The decision told on ${quoted(fiche, langue)} no longer holds: the Cariforef reviews it again. Another mail will tell what follows.`;
  return {
    subject: langue === 'fr' ? `Décision reprise : ${fiche.titre}` : `Decision taken back: ${fiche.titre}`,
    title: langue === 'fr' ? 'Décision reprise' : 'Decision taken back',
    blocks: [text(told)],
    act: follow(soumission, langue),
    reason: OF_REASON[langue](fiche),
  };
}

const takenOut = {
  fr: (name: string, sessions: number | null) =>
    sessions === null
      ? `Le Cariforef a retiré ${name} de l’offre publiée.`
      : `Le Cariforef a retiré ${sessions === 1 ? 'une session' : `${sessions} sessions`} de ${name} de l’offre publiée.`,
  en: (name: string, sessions: number | null) =>
    sessions === null
      ? `The Cariforef took ${name} out of the published offer.`
      : `The Cariforef took ${sessions === 1 ? 'a session' : `${sessions} sessions`} of ${name} out of the published offer.`,
};

export function withdrawn(facts: FactsOf<'retrait'>, { langue }: Telling): Content {
  const { fiche, sessions, motif, soumission } = facts;
  return {
    subject: langue === 'fr' ? `Retirée de l’offre : ${fiche.titre}` : `Taken out of the offer: ${fiche.titre}`,
    title: langue === 'fr' ? 'Retirée de l’offre' : 'Taken out of the offer',
    blocks: [text(takenOut[langue](quoted(fiche, langue), sessions)), ...quote(motif)],
    act: follow(soumission, langue),
    reason: OF_REASON[langue](fiche),
  };
}
