import { useLocale } from 'react-admin';
import type { Lang } from '../../../domain/model/words.ts';
import { langOf } from '../i18n/provider.ts';

/** The language of the screen. */
export function useLang(): Lang {
  return langOf(useLocale());
}
