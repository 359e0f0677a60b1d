import { addressOf, type Locale } from '../identity/languages.ts';
import { exactJson } from '../platform/exact-json.ts';
import type {
  Letter,
  LetterParams,
  LinkParts,
  MailKind,
  Mentions,
  Template,
  Urgency,
} from './letter-kind.ts';
import type { MailTopic } from './topics.ts';

/** The letters of some rooms, by name. */
export type LetterBook = ReadonlyMap<string, LetterForm>;

/** A kind of mail with its wording, whatever its params. */
export interface LetterForm {
  topic: MailTopic;
  urgency: Urgency;
  /** Whether it counts against how much its reader wants to hear. */
  isUnasked: boolean;
  /** Whether the mail carries a secret, and therefore is never stored rendered. */
  isSecret: boolean;
  /** Whether the reader's account manager signs it. */
  isPersonal: boolean;
  /** Null when only we word it. */
  own: OwnForm | null;
  /**
   * Reads what {@link writeParams} wrote.
   * @throws {z.ZodError} when the text is something else
   */
  open: (params: string) => OpenLetter;
}

/** What the business may word itself. */
export interface OwnForm {
  /** Each thing that the mail may say. */
  cases: readonly string[];
  required: readonly string[];
  /** Params of a mail that says it, as {@link writeParams} writes them. */
  sample: (name: string, currency: string) => string;
}

/** One mail, ready to be put into words. */
export interface OpenLetter {
  /** One of its params that is a text; null when it has none of that name. */
  text: (name: string) => string | null;
  /**
   * Where its button leads: a page in the reader's language under PUBLIC_URL, or a whole address. What the business has
   * switched off meanwhile has no page any more: then to what the reader has. For who may not see its voucher, without
   * the code.
   */
  link: (parts: LinkParts, reader?: { isCodeHidden: boolean }) => string;
  write: (language: Locale, mentions: Mentions) => Letter;
  /** What it says, and the values of what may be named in it; null for what only we word. */
  own: (mentions: Mentions) => { name: string; values: Readonly<Record<string, string | null>> } | null;
}

type Wording<Params> = (params: Params, mentions: Mentions) => Letter;

/** What every letter says in one language. */
export type LetterWords = { [T in Template]: Wording<LetterParams[T]> };

/** A room's mails by their kinds; they can be written once it is told what they say in each language. */
export function declareLetters<All extends { [T in keyof All]: object }>(
  kinds: { [T in keyof All]: MailKind<All[T]> },
): (wordsIn: (language: Locale) => { [T in keyof All]: Wording<All[T]> }) => LetterBook {
  return (wordsIn) => {
    const book = new Map<string, LetterForm>();
    const add = <T extends keyof All & string>(name: T) => {
      const kind: MailKind<All[T]> = kinds[name];
      book.set(
        name,
        letterForm(kind, (language) => wordsIn(language)[name]),
      );
    };
    for (const name in kinds) add(name);
    return book;
  };
}

function letterForm<Params extends object>(
  kind: MailKind<Params>,
  wordingIn: (language: Locale) => Wording<Params>,
): LetterForm {
  const { topic, urgency, isUnasked = false, isSecret = false, isPersonal = false, own } = kind;
  return {
    topic,
    urgency,
    isUnasked,
    isSecret,
    isPersonal,
    own:
      own === undefined
        ? null
        : {
            cases: Object.keys(own.samples(sumIn('EUR'))),
            required: own.required ?? [],
            sample: (name, currency) => exactJson(own.samples(sumIn(currency))[name]),
          },
    open: (text) => openLetter(kind, wordingIn, kind.params.parse(JSON.parse(text))),
  };
}

const sumIn = (currency: string) => (minor: bigint) => ({ minor, currency });

function openLetter<Params extends object>(
  kind: MailKind<Params>,
  wordingIn: (language: Locale) => Wording<Params>,
  params: Params,
): OpenLetter {
  return {
    text: (name) => {
      const value: unknown = Reflect.get(params, name);
      return typeof value === 'string' ? value : null;
    },
    link: (parts, { isCodeHidden } = { isCodeHidden: false }) => {
      const target = kind.link(isCodeHidden ? { ...params, code: '' } : params, parts);
      if (!target.startsWith('/')) return target;
      return portalAddress(parts.features.isSetUp(target) ? target : '/account', parts);
    },
    write: (language, mentions) => wordingIn(language)(params, mentions),
    own: (mentions) => {
      if (kind.own === undefined) return null;
      const { caseOf, values } = kind.own;
      const name = caseOf === undefined ? 'standard' : caseOf(params, mentions);
      return name === null
        ? null
        : { name, values: { business: mentions.business, ...values?.(params, mentions) } };
    },
  };
}

/** Params as the outbox keeps them. */
export function writeParams<T extends Template>(params: LetterParams[T]): string {
  return exactJson(params);
}

/** A path of the portal as an address in the reader's language. */
export function portalAddress(
  path: string,
  { publicUrl, language, languages }: Pick<LinkParts, 'publicUrl' | 'language' | 'languages'>,
): string {
  return publicUrl + addressOf(path, language, languages);
}
