import { addressOf, type Locale } from '../identity/languages.ts';
import { exactJson } from '../platform/exact-json.ts';
import type {
  Letter,
  LetterParams,
  LinkParts,
  MailKind,
  Mentions,
  Template,
  Topic,
  Urgency,
} from './letter-kind.ts';

/** The letters of some rooms, by name. */
export type LetterBook = ReadonlyMap<string, LetterForm>;

/** A kind of mail with its wording, whatever its params. */
export interface LetterForm {
  topic: Topic;
  urgency: Urgency;
  /** Whether the mail carries a secret, and therefore is never stored rendered. */
  isSecret: boolean;
  /**
   * Reads what {@link writeParams} wrote.
   * @throws {z.ZodError} when the text is something else
   */
  open: (params: string) => OpenLetter;
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
  const { topic, urgency, isSecret = false } = kind;
  return {
    topic,
    urgency,
    isSecret,
    open: (text) => openLetter(kind, wordingIn, kind.params.parse(JSON.parse(text))),
  };
}

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
