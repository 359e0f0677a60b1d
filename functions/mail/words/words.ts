import type { Formats } from '../../../src/format.ts';
import type { MailParams, Template } from '../templates.ts';

/** What a mail says in one language, before any layout. */
export interface Letter {
  subject: string;
  heading: string;
  paragraphs: string[];
  /** Set apart and easy to copy. */
  code?: string;
  facts?: [label: string, value: string][];
  button: string;
  notes: string[];
}

/** What every letter may mention. */
export interface Mentions {
  business: string;
  formats: Formats;
  /** The six digits of a secret mail; empty in others. */
  code: string;
}

/** One language's wording. */
export interface Words {
  greeting: (name: string | null) => string;
  /** Whom the mail is from; stands at its end. */
  reason: (business: string) => string;
  letters: { [T in Template]: (params: MailParams[T], mentions: Mentions) => Letter };
}
