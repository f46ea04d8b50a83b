import type { MailKind } from '../../domain/model/mail.ts';
import { type FactsOf, MAIL_LIST_MAX, type MailFacts } from '../../domain/model/mail-facts.ts';
import { type Block, type Content, type Telling, text } from '../content.ts';
import { decision, takenBack, withdrawn } from './decision.ts';
import { freshness } from './freshness.ts';
import { escalation, keptOut, published } from './release.ts';
import { closed, corrections, message, received, reminder } from './soumission.ts';

function digest({ parties, total }: FactsOf<'recapitulatif'>, telling: Telling): Content {
  const { langue } = telling;
  const parts = parties.slice(0, MAIL_LIST_MAX).map((facts) => contentOf(facts, telling));
  const isConsole = parties.every(({ kind }) => kind === 'escalade');
  const more = total - parts.length;
  const rest = langue === 'fr' ? `… et ${more} de plus dans votre espace.` : `… and ${more} more in your space.`;
  return {
    subject: langue === 'fr' ? `${total} nouvelles de votre offre` : `${total} updates about your offer`,
    title: langue === 'fr' ? 'Ce qui s’est passé' : 'What happened',
    blocks: [
      ...parts.flatMap(({ subject, blocks }): Block[] => [{ kind: 'heading', text: subject }, ...blocks]),
      ...(more > 0 ? [text(rest)] : []),
    ],
    act: {
      label: langue === 'fr' ? 'Ouvrir mon espace' : 'Open my space',
      path: isConsole ? '/console/' : '/of/',
    },
    reason:
      langue === 'fr'
        ? 'Vous recevez ce courriel parce que plusieurs nouvelles vous attendaient : elles tiennent en un seul.'
        : 'You receive this mail because several updates waited for you: they come in one.',
  };
}

function trial(_facts: FactsOf<'essai'>, { langue }: Telling): Content {
  return {
    subject: langue === 'fr' ? 'Essai d’envoi' : 'Test mail',
    title: langue === 'fr' ? 'L’envoi fonctionne' : 'Sending works',
    blocks: [
      text(
        langue === 'fr'
          ? 'Ce courriel d’essai est parti par le même chemin que tous les autres.'
          : 'This test mail left the same way as all others.',
      ),
    ],
    reason:
      langue === 'fr'
        ? 'Vous recevez ce courriel parce que vous venez de demander un essai.'
        : 'You receive this mail because you just asked for a test.',
  };
}

const CONTENTS: { readonly [K in MailKind]: (facts: FactsOf<K>, telling: Telling) => Content } = {
  recu: received,
  corrections,
  rappel: reminder,
  decision,
  annulation: takenBack,
  abandon: closed,
  publie: published,
  horsRelease: keptOut,
  retrait: withdrawn,
  message,
  escalade: escalation,
  fraicheur: freshness,
  recapitulatif: digest,
  essai: trial,
};

/** What a mail of these facts says in one language. */
export function contentOf(facts: MailFacts, telling: Telling): Content {
  const write = CONTENTS[facts.kind] as (facts: MailFacts, telling: Telling) => Content;
  return write(facts, telling);
}
