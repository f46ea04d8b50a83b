import type { Lang } from '../domain/model/words.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe inside HTML and its attributes. */
export const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --paper: #f6f7f9; --card: #ffffff; --line: #cfd6de; --act: #1f5f8b; --soft: #51606f }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --paper: #12181f; --card: #1b232c; --line: #3a4653; --act: #8cc4ea; --soft: #a9b6c3 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 3rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .75rem }
p { max-width: 60ch } a { color: var(--act) } code { font-size: .95em }
ul.choices { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)) }
.choices button, .choices a { display: block; width: 100%; min-height: 3.2rem; padding: .7rem .9rem; text-align: left; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; text-decoration: none }
.choices button:hover, .choices a:hover { border-color: var(--act) }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px }
.choices button.main { background: var(--act); border-color: var(--act); color: var(--paper); font-weight: 600 }
.choices small { display: block; color: var(--soft) }
.note { border-left: 4px solid var(--act); padding: .4rem .9rem; background: var(--card) }
header.langs { display: flex; justify-content: flex-end; padding: .6rem 1rem }
table { border-collapse: collapse; width: 100%; background: var(--card) }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line) }
.scroll { overflow-x: auto }
`;

/** A plain server-rendered page; `main` is HTML made by the caller, its texts escaped. */
export function htmlPage(page: { readonly langue: Lang; readonly title: string; readonly main: string }): string {
  const other = page.langue === 'fr' ? { lang: 'en', name: 'English' } : { lang: 'fr', name: 'Français' };
  return `<!doctype html>
<html lang="${page.langue}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(page.title)} – SOFI</title>
<style>${STYLE}</style>
</head>
<body>
<header class="langs"><a href="?lang=${other.lang}" hreflang="${other.lang}" lang="${other.lang}">${other.name}</a></header>
<main>
${page.main}
</main>
</body>
</html>
`;
}

/** A table that scrolls by itself; `named` is the attribute by which its region is known, heads and rows are HTML. */
export function htmlTable(table: {
  readonly named: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string {
  const heads = table.heads.map((head) => `<th scope="col">${head}</th>`).join('');
  const rows = table.rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div class="scroll" tabindex="0" role="region" ${table.named}><table><thead><tr>${heads}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** The language of a page: `?lang=`, else the browser's. */
export function pageLang(req: { readonly query: Readonly<Record<string, unknown>>; readonly langue: Lang }): Lang {
  const { lang } = req.query;
  return lang === 'fr' || lang === 'en' ? lang : req.langue;
}
