import type { RegionSettings } from '../../domain/model/region.ts';
import type { Lang } from '../../domain/model/words.ts';
import type { Answer } from '../answer.ts';
import { escapeHtml, htmlPage } from '../page.ts';
import type { LinkCall } from './link-page.ts';
import { pageToken } from './page-token.ts';

const ASK = { fr: 'Une question ?', en: 'A question?' } as const;

/** No script, nothing from elsewhere; forms only go back here. Links hold a token: no page after it learns the address. */
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
} as const;

function contact({ nom, cariforef }: RegionSettings, langue: Lang): string {
  const mail = escapeHtml(cariforef.courriel);
  return `<h2>${ASK[langue]}</h2>
<p>${escapeHtml(cariforef.nom)} (${escapeHtml(nom)})<br><a href="mailto:${mail}">${mail}</a> · ${escapeHtml(cariforef.telephone)}</p>`;
}

/** The region's page around what a link shows; `main` is HTML whose texts are escaped. */
export function mailPage(
  { deps, langue }: Pick<LinkCall, 'deps' | 'langue'>,
  title: string,
  main: string,
  status = 200,
): Answer {
  const body = htmlPage({ langue, title, main: `${main}\n${contact(deps.region, langue)}` });
  return { status, body, headers: HEADERS };
}

/** The hidden field by which a POST shows that it comes from this page. */
export function formField({ deps, token }: LinkCall): string {
  return `<input type="hidden" name="page" value="${pageToken(deps.settings.linkSecret, token, Date.now())}">`;
}
