import type { Block } from './content.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe inside HTML and its attributes. */
export const escaped = (said: string) => said.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** Mail readers drop style sheets: each block carries its own. */
const STYLES = {
  text: 'margin:0 0 12px',
  heading: 'margin:20px 0 6px;font-weight:600',
  quote: 'margin:0 0 12px;padding:4px 0 4px 12px;border-left:3px solid #cfd6de;white-space:pre-line',
  list: 'margin:0 0 12px;padding:0 0 0 20px',
  item: 'margin:0 0 6px',
  note: 'color:#51606f;font-size:14px',
} as const;

type Write = { readonly [K in Block['kind']]: (block: Extract<Block, { readonly kind: K }>) => string };

const HTML: Write = {
  text: (block) => `<p style="${STYLES.text}">${escaped(block.text)}</p>`,
  quote: (block) => `<div style="${STYLES.quote}">${escaped(block.text)}</div>`,
  heading: (block) => `<p style="${STYLES.heading}">${escaped(block.text)}</p>`,
  list: ({ items }) =>
    `<ul style="${STYLES.list}">${items
      .map(({ text, note }) => {
        const soft = note === undefined ? '' : `<br><span style="${STYLES.note}">${escaped(note)}</span>`;
        return `<li style="${STYLES.item}">${escaped(text)}${soft}</li>`;
      })
      .join('')}</ul>`,
};

const TEXT: Write = {
  text: (block) => block.text,
  quote: (block) => block.text.replaceAll(/^/gm, '> '),
  heading: (block) => `— ${block.text}`,
  list: ({ items }) => items.map(({ text, note }) => `- ${text}${note === undefined ? '' : `\n  ${note}`}`).join('\n'),
};

/** A block as HTML, its texts escaped. */
export const blockHtml = (block: Block): string => (HTML[block.kind] as (block: Block) => string)(block);

/** The same block as plain text. */
export const blockText = (block: Block): string => (TEXT[block.kind] as (block: Block) => string)(block);
