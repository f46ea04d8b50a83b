import { modesOf, readPreferences, setPreferences } from '../../db/mail/preferences.ts';
import { MAIL_KINDS, MAILS, type MailKind, type MailMode } from '../../domain/model/mail.ts';
import type { Bilingual } from '../../domain/model/words.ts';
import { escapeHtml } from '../page.ts';
import type { LinkCall, LinkPage } from './link-page.ts';
import { formField, mailPage } from './mail-page.ts';
import { isOfPage } from './page-token.ts';

const WORDS = {
  title: { fr: 'Vos courriels', en: 'Your mails' },
  ask: { fr: 'Ne plus recevoir ces courriels ?', en: 'Stop receiving these mails?' },
  about: { fr: 'Il s’agit de :', en: 'They are about:' },
  stop: { fr: 'Ne plus les recevoir', en: 'Stop them' },
  daily: { fr: 'Les recevoir en un seul courriel par jour', en: 'Get them in one mail a day' },
  must: {
    fr: 'Une décision sur votre propre saisie doit vous parvenir : ce courriel ne peut pas être arrêté, mais il peut attendre le récapitulatif du jour.',
    en: 'A decision about your own entry has to reach you: this mail cannot be stopped, but it can wait for the day’s digest.',
  },
  done: { fr: 'C’est fait.', en: 'Done.' },
  stopped: { fr: 'Vous ne recevrez plus ces courriels.', en: 'You will not receive these mails any more.' },
  nowDaily: { fr: 'Ils arriveront en un seul courriel par jour.', en: 'They will come in one mail a day.' },
  again: {
    fr: 'Pour changer d’avis : page « Courriels » de votre espace, ou écrivez-nous.',
    en: 'To change your mind: the “Mails” page of your space, or write to us.',
  },
  stale: {
    fr: 'Cette page était ouverte depuis trop longtemps : recommencez.',
    en: 'This page had been open for too long: try again.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** The kinds that a mail speaks for: its own, or those a digest gathers. */
function kindsOf({ mail }: LinkCall): readonly MailKind[] {
  const gathered = mail.payload.kinds;
  if (!Array.isArray(gathered)) return MAILS[mail.kind].chosen ? [mail.kind] : [];
  return MAIL_KINDS.filter((kind) => gathered.includes(kind));
}

const wishOf = (kinds: readonly MailKind[]): MailMode =>
  kinds.some((kind) => MAILS[kind].mayStop) ? 'aucun' : 'quotidien';

function kindsList({ langue }: LinkCall, kinds: readonly MailKind[]): string {
  return `<ul>${kinds.map((kind) => `<li>${escapeHtml(MAILS[kind].libelle[langue])}</li>`).join('')}</ul>`;
}

async function isDone({ deps, mail }: LinkCall, kinds: readonly MailKind[], wish: MailMode): Promise<boolean> {
  const modes = await deps.db.asWorker((sql) => readPreferences(sql, mail.destinataire));
  return kinds.filter((kind) => modesOf(kind).includes(wish)).every((kind) => modes.get(kind) === wish);
}

function donePage(call: LinkCall, wish: MailMode) {
  const { langue } = call;
  const said = wish === 'aucun' ? WORDS.stopped[langue] : WORDS.nowDaily[langue];
  return mailPage(
    call,
    WORDS.title[langue],
    `<h1>${WORDS.done[langue]}</h1><p>${said}</p><p>${WORDS.again[langue]}</p>`,
  );
}

function askPage(call: LinkCall, kinds: readonly MailKind[], wish: MailMode, note = '') {
  const { langue } = call;
  const must = wish === 'aucun' ? '' : `<p class="note">${WORDS.must[langue]}</p>`;
  const act = wish === 'aucun' ? WORDS.stop[langue] : WORDS.daily[langue];
  return mailPage(
    call,
    WORDS.title[langue],
    `${note}<h1>${WORDS.ask[langue]}</h1><p>${WORDS.about[langue]}</p>${kindsList(call, kinds)}${must}
<form method="post" class="choices">${formField(call)}<button>${act}</button></form>`,
  );
}

/** Stops the mails of a kind, or makes them a daily digest where they have to come; by one click (RFC 8058) or by the page. */
export const unsubscribePage: LinkPage = {
  async get(call) {
    const kinds = kindsOf(call);
    const wish = wishOf(kinds);
    return (await isDone(call, kinds, wish)) ? donePage(call, wish) : askPage(call, kinds, wish);
  },
  async post(call, fields) {
    const kinds = kindsOf(call);
    const wish = wishOf(kinds);
    const oneClick = fields['List-Unsubscribe']?.[0] === 'One-Click';
    const ofPage = isOfPage(call.deps.settings.linkSecret, call.token, fields.page?.[0], Date.now());
    if (!oneClick && !ofPage) return askPage(call, kinds, wish, `<p class="note">${WORDS.stale[call.langue]}</p>`);
    await call.deps.db.asWorker((sql) =>
      setPreferences(sql, call.mail.destinataire, new Map(kinds.map((kind) => [kind, wish]))),
    );
    return donePage(call, wish);
  },
};
