import type { Letter, Mentions } from '../letters/mail-kind.ts';
import type { MailParams, Template } from '../templates.ts';

/** One language's wording. */
export interface Words {
  greeting: (name: string | null) => string;
  /** Whom the mail is from; stands at its end. */
  reason: (business: string) => string;
  letters: { [T in Template]: (params: MailParams[T], mentions: Mentions) => Letter };
}
