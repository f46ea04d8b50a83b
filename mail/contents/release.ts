import type { InstantMs } from '../../domain/model/ids.ts';
import { keptOutWords } from '../../domain/model/kept-out.ts';
import { type FactsOf, MAIL_LIST_MAX } from '../../domain/model/mail-facts.ts';
import type { Clock } from '../../domain/model/vocabulary.ts';
import { type Bilingual, describeDue, type Lang } from '../../domain/model/words.ts';
import type { Block, Content, ListItem, Telling } from '../content.ts';
import { text } from '../content.ts';
import { quoted } from './soumission.ts';

const REASON: Bilingual = {
  fr: 'Vous recevez ce courriel parce que vous avez saisi ces fiches, ou saisissez pour leur organisme.',
  en: 'You receive this mail because you entered these, or enter for their organisation.',
};
const HOME = { fr: 'Voir mon offre', en: 'See my offer' } as const;

/** A list of at most so many entries, and how many more there are. */
export function listOf(items: readonly ListItem[], total: number, langue: Lang): Block[] {
  const shown: Block = { kind: 'list', items: items.slice(0, MAIL_LIST_MAX) };
  const more = total - Math.min(items.length, MAIL_LIST_MAX);
  if (more <= 0) return [shown];
  return [shown, text(langue === 'fr' ? `… et ${more} de plus.` : `… and ${more} more.`)];
}

export function published({ release, titres, total }: FactsOf<'publie'>, { langue }: Telling): Content {
  const said =
    langue === 'fr'
      ? `${total === 1 ? 'Une de vos saisies est publiée' : `${total} de vos saisies sont publiées`} (publication n° ${release}).`
      : `${total === 1 ? 'One of your entries is published' : `${total} of your entries are published`} (release ${release}).`;
  return {
    subject:
      langue === 'fr'
        ? `Publié : ${titres[0] ?? ''}${total > 1 ? ' …' : ''}`
        : `Published: ${titres[0] ?? ''}${total > 1 ? ' …' : ''}`,
    title: langue === 'fr' ? 'Votre offre est publiée' : 'Your offer is published',
    blocks: [
      text(said),
      ...listOf(
        titres.map((titre) => ({ text: titre })),
        total,
        langue,
      ),
    ],
    act: { label: HOME[langue], path: '/of/' },
    reason: REASON[langue],
  };
}

export function keptOut({ fiches, total }: FactsOf<'horsRelease'>, { langue }: Telling): Content {
  return {
    subject: langue === 'fr' ? `Non publié : ${fiches[0]?.titre ?? ''}` : `Not published: ${fiches[0]?.titre ?? ''}`,
    title: langue === 'fr' ? 'Validé, mais pas publié' : 'Approved, but not published',
    blocks: [
      text(
        langue === 'fr'
          ? 'La dernière publication n’a pas pu prendre ce que voici. Ce qui était publié avant le reste.'
          : 'The latest release could not take the following. What was published before stays so.',
      ),
      ...listOf(
        fiches.map(({ titre, raison }) => ({ text: titre, note: keptOutWords(raison)[langue] })),
        total,
        langue,
      ),
    ],
    act: { label: HOME[langue], path: '/of/' },
    reason: REASON[langue],
  };
}

const CLOCK_WORDS: Readonly<Record<Clock, Bilingual>> = {
  alimentation: { fr: 'l’alimentation', en: 'the intake' },
  traitement: { fr: 'le traitement', en: 'the decision' },
  diffusion: { fr: 'la diffusion', en: 'the publication' },
};

export function escalation({ fiche, soumission, clock, due }: FactsOf<'escalade'>, { langue, now }: Telling): Content {
  const when = describeDue(due as InstantMs, now as InstantMs, langue);
  const what = CLOCK_WORDS[clock][langue];
  const said =
    langue === 'fr'
      ? `Pour ${quoted(fiche, langue)} (${fiche.organisme}), ${what} est promis pour : ${when}.`
      : `For ${quoted(fiche, langue)} (${fiche.organisme}), ${what} is promised by: ${when}.`;
  return {
    subject: langue === 'fr' ? `Bientôt due : ${fiche.titre}` : `Coming due: ${fiche.titre}`,
    title: langue === 'fr' ? 'Une promesse arrive à échéance' : 'A promise comes due',
    blocks: [text(said)],
    act: { label: langue === 'fr' ? 'Ouvrir la saisie' : 'Open the entry', path: `/console/soumissions/${soumission}` },
    reason:
      langue === 'fr'
        ? 'Vous recevez ce courriel parce que vous êtes du Cariforef.'
        : 'You receive this mail because you are of the Cariforef.',
  };
}
