import type { MailFacts } from '../domain/model/mail-facts.ts';
import type { RegionSettings } from '../domain/model/region.ts';
import { blockHtml, blockText, escaped } from './blocks.ts';
import type { Content, Telling } from './content.ts';
import { contentOf } from './contents/index.ts';
import { layout, SLOTS } from './layout.ts';

/** What one mail is made of beside its facts. */
export interface Frame extends Telling {
  /** Where people reach the platform, without a closing slash. */
  readonly publicUrl: string;
  /** Opens the act without a login, in place of its page. */
  readonly actUrl?: string;
  /** Stops mails of this kind; absent for what cannot be stopped. */
  readonly stopUrl?: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A subject is one line; what a person typed may hold others. */
const oneLine = (said: string) =>
  said
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 180);

const ASK = { fr: 'Une question ?', en: 'A question?' } as const;
const COLON = { fr: ' :', en: ':' } as const;
const STOP = { fr: 'Ne plus recevoir ces courriels', en: 'Stop these mails' } as const;

const contactOf = ({ cariforef }: RegionSettings) =>
  `${cariforef.nom} · ${cariforef.courriel} · ${cariforef.telephone}`;

function htmlFoot({ reason }: Content, { langue, region, stopUrl }: Frame): string {
  const { nom, courriel, telephone } = region.cariforef;
  const mail = escaped(courriel);
  const link = (url: string, said: string) => `<a href="${escaped(url)}" style="color:#1f5f8b">${said}</a>`;
  const stop = stopUrl === undefined ? '' : `<br>${link(stopUrl, STOP[langue])}`;
  return `${escaped(reason)}${stop}<br><br>${ASK[langue]} ${escaped(nom)} · ${link(`mailto:${courriel}`, mail)} · ${escaped(telephone)}`;
}

function textMail(content: Content, frame: Frame, url: string | undefined): string {
  const { langue, region, stopUrl } = frame;
  const act = content.act === undefined || url === undefined ? [] : [`${content.act.label}${COLON[langue]}\n${url}`];
  const stop = stopUrl === undefined ? [] : [`${STOP[langue]}${COLON[langue]} ${stopUrl}`];
  const foot = ['-- ', content.reason, ...stop, `${ASK[langue]} ${contactOf(region)}`].join('\n');
  return `${[content.title, ...content.blocks.map(blockText), ...act, foot].join('\n\n')}\n`;
}

async function htmlMail(content: Content, frame: Frame, url: string | undefined): Promise<string> {
  const filled: Readonly<Record<keyof typeof SLOTS, string>> = {
    region: escaped(frame.region.cariforef.nom),
    title: escaped(content.title),
    blocks: content.blocks.map(blockHtml).join(''),
    act: escaped(content.act?.label ?? ''),
    url: escaped(url ?? ''),
    foot: htmlFoot(content, frame),
    preview: escaped(content.subject),
  };
  const frameHtml = await layout(frame.langue, url !== undefined);
  return (Object.keys(SLOTS) as (keyof typeof SLOTS)[]).reduce(
    (html, slot) => html.replaceAll(SLOTS[slot], () => filled[slot]),
    frameHtml,
  );
}

/** A mail of these facts: its subject, HTML and text parts, which say the same. */
export async function renderMail(facts: MailFacts, frame: Frame): Promise<RenderedMail> {
  const content = contentOf(facts, frame);
  const url = content.act === undefined ? undefined : (frame.actUrl ?? `${frame.publicUrl}${content.act.path}`);
  return {
    subject: oneLine(content.subject),
    html: await htmlMail(content, frame, url),
    text: textMail(content, frame, url),
  };
}
