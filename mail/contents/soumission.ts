import type { InstantMs } from '../../domain/model/ids.ts';
import type { FactsOf, MailFiche } from '../../domain/model/mail-facts.ts';
import { describeDue, type Lang } from '../../domain/model/words.ts';
import { type Act, type Block, type Content, quote, type Telling, text } from '../content.ts';

export const OF_REASON = {
  fr: (fiche: MailFiche) => `Vous recevez ce courriel parce que vous saisissez l’offre de ${fiche.organisme}.`,
  en: (fiche: MailFiche) => `You receive this mail because you enter the offer of ${fiche.organisme}.`,
};

const FOLLOW = { fr: 'Voir cette saisie', en: 'See this entry' } as const;
const CORRECT = { fr: 'Corriger cette saisie', en: 'Correct this entry' } as const;

export const follow = (soumission: string, langue: Lang): Act => ({
  label: FOLLOW[langue],
  path: `/of/soumissions/${soumission}`,
});
const correct = (soumission: string, langue: Lang): Act => ({
  label: CORRECT[langue],
  path: `/of/saisie/${soumission}`,
});

export const quoted = ({ titre }: MailFiche, langue: Lang) => (langue === 'fr' ? `« ${titre} »` : `“${titre}”`);

export function published(diffusion: number | null, { langue, now }: Telling): Block[] {
  if (diffusion === null) return [];
  const due = describeDue(diffusion as InstantMs, now as InstantMs, langue);
  return [text(langue === 'fr' ? `Publication au plus tard : ${due}.` : `Published at the latest: ${due}.`)];
}

export function received(facts: FactsOf<'recu'>, telling: Telling): Content {
  const { langue } = telling;
  const { fiche } = facts;
  const said =
    langue === 'fr'
      ? `${quoted(fiche, langue)} est arrivée et ses contrôles sont passés. Le Cariforef la relit.`
      : `${quoted(fiche, langue)} came in and passed its checks. The Cariforef reviews it.`;
  return {
    subject: langue === 'fr' ? `Saisie reçue : ${fiche.titre}` : `Entry received: ${fiche.titre}`,
    title: langue === 'fr' ? 'Saisie reçue' : 'Entry received',
    blocks: [text(said), ...published(facts.diffusion, telling)],
    act: follow(facts.soumission, langue),
    reason: OF_REASON[langue](fiche),
  };
}

function requests({ demandes }: FactsOf<'corrections'>, langue: Lang): Block[] {
  if (demandes.length === 0) return [];
  const items = demandes.map(({ libelle, comment }) => ({ text: libelle[langue], note: comment }));
  return [{ kind: 'list', items }];
}

const BY_RULES = {
  fr: (fiche: MailFiche, n: number) =>
    `Les contrôles ont trouvé ${n === 1 ? 'une erreur' : `${n} erreurs`} dans ${quoted(fiche, 'fr')}. Corrigez et déposez de nouveau : le délai est en pause jusque-là.`,
  en: (fiche: MailFiche, n: number) =>
    `The checks found ${n === 1 ? 'a fault' : `${n} faults`} in ${quoted(fiche, 'en')}. Correct it and deposit again: the clock waits until then.`,
};
const BY_PEOPLE = {
  fr: (fiche: MailFiche) =>
    `Le Cariforef vous demande de corriger ${quoted(fiche, 'fr')}. Le délai est en pause jusqu’à votre réponse.`,
  en: (fiche: MailFiche) =>
    `The Cariforef asks you to correct ${quoted(fiche, 'en')}. The clock waits until your answer.`,
};

export function corrections(facts: FactsOf<'corrections'>, { langue }: Telling): Content {
  const { fiche, parRegles, motif } = facts;
  const said = parRegles === null ? BY_PEOPLE[langue](fiche) : BY_RULES[langue](fiche, parRegles);
  return {
    subject: langue === 'fr' ? `À corriger : ${fiche.titre}` : `To correct: ${fiche.titre}`,
    title: langue === 'fr' ? 'Des corrections sont demandées' : 'Corrections are asked for',
    blocks: [text(said), ...quote(motif), ...requests(facts, langue)],
    act: correct(facts.soumission, langue),
    reason: OF_REASON[langue](fiche),
  };
}

export function reminder({ fiche, soumission, jour }: FactsOf<'rappel'>, { langue }: Telling): Content {
  const said =
    langue === 'fr'
      ? `Depuis ${jour} jours, ${quoted(fiche, langue)} attend vos corrections. Sans réponse au bout de 60 jours, cette saisie sera close.`
      : `For ${jour} days ${quoted(fiche, langue)} has waited for your corrections. Without an answer within 60 days this entry will be closed.`;
  return {
    subject: langue === 'fr' ? `Rappel, à corriger : ${fiche.titre}` : `Reminder, to correct: ${fiche.titre}`,
    title: langue === 'fr' ? 'Vos corrections sont attendues' : 'Your corrections are awaited',
    blocks: [text(said)],
    act: correct(soumission, langue),
    reason: OF_REASON[langue](fiche),
  };
}

export function closed({ fiche, soumission, jours }: FactsOf<'abandon'>, { langue }: Telling): Content {
  const said =
    langue === 'fr'
      ? `${quoted(fiche, langue)} attendait vos corrections depuis ${jours} jours : cette saisie est close. Ce qui était publié le reste ; vous pouvez saisir de nouveau.`
      : `${quoted(fiche, langue)} had waited for your corrections for ${jours} days: this entry is closed. What was published stays so; you may enter it again.`;
  return {
    subject: langue === 'fr' ? `Saisie close : ${fiche.titre}` : `Entry closed: ${fiche.titre}`,
    title: langue === 'fr' ? 'Saisie close sans réponse' : 'Entry closed without an answer',
    blocks: [text(said)],
    act: follow(soumission, langue),
    reason: OF_REASON[langue](fiche),
  };
}

export function message({ fiche, soumission, texte }: FactsOf<'message'>, { langue, region }: Telling): Content {
  const who = region.cariforef.nom;
  return {
    subject: langue === 'fr' ? `Message à propos de : ${fiche.titre}` : `Message about: ${fiche.titre}`,
    title: langue === 'fr' ? `${who} vous écrit` : `${who} writes to you`,
    blocks: [
      text(langue === 'fr' ? `À propos de ${quoted(fiche, langue)} :` : `About ${quoted(fiche, langue)}:`),
      ...quote(texte),
    ],
    act: { ...follow(soumission, langue), label: langue === 'fr' ? 'Répondre' : 'Answer' },
    reason: OF_REASON[langue](fiche),
  };
}
