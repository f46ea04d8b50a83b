import express, { type Request, type Response, Router } from 'express';
import { linkedMail, readLinkToken } from '../../db/mail/links.ts';
import type { MailLink } from '../../domain/model/mail.ts';
import type { Bilingual } from '../../domain/model/words.ts';
import type { Answer } from '../answer.ts';
import type { ApiDeps } from '../deps.ts';
import { limitLinks } from '../limits.ts';
import { pageLang } from '../page.ts';
import { freshnessPage } from './fraicheur/page.ts';
import type { FormFields, LinkCall, LinkPage } from './link-page.ts';
import { mailPage } from './mail-page.ts';
import { unsubscribePage } from './unsubscribe.ts';

const FORM_LIMIT = 200 * 1024;

/** What each kind of link opens. */
const PAGES: Readonly<Record<MailLink, LinkPage>> = {
  desabonnement: unsubscribePage,
  fraicheur: freshnessPage,
};

const WORDS = {
  title: { fr: 'Lien inconnu', en: 'Unknown link' },
  said: {
    fr: 'Ce lien n’a pas été fait ici, ou il est incomplet. Rouvrez-le depuis le courriel, en entier.',
    en: 'This link was not made here, or it is incomplete. Open it again from the mail, as a whole.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

function fieldsOf(req: Request): FormFields {
  const body: unknown = req.body;
  if (typeof body !== 'string') return {};
  const params = new URLSearchParams(body);
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

function send(res: Response, { status = 200, body = '', headers = {} }: Answer): void {
  res.status(status).set(headers).send(body);
}

async function callOf(deps: ApiDeps, req: Request): Promise<(LinkCall & { readonly page: LinkPage }) | null> {
  const token = String(req.params.token);
  const read = readLinkToken(deps.settings.linkSecret, token);
  if (read === null) return null;
  const page = PAGES[read.kind];
  const mail = await deps.db.asWorker((sql) => linkedMail(sql, read.id));
  if (mail === undefined) return null;
  const expired = mail.lien_expire_le !== null && mail.lien_expire_le.getTime() < Date.now();
  const asked = req.query.lang === undefined && mail.langue === 'en' ? 'en' : pageLang(req);
  return { deps, req, token, mail, expired, page, langue: asked };
}

/** `/m/{token}`: pages opened from mails, without a login; only a POST changes anything. */
export function mailLinksRouter(deps: ApiDeps): Router {
  const open = (act: (call: LinkCall & { readonly page: LinkPage }, req: Request) => Promise<Answer>) => {
    return async (req: Request, res: Response) => {
      const call = await callOf(deps, req);
      if (call !== null) return send(res, await act(call, req));
      const langue = pageLang(req);
      const main = `<h1>${WORDS.title[langue]}</h1><p>${WORDS.said[langue]}</p>`;
      return send(res, mailPage({ deps, langue }, WORDS.title[langue], main, 404));
    };
  };
  const form = express.text({ type: 'application/x-www-form-urlencoded', limit: FORM_LIMIT });
  return Router()
    .use('/m', limitLinks)
    .get(
      '/m/:token',
      open((call) => call.page.get(call)),
    )
    .post(
      '/m/:token',
      form,
      open((call, req) => call.page.post(call, fieldsOf(req))),
    );
}
