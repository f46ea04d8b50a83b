import { Router } from 'express';
import { simpleParser } from 'mailparser';
import { z } from 'zod';
import { readCapture, readCaptures } from '../../db/mail/captures.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Bilingual, Lang } from '../../domain/model/words.ts';
import type { ApiDeps } from '../deps.ts';
import { escapeHtml, htmlPage, htmlTable, pageLang } from '../page.ts';

const SHOWN = 200;

const WORDS = {
  title: { fr: 'Courriels de la démonstration', en: 'Mails of the demo' },
  what: {
    fr: 'Rien ne part d’ici : en mode démonstration, chaque courriel est retenu et montré sur cette page.',
    en: 'Nothing leaves from here: in demo mode every mail is caught and shown on this page.',
  },
  none: { fr: 'Aucun courriel pour l’instant.', en: 'No mail so far.' },
  at: { fr: 'Quand', en: 'When' },
  to: { fr: 'À', en: 'To' },
  subject: { fr: 'Objet', en: 'Subject' },
  back: { fr: 'Tous les courriels', en: 'All mails' },
  headers: { fr: 'En-têtes', en: 'Headers' },
  text: { fr: 'En texte', en: 'As text' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const timeOf = (at: Date, langue: Lang) =>
  at.toLocaleString(langue === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'medium',
  });

type Captures = Awaited<ReturnType<typeof readCaptures>>;

function listPage(captures: Captures, langue: Lang): string {
  const rows = captures.map(({ id, at, vers, sujet }) => [
    timeOf(at, langue),
    escapeHtml(vers),
    `<a href="/demo/courriels/${id}">${escapeHtml(sujet)}</a>`,
  ]);
  const heads = [WORDS.at, WORDS.to, WORDS.subject].map((word) => word[langue]);
  const named = `aria-label="${WORDS.title[langue]}"`;
  const table = rows.length === 0 ? `<p>${WORDS.none[langue]}</p>` : htmlTable({ named, heads, rows });
  return `<h1>${WORDS.title[langue]}</h1><p class="note">${WORDS.what[langue]}</p>${table}`;
}

/** Addresses in the text part become links: the frame of the HTML part opens them too. */
const linked = (text: string) =>
  escapeHtml(text).replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);

async function mailPage(source: string, langue: Lang): Promise<{ title: string; main: string }> {
  const mail = await simpleParser(source);
  const title = mail.subject ?? '';
  const headers = mail.headerLines.map(({ line }) => line).join('\n');
  const html = typeof mail.html === 'string' ? mail.html.replace('<head>', '<head><base target="_blank">') : '';
  const main = `<p><a href="/demo/courriels">← ${WORDS.back[langue]}</a></p><h1>${escapeHtml(title)}</h1>
<iframe title="${escapeHtml(title)}" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escapeHtml(html)}" style="width:100%;height:36rem;border:1px solid var(--line);background:#fff"></iframe>
<h2>${WORDS.text[langue]}</h2><pre style="white-space:pre-wrap;overflow-wrap:anywhere">${linked(mail.text ?? '')}</pre>
<h2>${WORDS.headers[langue]}</h2><pre style="white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(headers)}</pre>`;
  return { title, main };
}

/** `/demo/courriels`: what the demo's mail server caught; in demo mode only. */
export function demoMailsRouter({ db }: ApiDeps): Router {
  const router = Router();
  router.get('/demo/courriels', async (req, res) => {
    const langue = pageLang(req);
    const captures = await db.asWorker((sql) => readCaptures(sql, SHOWN));
    res.send(htmlPage({ langue, title: WORDS.title[langue], main: listPage(captures, langue) }));
  });
  router.get('/demo/courriels/:id', async (req, res) => {
    const langue = pageLang(req);
    const id = z.uuid().safeParse(req.params.id);
    const source = id.success ? await db.asWorker((sql) => readCapture(sql, id.data)) : undefined;
    if (source === undefined) throw new SofiError('introuvable');
    res.send(htmlPage({ langue, ...(await mailPage(source, langue)) }));
  });
  return router;
}
