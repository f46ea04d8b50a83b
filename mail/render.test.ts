import { describe, expect, it } from '@jest/globals';
import { MAIL_KINDS } from '../domain/model/mail.ts';
import { PAYS_DE_LA_LOIRE } from '../domain/model/region.ts';
import { LANGS } from '../domain/model/words.ts';
import { SLOTS } from './layout.ts';
import { type Frame, renderMail } from './render.ts';
import { SAMPLE_NOW, SAMPLES } from './samples.ts';

const frame = (langue: Frame['langue'], more: Partial<Frame> = {}): Frame => ({
  langue,
  region: PAYS_DE_LA_LOIRE,
  now: SAMPLE_NOW,
  publicUrl: 'https://offre.example',
  stopUrl: 'https://offre.example/m/stop',
  ...more,
});

describe.each(LANGS)('a mail in %s', (langue) => {
  it.each(MAIL_KINDS)('of kind %s says the same in HTML and in text, and whom to ask', async (kind) => {
    const { subject, html, text } = await renderMail(SAMPLES[kind], frame(langue));
    const { nom, courriel, telephone } = PAYS_DE_LA_LOIRE.cariforef;
    expect(subject).toMatch(/\p{L}{4}/u);
    for (const part of [html, text]) {
      for (const said of [nom, courriel, telephone, 'https://offre.example/m/stop']) expect(part).toContain(said);
      expect(part).not.toMatch(/undefined|\[object/);
      for (const slot of Object.values(SLOTS)) expect(part).not.toContain(slot);
    }
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${langue}"`));
    expect(html).not.toMatch(/<script|src=|@import|<link/i);
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  });

  it.each(MAIL_KINDS.filter((kind) => kind !== 'essai'))('of kind %s holds one act', async (kind) => {
    const { html, text } = await renderMail(SAMPLES[kind], frame(langue, { actUrl: 'https://offre.example/m/act' }));
    expect(html.split('https://offre.example/m/act')).toHaveLength(2);
    expect(text.split('https://offre.example/m/act')).toHaveLength(2);
  });
});

describe('what people typed', () => {
  const fiche = { kind: 'formation', titre: 'A <b>& "c"\r\nBcc: x@y.example', organisme: '<script>' } as const;
  const facts = { ...SAMPLES.message, fiche, texte: '<img src=x onerror=alert(1)>' };

  it('stays text in the HTML part', async () => {
    const { html } = await renderMail(facts, frame('fr'));
    expect(html).not.toMatch(/<script|<img|<b>/i);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('stays one line in the subject', async () => {
    const { subject } = await renderMail(facts, frame('fr'));
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('does not reach the words of French and English with a dollar sign', async () => {
    const { html } = await renderMail({ ...facts, texte: "$& $1 $'" }, frame('en'));
    expect(html).toContain('$&amp; $1 $&#39;');
  });
});

describe('a long list', () => {
  it('shows its first entries and says how many more there are', async () => {
    const titres = Array.from({ length: 20 }, (_, n) => `Formation ${n}`);
    const { text } = await renderMail({ ...SAMPLES.publie, titres, total: 137 }, frame('fr'));
    expect(text).toContain('et 117 de plus');
  });
});

describe('the fields that are to be corrected', () => {
  it.each([
    ['fr', 'Objectif de formation', 'Action 1 › Session 2 › Période › Début'],
    ['en', 'Purpose', 'Action 1 › Session 2 › Period › Start'],
  ] as const)('are named in %s', async (langue, purpose, start) => {
    const { text, html } = await renderMail(SAMPLES.corrections, frame(langue));
    for (const part of [text, html]) {
      expect(part).toContain(purpose);
      expect(part).toContain(start);
    }
  });
});

describe('sessions that have ended', () => {
  const { sessions } = SAMPLES.fraicheur;
  const ended = sessions.map((session) => ({ ...session, terminee: true }));

  it('are asked for their next dates, and nobody is asked whether they are still valid', async () => {
    const { subject, text } = await renderMail({ ...SAMPLES.fraicheur, sessions: ended }, frame('fr'));
    expect(subject).toBe('3 sessions terminées');
    expect(text).toContain('Terminées : donnez les prochaines dates');
    expect(text).not.toContain('toujours valable');
  });

  it('stand apart from those that wait for a word', async () => {
    const mixed = [...ended.slice(0, 1), ...sessions.slice(1)];
    const { subject, text } = await renderMail({ ...SAMPLES.fraicheur, sessions: mixed }, frame('en'));
    expect(subject).toBe('3 sessions to confirm');
    expect(text).toContain('Ended: give the next dates');
    expect(text).toContain('To confirm: reminder');
  });
});
