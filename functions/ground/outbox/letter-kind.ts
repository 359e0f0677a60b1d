import type { z } from 'zod';
import type { mailUrgencies } from '../../../db/schema/operations.ts';
import type { Formats } from '../formats/format.ts';
import type { Features } from '../identity/features.ts';
import type { Identity } from '../identity/identity.ts';
import type { Languages, Locale } from '../identity/languages.ts';
import type { Amount } from '../platform/money.ts';
import type { MailTopic } from './topics.ts';

/**
 * Which mail goes first: `now` is what somebody sits waiting for, or what stops a thief; `owed` answers one reader or tells
 * what they are owed; `bulk` is told to many and has the time that the others leave.
 */
export type Urgency = (typeof mailUrgencies)[number];

/** What a link is made from; `token` is that of a secret mail's challenge, empty in others. */
export interface LinkParts {
  publicUrl: string;
  /** Who writes. */
  identity: Identity;
  language: Locale;
  /** What the business offers, its own first: that one needs no code in an address. */
  languages: Languages;
  token: string;
  features: Features;
  /** Signs a text under the deployment's secret: what a personal link is made of. */
  sign: (text: string) => string;
}

/** One kind of mail: what it has to be told, and where its button leads. */
export interface MailKind<Params> {
  topic: MailTopic;
  urgency: Urgency;
  /** Amounts are minor units, moments epoch milliseconds. */
  params: z.ZodType<Params>;
  /** A path of the portal, which gets the reader's language and PUBLIC_URL, or a whole address. */
  link: (params: Params, parts: LinkParts) => string;
  /** Set when it carries a secret of a challenge, and therefore is never stored rendered. */
  isSecret?: true;
  /** Set for what nobody asked for and nobody is owed: it counts against how much its reader wants to hear (DOMAIN §6). */
  isUnasked?: true;
  /**
   * Set for what one person says to another: the account manager of the account in `rootId` of its params signs it, where
   * there is one; where that names none, of the account that pages show first.
   */
  isPersonal?: true;
  /** How the business may put it into its own words; without it, it always says ours. */
  own?: OwnWords<NoInfer<Params>>;
}

/** A sum of so many minor units in the currency of the business. */
export type SampleSum = (minor: bigint) => Amount;

/**
 * How a mail is put into the words of the business. Facts, codes, the button and the notes below it stay ours.
 */
export interface OwnWords<Params> {
  /** Each thing that it may say, by its name, with params of one; `standard` alone where it always says the same. */
  samples: (sum: SampleSum) => Readonly<Record<string, Params>>;
  /** Which of them it says; null for what only we word. Without it, `standard`. */
  caseOf?: (params: Params, mentions: Mentions) => string | null;
  /** What the words may name beside `{business}`; a paragraph that names what is null is left out. */
  values?: (params: Params, mentions: Mentions) => Readonly<Record<string, string | null>>;
  /** What they have to name, wherever. */
  required?: readonly string[];
}

/** What each mail is told, by its name. The letters of a room add theirs. */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface LetterParams {}

export type Template = keyof LetterParams & string;

/** What a room adds to {@link LetterParams}. */
export type ParamsOf<Kinds> = {
  [T in keyof Kinds]: Kinds[T] extends MailKind<infer Params> ? Params : never;
};

/** Writes down a kind of mail; the type of its params follows from their shape. */
export function mailKind<Params>(kind: MailKind<Params>): MailKind<Params> {
  return kind;
}

/** What a mail says in one language, before any layout. */
export interface Letter {
  subject: string;
  heading: string;
  paragraphs: string[];
  /** The last of the paragraphs, which stay ours whatever words the business has. */
  kept?: readonly string[];
  /** What stands in place of paragraphs and button in a mail that the business wrote whole; `paragraphs` say the same in words alone. */
  blocks?: readonly LetterBlock[];
  /** Set apart and easy to copy. */
  code?: string;
  facts?: [label: string, value: string][];
  button: string;
  notes: string[];
}

/** A part of a mail that the business wrote whole; each `link` and `picture` is a whole address. */
export type LetterBlock =
  | { kind: 'text'; text: string }
  | { kind: 'button'; text: string; link: string }
  | { kind: 'picture'; picture: string; alt: string; link: string | null }
  /** Something that is offered: a product, an event, a survey. */
  | {
      kind: 'thing';
      title: string;
      lines: readonly string[];
      picture: string | null;
      button: string;
      link: string;
      /** The survey that is begun on the page it leads to. */
      survey?: string;
    }
  | { kind: 'voucher'; title: string; code: string; lines: readonly string[] };

/** What is said to the reader: politely, or as to who chose to be addressed by the first name. */
export type You = (polite: string, close: string) => string;

export const youFor =
  (addressForm: string | null): You =>
  (polite, close) =>
    addressForm === 'first_name' ? close : polite;

/** What every letter may mention. */
export interface Mentions {
  business: string;
  you: You;
  formats: Formats;
  /** The six digits of a secret mail; empty in others. */
  code: string;
  /** The code of the voucher the mail is about; null in others, and for who may not spend it. */
  voucherCode: string | null;
  /** A text that was written in several languages: in that of the letter, else the first that was given. */
  inLanguage: (texts: string | Readonly<Record<string, string>>) => string;
}

/** The wording of a room's mails in one language. */
export type Letters<Kinds> = {
  [T in keyof Kinds]: Kinds[T] extends MailKind<infer Params>
    ? (params: Params, mentions: Mentions) => Letter
    : never;
};

export function fact(label: string, value: string): [label: string, value: string] {
  return [label, value];
}
