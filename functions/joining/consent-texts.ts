import { type Locale, locales } from '../../src/languages.ts';
import { portal } from '../../src/portal.config.ts';
import { hashOf } from '../platform/ids.ts';

export type ConsentKind = 'terms' | 'news';

/** What somebody agrees to, word for word; kept with each consent under its `version`, the SHA-256 of the text. */
export interface ConsentText {
  kind: ConsentKind;
  language: Locale;
  text: string;
  version: string;
}

const { name } = portal;

const words: Record<ConsentKind, Record<Locale, string>> = {
  terms: {
    en: `I join ${name}. My email address, my name and my orders are kept so that what I earn can be worked out and shown to me, as the privacy page says. I can leave at any time in my profile.`,
    uk: `Я приєднуюся до ${name}. Мою електронну адресу, ім’я та замовлення зберігають, щоб рахувати мої винагороди й показувати їх мені, як описано на сторінці про приватність. Вийти я можу будь-коли у своєму профілі.`,
  },
  news: {
    en: `${name} may write to me by email about new products and offers. I can withdraw this at any time.`,
    uk: `${name} може надсилати мені листи про новинки та пропозиції. Цю згоду я можу відкликати будь-коли.`,
  },
};

/** The wording in force. */
export function consentText(kind: ConsentKind, language: Locale): ConsentText {
  const text = words[kind][language];
  return { kind, language, text, version: hashOf(`${kind} ${language} ${text}`) };
}

/** The wording in force that a form has shown; null when it has changed since. */
export function shownText(kind: ConsentKind, version: string): ConsentText | null {
  const texts = locales.map((language) => consentText(kind, language));
  return texts.find((text) => text.version === version) ?? null;
}
