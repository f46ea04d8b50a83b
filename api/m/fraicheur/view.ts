import type { AskedSession } from '../../../db/fraicheur/asked.ts';
import type { LastAnswer, LinkScope } from '../../../db/fraicheur/link-scope.ts';
import { ANSWER_LABELS } from '../../../domain/model/fraicheur/answers.ts';
import { answersFor } from '../../../domain/model/fraicheur/ended.ts';
import { parseLheoDate } from '../../../domain/model/lheo-dates.ts';
import type { Lang } from '../../../domain/model/words.ts';
import { escapeHtml } from '../../page.ts';
import type { LinkCall } from '../link-page.ts';
import { formField, mailPage } from '../mail-page.ts';
import { WORDS } from './words.ts';

/** So many rows keep the page below 30 kB; the button for all speaks for every page. */
const ROWS = 25;

const dateOf = (text: string, langue: Lang) => {
  const date = parseLheoDate(text);
  return date.kind === 'day'
    ? date.day
        .split('-')
        .reverse()
        .join(langue === 'fr' ? '/' : '.')
    : '';
};

function when({ debut, fin }: AskedSession, langue: Lang): string {
  const [from, to] = [dateOf(debut, langue), dateOf(fin, langue)];
  return from === '' && to === '' ? WORDS.undated[langue] : `${from} → ${to === '' ? '…' : to}`;
}

const what = (session: AskedSession, langue: Lang) =>
  `<b>${escapeHtml(session.intitule.slice(0, 120))}</b><br><small>${when(session, langue)}${session.commune === null ? '' : ` · ${escapeHtml(session.commune)}`}${session.terminee ? ` · ${WORDS.ended[langue]}` : ''} · n° ${escapeHtml(session.numero)}</small>`;

function isoOf(text: string): string {
  const date = parseLheoDate(text);
  return date.kind === 'day' ? date.day : '';
}

function row(session: AskedSession, place: number, langue: Lang): string {
  const options = answersFor(session.terminee)
    .map((kind) => `<option value="${kind}">${ANSWER_LABELS[kind][langue]}</option>`)
    .join('');
  const places = session.terminee
    ? ''
    : `<br><label>${WORDS.places[langue]} <input type="number" name="p${place}" min="0" max="99999"></label>`;
  const date = (name: string, label: string, value: string) =>
    `<label>${label} <input type="date" name="${name}${place}" value="${value}"></label>`;
  return `<tr><td>${what(session, langue)}</td><td><select name="r${place}" aria-label="${WORDS.answer[langue]}"><option value="">${WORDS.nothing[langue]}</option>${options}</select>
<details><summary>${WORDS[session.terminee ? 'moreEnded' : 'more'][langue]}</summary>${date('d', WORDS.from[langue], isoOf(session.debut))} ${date('f', WORDS.to[langue], isoOf(session.fin))}${places}</details></td></tr>`;
}

function doneRow(session: AskedSession, said: LastAnswer | undefined, langue: Lang): string {
  const answer =
    said === undefined
      ? WORDS.archived[langue]
      : `${ANSWER_LABELS[said.reponse][langue]} (${said.jour
          .split('-')
          .reverse()
          .join(langue === 'fr' ? '/' : '.')}${said.own ? '' : `, ${WORDS.elsewhere[langue]}`})`;
  return `<tr><td>${what(session, langue)}</td><td>${answer}</td></tr>`;
}

const table = (rows: readonly string[]) => `<div class="scroll"><table>${rows.join('\n')}</table></div>`;

/** The sessions of a mail that nobody has answered about since. */
export const waitingOf = ({ sessions, answered }: LinkScope): AskedSession[] =>
  sessions.filter(({ session, stade }) => !answered.has(session) && stade !== 'archivee');

function pager(pages: number, page: number, langue: Lang): string {
  if (pages < 2) return '';
  const links = Array.from({ length: Math.min(pages, 60) }, (_, index) =>
    index === page ? `<b>${index + 1}</b>` : `<a href="?page=${index + 1}&amp;lang=${langue}">${index + 1}</a>`,
  );
  return `<p>${WORDS.page[langue]} ${links.join(' ')}</p>`;
}

function asking(call: LinkCall, scope: LinkScope, waiting: readonly AskedSession[]): string {
  const { langue } = call;
  const pages = Math.ceil(waiting.length / ROWS);
  const page = Math.min(Math.max(Number(call.req.query.page ?? 1) || 1, 1), pages) - 1;
  const shown = waiting.slice(page * ROWS, (page + 1) * ROWS);
  const rows = shown.map((session) => row(session, scope.places.get(session.session) ?? -1, langue));
  const valid = waiting.filter(({ terminee }) => !terminee).length;
  const all =
    valid === 0
      ? ''
      : `<form method="post" class="choices">${formField(call)}<button class="main" name="tout" value="valable">${WORDS.all[langue]} (${valid})</button></form>
<h2>${WORDS.each[langue]}</h2>`;
  return `<p>${WORDS[valid === 0 ? 'leadEnded' : 'lead'][langue]}</p>
${all}
<form method="post">${formField(call)}${table(rows)}<p class="choices"><button>${WORDS.send[langue]}</button></p></form>
<p><small>${WORDS.review[langue]}</small></p>${pager(pages, page, langue)}`;
}

function answeredPart({ sessions, answered }: LinkScope, langue: Lang): string {
  const done = sessions.filter(({ session, stade }) => answered.has(session) || stade === 'archivee').slice(0, ROWS);
  if (done.length === 0) return '';
  return `<h2>${WORDS.already[langue]}</h2>${table(done.map((one) => doneRow(one, answered.get(one.session), langue)))}`;
}

/** The page of a freshness mail: what waits for an answer, what was answered. `notes` are HTML. */
export function freshnessView(call: LinkCall, scope: LinkScope, notes: readonly string[] = [], status = 200) {
  const { langue } = call;
  const waiting = waitingOf(scope);
  const head = notes.map((note) => `<p class="note" role="status">${note}</p>`).join('\n');
  const body =
    waiting.length > 0
      ? asking(call, scope, waiting)
      : scope.sessions.length === 0
        ? `<p>${WORDS.empty[langue]}</p>`
        : '';
  const title = WORDS.title[langue];
  return mailPage(call, title, `<h1>${title}</h1>${head}\n${body}\n${answeredPart(scope, langue)}`, status);
}

/** The page of a link whose life is over. */
export function expiredView(call: LinkCall, sent: boolean) {
  const { langue } = call;
  const title = WORDS.expired[langue];
  const act = sent
    ? `<p class="note" role="status">${WORDS.sent[langue]}</p>`
    : `<form method="post" class="choices">${formField(call)}<button name="renvoyer" value="1">${WORDS.again[langue]}</button></form>`;
  return mailPage(call, title, `<h1>${title}</h1>${act}`, sent ? 200 : 410);
}
