import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishMessages from 'ra-language-english';
import frenchMessages from 'ra-language-french';
import { LANGS, type Lang } from '../../../domain/model/words.ts';
import { setCallLanguage } from '../http/api.ts';
import { commonEn } from './common.en.ts';
import { commonFr } from './common.fr.ts';
import { consoleEn } from './console.en.ts';
import { consoleFr } from './console.fr.ts';
import { courrielEn } from './courriel.en.ts';
import { courrielFr } from './courriel.fr.ts';
import { diffusionEn } from './diffusion.en.ts';
import { diffusionFr } from './diffusion.fr.ts';
import { fraicheurEn } from './fraicheur.en.ts';
import { fraicheurFr } from './fraicheur.fr.ts';
import { fillGrouped } from './grouped.ts';
import { ofEn } from './of.en.ts';
import { ofFr } from './of.fr.ts';
import { suiviEn } from './suivi.en.ts';
import { suiviFr } from './suivi.fr.ts';
import { vieEn } from './vie.en.ts';
import { vieFr } from './vie.fr.ts';

const MESSAGES = {
  fr: {
    ...frenchMessages,
    sofi: commonFr,
    console: consoleFr,
    of: ofFr,
    suivi: suiviFr,
    diffusion: diffusionFr,
    vie: vieFr,
    courriel: courrielFr,
    fraicheur: fraicheurFr,
  },
  en: {
    ...englishMessages,
    sofi: commonEn,
    console: consoleEn,
    of: ofEn,
    suivi: suiviEn,
    diffusion: diffusionEn,
    vie: vieEn,
    courriel: courrielEn,
    fraicheur: fraicheurEn,
  },
} as const;

const LOCALES = [
  { locale: 'fr', name: 'Français' },
  { locale: 'en', name: 'English' },
];

export function langOf(locale: string): Lang {
  return LANGS.find((lang) => lang === locale) ?? 'fr';
}

let shown: Lang = 'fr';

function messagesOf(locale: string) {
  const lang = langOf(locale);
  shown = lang;
  document.documentElement.lang = lang;
  setCallLanguage(lang, MESSAGES[lang].sofi.state.offline);
  return MESSAGES[lang];
}

/** French first; the language chosen is kept on the device by react-admin's store. */
export const i18nProvider = polyglotI18nProvider(messagesOf, 'fr', LOCALES, {
  allowMissing: true,
  replace: fillGrouped(() => shown),
});
