import { fillIn } from '../functions/ground/formats/fill-in.ts';
import type { AddressForm } from '../functions/ground/identity/address-form.ts';
import { addressOf, type Languages, type Locale } from '../functions/ground/identity/languages.ts';
import type { OwnTexts } from '../functions/money/business/own-texts.ts';
import { catalogues, tones } from './paraglide/catalogues.ts';

type Catalogue = (typeof catalogues)['en'];

/** The words of one language; a message without values takes no argument. */
export type Messages = {
  readonly [Key in keyof Catalogue]: keyof Parameters<Catalogue[Key]>[0] extends never
    ? () => string
    : (...values: Parameters<Catalogue[Key]>) => string;
};

/** What a page needs to speak one language: its words, and links that stay in it. */
export interface Speech {
  locale: Locale;
  t: Messages;
  /** Every language of the business. */
  languages: Languages;
  /** The address of a path in this language. */
  to: (path: string) => string;
}

/** The words of a language, whoever offers it. */
export function wordsIn(locale: Locale): Messages {
  return words(catalogues[locale]);
}

/** Whose words a page speaks, beside ours. */
interface Voice {
  /** What the business says in its own words, which it says so to everybody. */
  texts?: OwnTexts;
  /** How the reader wants to be addressed; null where nobody said so. */
  addressForm?: AddressForm | null;
}

export function speechIn(
  locale: Locale,
  languages: Languages,
  { texts = noTexts, addressForm = null }: Voice = {},
): Speech {
  return {
    locale,
    t: wordsFor(locale, { texts, addressForm }),
    languages,
    to: (path) => addressOf(path, locale, languages),
  };
}

const noTexts: OwnTexts = new Map();

/** The tone of a language that each form of address is; a language that has no words of its own for one says it as always. */
const toneOf = { first_name: 'informal', formal: 'formal' } as const;

/** By what the business says now, gone with it; then by language and tone. */
const kept = new WeakMap<OwnTexts, Map<string, Messages>>();

function wordsFor(locale: Locale, { texts, addressForm }: Required<Voice>): Messages {
  const tone = addressForm === null ? undefined : tones[locale][toneOf[addressForm]];
  if (texts.size === 0 && tone === undefined) return wordsIn(locale);
  const known = kept.get(texts) ?? new Map<string, Messages>();
  kept.set(texts, known);
  const key = tone === undefined ? locale : `${locale} ${addressForm}`;
  const made = known.get(key) ?? words({ ...catalogues[locale], ...tone, ...ownMessages(locale, texts) });
  known.set(key, made);
  return made;
}

function ownMessages(locale: Locale, texts: OwnTexts) {
  const parts = [...texts].filter(([key]) => key.startsWith(`${locale} `) && !key.includes(' mail.'));
  return Object.fromEntries(
    parts.flatMap(([, own]) =>
      Object.entries(own).map(([name, text]) => [
        name,
        (values: Readonly<Record<string, string>> = {}) => fillIn(text, values),
      ]),
    ),
  );
}

/** The language of a page: what its address asked for. */
export function speechOf({ locals }: { locals: { speech: Speech } }): Speech {
  return locals.speech;
}

// Paraglide declares an argument for every message, also for those that read none.
function words(catalogue: Catalogue): Messages;
function words(catalogue: object): object {
  return catalogue;
}
