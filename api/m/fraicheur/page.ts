import type { Sql } from '../../../db/connect.ts';
import { keepAnswers } from '../../../db/fraicheur/answer.ts';
import type { AskedSession } from '../../../db/fraicheur/asked.ts';
import { linkActor, linkScope } from '../../../db/fraicheur/link-scope.ts';
import { enqueueMails } from '../../../db/mail/enqueue.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import { LINK_LIFE_MS } from '../../../domain/model/mail.ts';
import { parisDayOf } from '../../../domain/model/paris-time.ts';
import type { Answer } from '../../answer.ts';
import { escapeHtml } from '../../page.ts';
import type { FormFields, LinkCall, LinkPage } from '../link-page.ts';
import { isOfPage } from '../page-token.ts';
import { readAnswers } from './read-answers.ts';
import { expiredView, freshnessView, waitingOf } from './view.ts';
import { WORDS } from './words.ts';

/** A new mail of the same sessions to the same person; at most one a day for each link. */
async function sendAgain(sql: Sql, { mail }: LinkCall): Promise<void> {
  const at = Date.now();
  const evenement = `renvoi-${mail.id}-${parisDayOf(at)}`;
  const cle = `fraicheur:${evenement}:${mail.destinataire}`;
  const sent = await sql.selectFrom('courriel').select('id').where('cle', '=', cle).executeTakeFirst();
  if (sent !== undefined) return;
  const to = mail.user_id === null ? { adresse: mail.adresse ?? '' } : { userId: mail.user_id };
  await enqueueMails(sql, [
    {
      kind: 'fraicheur',
      evenement,
      to,
      organismeId: mail.organisme_id,
      payload: mail.payload,
      pasAvant: at,
      lienExpireLe: at + LINK_LIFE_MS,
    },
  ]);
}

const named = (sessions: readonly AskedSession[]) => sessions.map(({ numero }) => escapeHtml(numero)).join(', ');

/** Two clicks at once wait for each other: the second finds what the first said. */
async function answer(call: LinkCall, fields: FormFields): Promise<Answer> {
  const { deps, mail, langue } = call;
  return deps.db.asWorker(async (sql) => {
    await sql.selectFrom('courriel').select('id').where('id', '=', mail.id).forUpdate().execute();
    const at = Date.now() as InstantMs;
    const scope = await linkScope(sql, mail, at);
    const { answers, badDates, badPlaces, ended } = readAnswers(fields, waitingOf(scope), scope.places);
    const notes = [
      ...(badDates.length > 0 ? [`${WORDS.badDates[langue]} ${named(badDates)}.`] : []),
      ...(badPlaces.length > 0 ? [`${WORDS.badPlaces[langue]} ${named(badPlaces)}.`] : []),
      ...(ended.length > 0 ? [`${WORDS.notSaid[langue]} ${named(ended)}.`] : []),
    ];
    if (answers.length === 0) {
      const unheard = notes.length === 0 && waitingOf(scope).length > 0 ? [WORDS.unanswered[langue]] : notes;
      return freshnessView(call, scope, unheard);
    }
    const by = await linkActor(sql, mail);
    const { dueHour } = deps.region;
    await keepAnswers(sql, { answers, by, voie: 'courriel', courrielId: mail.id, at, dueHour });
    return freshnessView(call, await linkScope(sql, mail, at), [WORDS.done[langue], ...notes]);
  });
}

const scopeOf = ({ deps, mail }: LinkCall) => deps.db.asWorker((sql) => linkScope(sql, mail, Date.now()));

/** What the link of a freshness mail opens: its sessions, answered without a password; only a POST of the page acts. */
export const freshnessPage: LinkPage = {
  async get(call) {
    if (call.expired) return expiredView(call, false);
    return freshnessView(call, await scopeOf(call));
  },
  async post(call, fields) {
    const { deps, token, langue } = call;
    const ofPage = isOfPage(deps.settings.linkSecret, token, fields.page?.[0], Date.now());
    if (call.expired) {
      if (ofPage) await deps.db.asWorker((sql) => sendAgain(sql, call));
      return expiredView(call, ofPage);
    }
    if (!ofPage) return freshnessView(call, await scopeOf(call), [WORDS.stale[langue]], 409);
    return answer(call, fields);
  },
};
