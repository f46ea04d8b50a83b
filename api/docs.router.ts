import { Router } from 'express';
import type { Bilingual, Lang } from '../domain/model/words.ts';
import type { ApiDeps } from './deps.ts';
import type { Endpoint } from './endpoint.ts';
import { openApiDocument } from './openapi.ts';
import { escapeHtml, htmlPage, htmlTable, pageLang } from './page.ts';

const WORDS = {
  title: { fr: 'Interface de programmation', en: 'Programming interface' },
  intro: {
    fr: 'Chaque appel, qui peut le faire, et ce qu’il répond. Le document complet, avec chaque champ :',
    en: 'Each call, who may make it, and what it answers. The whole document, with every field:',
  },
  call: { fr: 'Appel', en: 'Call' },
  does: { fr: 'Ce qu’il fait', en: 'What it does' },
  who: { fr: 'Qui', en: 'Who' },
  answers: { fr: 'Réponses', en: 'Answers' },
  public: { fr: 'tous', en: 'everybody' },
  login: { fr: 'toute personne connectée', en: 'any login' },
} as const satisfies Readonly<Record<string, Bilingual>>;

function rowOf(it: Endpoint, langue: Lang): readonly string[] {
  const who = typeof it.access === 'string' ? WORDS[it.access][langue] : it.access.join(' ');
  return [
    `<code>${it.method.toUpperCase()} /api/v1${escapeHtml(it.path)}</code>`,
    escapeHtml(it.summary),
    escapeHtml(who),
    Object.keys(it.answers).join(', '),
  ];
}

function tableOf(tag: string, calls: readonly Endpoint[], langue: Lang): string {
  const heads = [WORDS.call, WORDS.does, WORDS.who, WORDS.answers].map((word) => word[langue]);
  const rows = calls.map((it) => rowOf(it, langue));
  return `<h2 id="${tag}">${tag}</h2>\n${htmlTable({ named: `aria-labelledby="${tag}"`, heads, rows })}`;
}

/** `/api/v1/openapi.json` and `/api/docs`, a reader of it that loads nothing from elsewhere. */
export function docsRouter({ settings }: ApiDeps, endpoints: readonly Endpoint[]): Router {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return Router()
    .get('/api/v1/openapi.json', (_req, res) => {
      document ??= openApiDocument(endpoints, settings.publicUrl);
      res.set('Cache-Control', 'public, max-age=300').json(document);
    })
    .get('/api/docs', (req, res) => {
      const langue = pageLang(req);
      const tables = [...Map.groupBy(endpoints, ({ tag }) => tag)].map(([tag, calls]) => tableOf(tag, calls, langue));
      const main = `<h1>${WORDS.title[langue]}</h1>
<p>${WORDS.intro[langue]} <a href="/api/v1/openapi.json">openapi.json</a></p>
${tables.join('\n')}`;
      res.send(htmlPage({ langue, title: WORDS.title[langue], main }));
    });
}
