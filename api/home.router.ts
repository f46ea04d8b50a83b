import { Router } from 'express';
import type { Bilingual, Lang } from '../domain/model/words.ts';
import type { ApiDeps } from './deps.ts';
import { escapeHtml, htmlPage, pageLang } from './page.ts';

const WORDS = {
  title: { fr: 'Offre de formation', en: 'Training offer' },
  what: {
    fr: 'SOFI recueille l’offre de formation de la région, la fait vérifier par le Cariforef, marque ce que le CPF peut payer et la publie chaque jour.',
    en: 'SOFI collects the region’s training offer, has it checked by the Cariforef, marks what the CPF can pay for and publishes it every day.',
  },
  doors: { fr: 'Les portes', en: 'The doors' },
  contact: { fr: 'Une question ?', en: 'A question?' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const DOORS: readonly { readonly path: string; readonly name: Bilingual; readonly what: Bilingual }[] = [
  {
    path: '/of/',
    name: { fr: 'Espace des organismes', en: 'Organisations’ space' },
    what: { fr: 'Saisir son offre et la suivre', en: 'Enter one’s offer and follow it' },
  },
  {
    path: '/console/',
    name: { fr: 'Console de modération', en: 'Moderation console' },
    what: { fr: 'Vérifier, décider, publier', en: 'Check, decide, publish' },
  },
  {
    path: '/flux/manifest.json',
    name: { fr: 'Flux LHÉO', en: 'LHÉO feeds' },
    what: { fr: 'La dernière publication et ses fichiers', en: 'The latest release and its files' },
  },
  {
    path: '/api/docs',
    name: { fr: 'Interface de programmation', en: 'Programming interface' },
    what: { fr: 'Les appels, leurs champs, leurs erreurs', en: 'The calls, their fields, their errors' },
  },
];

function main({ region, settings }: ApiDeps, langue: Lang): string {
  const { nom, courriel, telephone } = region.cariforef;
  const temporal =
    settings.temporalUiUrl === undefined || !settings.demo
      ? ''
      : `<li><a href="${escapeHtml(settings.temporalUiUrl)}">Temporal<small>${escapeHtml(settings.temporalUiUrl)}</small></a></li>`;
  const doors = DOORS.map(
    ({ path, name, what }) => `<li><a href="${path}">${name[langue]}<small>${what[langue]}</small></a></li>`,
  ).join('\n');
  return `<h1>${WORDS.title[langue]} – ${escapeHtml(region.nom)}</h1>
<p>${WORDS.what[langue]}</p>
<h2>${WORDS.doors[langue]}</h2>
<ul class="choices">${doors}${temporal}</ul>
<h2>${WORDS.contact[langue]}</h2>
<p>${escapeHtml(nom)} · <a href="mailto:${escapeHtml(courriel)}">${escapeHtml(courriel)}</a> · ${escapeHtml(telephone)}</p>`;
}

/** `/`: what runs here, until the public site is there. */
export function homeRouter(deps: ApiDeps): Router {
  return Router().get('/', (req, res) => {
    const langue = pageLang(req);
    res.send(htmlPage({ langue, title: WORDS.title[langue], main: main(deps, langue) }));
  });
}
