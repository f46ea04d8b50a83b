import type { Lang } from '../domain/model/words.ts';

/** Where the words go; control characters, which no text that reaches here may hold. */
export const SLOTS = {
  region: '\u0001region\u0001',
  title: '\u0001title\u0001',
  blocks: '\u0001blocks\u0001',
  act: '\u0001act\u0001',
  url: 'https://slot.invalid/url',
  foot: '\u0001foot\u0001',
  preview: '\u0001preview\u0001',
} as const;

const button = `<mj-button href="${SLOTS.url}" background-color="#1f5f8b" color="#ffffff" border-radius="6px"
  inner-padding="14px 24px" font-size="16px" font-weight="600" align="left" padding="8px 24px 24px">${SLOTS.act}</mj-button>`;

const source = (langue: Lang, withAct: boolean) => `
<mjml lang="${langue}">
  <mj-head>
    <mj-title>${SLOTS.title}</mj-title>
    <mj-preview>${SLOTS.preview}</mj-preview>
    <mj-attributes>
      <mj-all font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" />
      <mj-text font-size="16px" line-height="1.5" color="#1d2733" padding="6px 24px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f6f7f9" width="600px">
    <mj-section padding="16px 0 0"><mj-column>
      <mj-text font-size="14px" color="#51606f">${SLOTS.region}</mj-text>
    </mj-column></mj-section>
    <mj-section background-color="#ffffff" border-radius="8px" padding="12px 0"><mj-column>
      <mj-text font-size="22px" line-height="1.3" font-weight="600"><h1 style="font-size:22px;line-height:1.3;margin:0">${SLOTS.title}</h1></mj-text>
      <mj-text>${SLOTS.blocks}</mj-text>
      ${withAct ? button : ''}
    </mj-column></mj-section>
    <mj-section padding="8px 0 24px"><mj-column>
      <mj-text font-size="13px" color="#51606f">${SLOTS.foot}</mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>`;

const compiled = new Map<string, Promise<string>>();

async function compile(langue: Lang, withAct: boolean): Promise<string> {
  // 60 MB that a process which writes no mail does without.
  const { default: mjml2html } = await import('mjml');
  const { html, errors } = await mjml2html(source(langue, withAct), {
    validationLevel: 'strict',
    keepComments: false,
    // Nothing is fetched from elsewhere when a mail is read.
    fonts: {},
  });
  if (errors.length > 0) throw new Error(`Cannot compile the layout of mails: ${errors[0]?.formattedMessage}`);
  return html;
}

/** The HTML around every mail, with slots; made once per language from MJML. */
export function layout(langue: Lang, withAct: boolean): Promise<string> {
  const key = `${langue}:${withAct}`;
  const known = compiled.get(key) ?? compile(langue, withAct);
  compiled.set(key, known);
  return known;
}
