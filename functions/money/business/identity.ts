import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { email, identifier, lineOfText, webAddress } from '../../ground/platform/input.ts';

export type IdentityKey =
  | 'name'
  | `tagline.${Locale}`
  | 'accent'
  | 'languages'
  | 'contactEmail'
  | 'contactPhone'
  | 'contactAddress'
  | 'shopUrl';

/** One part of the identity, kept in `settings` as text. */
interface Part {
  /** What values there are, in words for the command line. */
  about: string;
  /** The text to keep; null when it breaks the rule. */
  normal: (text: string) => string | null;
  textOf: (identity: Identity) => string;
  /** The identity with this part read from the kept text. */
  put: (identity: Identity, text: string) => Identity;
}

/** The identity of a business: what it has set, over what its deployment starts with. */
export function identityIn(settings: ReadonlyMap<string, string>, defaults: Identity): Identity {
  let identity = defaults;
  for (const [key, part] of identityParts) {
    const text = settings.get(key);
    if (text !== undefined) identity = part.put(identity, text);
  }
  const logoFile = settings.get('logo');
  return logoFile === undefined ? identity : { ...identity, logoFile: logoFile || null };
}

const languages = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.tuple([z.enum(locales)], z.enum(locales)))
  .refine((codes) => new Set(codes).size === codes.length);

const accent = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i)
  .transform((hex) => hex.toLowerCase());

const phone = z
  .string()
  .trim()
  .regex(/^(?:\+?[0-9][0-9 ()./-]{2,38})?$/);

/** What people type of the name of a site alone is taken as its secure address. */
const shopAddress = z
  .string()
  .trim()
  .transform((text) => (/^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(text) ? `https://${text}` : text))
  .pipe(webAddress);

export const identityParts: ReadonlyMap<IdentityKey, Part> = new Map<IdentityKey, Part>([
  [
    'name',
    part({
      about: 'what the business is called on every page and in every mail: 1 to 80 characters on one line',
      schema: identifier(80),
      read: ({ name }) => name,
      put: (identity, name) => ({ ...identity, name }),
    }),
  ],
  ...locales.map((locale): [IdentityKey, Part] => [
    `tagline.${locale}`,
    part({
      about: `the line under the name in the language ${locale}: at most 160 characters on one line, none for no such line`,
      schema: lineOfText(160),
      read: ({ tagline }) => tagline[locale] ?? '',
      put: (identity, text) => ({ ...identity, tagline: { ...identity.tagline, [locale]: text } }),
    }),
  ]),
  [
    'accent',
    part({
      about: 'the colour of which all legible tones are made: # and six hexadecimal digits such as #2f6b4f',
      schema: accent,
      read: (identity) => identity.accent,
      put: (identity, hex) => ({ ...identity, accent: hex }),
    }),
  ],
  [
    'languages',
    {
      ...part({
        about: `what pages and mail are written in, the own language first: one or more of ${locales.join(', ')}, with commas and no spaces`,
        schema: languages,
        read: (identity) => identity.languages,
        put: (identity, codes) => ({ ...identity, languages: codes }),
      }),
      put: offerBuilt,
    },
  ],
  [
    'contactEmail',
    part({
      about: 'where customers write to: an email address such as hello@example.com',
      schema: email,
      read: ({ contact }) => contact.email,
      put: (identity, address) => ({ ...identity, contact: { ...identity.contact, email: address } }),
    }),
  ],
  [
    'contactPhone',
    part({
      about: 'where customers call: a phone number such as +44 20 7946 0117, or nothing',
      schema: phone,
      read: ({ contact }) => contact.phone,
      put: (identity, number) => ({ ...identity, contact: { ...identity.contact, phone: number } }),
    }),
  ],
  [
    'contactAddress',
    part({
      about: 'where customers find the business: at most 200 characters on one line, or nothing',
      schema: lineOfText(200),
      read: ({ contact }) => contact.address,
      put: (identity, address) => ({ ...identity, contact: { ...identity.contact, address } }),
    }),
  ],
  [
    'shopUrl',
    part({
      about: 'where customers buy: a web address such as https://tea.example',
      schema: shopAddress,
      read: (identity) => identity.shopUrl,
      put: (identity, url) => ({ ...identity, shopUrl: url }),
    }),
  ],
]);

/** A language that this build no longer has is offered no longer. */
function offerBuilt(identity: Identity, text: string): Identity {
  const codes = text.split(',');
  const [own, ...others] = locales
    .filter((locale) => codes.includes(locale))
    .sort((a, b) => codes.indexOf(a) - codes.indexOf(b));
  return own === undefined ? identity : { ...identity, languages: [own, ...others] };
}

export const identityKeys: readonly IdentityKey[] = [...identityParts.keys()];

function part<Value extends string | readonly string[]>(of: {
  about: string;
  schema: z.ZodType<Value>;
  read: (identity: Identity) => Value;
  put: (identity: Identity, value: Value) => Identity;
}): Part {
  return {
    about: of.about,
    normal: (text) => {
      const read = of.schema.safeParse(text);
      return read.success ? String(read.data) : null;
    },
    textOf: (identity) => String(of.read(identity)),
    put: (identity, text) => of.put(identity, of.schema.parse(text)),
  };
}
