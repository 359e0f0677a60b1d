import { built, locales } from '../../../languages/built.ts';
import type { ConsentWords } from '../../../languages/language.ts';
import { fillIn } from '../../ground/formats/fill-in.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { hashOf } from '../../ground/platform/ids.ts';

type Named = Pick<Identity, 'name'>;

export type ConsentKind = keyof ConsentWords;

/** What somebody agrees to, word for word; kept with each consent under its `version`, the SHA-256 of the text. */
export interface ConsentText {
  kind: ConsentKind;
  language: Locale;
  text: string;
  version: string;
}

/** The wording in force; it names the business. */
export function consentText(
  { name }: Named,
  { kind, language }: { kind: ConsentKind; language: Locale },
): ConsentText {
  const text = fillIn(built[language].consents[kind], { business: name });
  return { kind, language, text, version: hashOf(`${kind} ${language} ${text}`) };
}

/** The wording in force that a form has shown; null when it has changed since. */
export function shownText(
  identity: Named,
  { kind, version }: { kind: ConsentKind; version: string },
): ConsentText | null {
  const texts = locales.map((language) => consentText(identity, { kind, language }));
  return texts.find((text) => text.version === version) ?? null;
}
