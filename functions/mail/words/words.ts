import type { Letter, Mentions } from '../letters/mail-kind.ts';
import type { MailParams, Template } from '../templates.ts';

/** One language's wording. */
export interface Words {
  /** `formal` says the whole name, `first_name` its first word. */
  greeting: (name: string | null, form: 'first_name' | 'formal') => string;
  /** Whom the mail is from; stands at its end. */
  reason: (business: string) => string;
  /** The link that ends mail of the topic. */
  unsubscribe: string;
  letters: { [T in Template]: (params: MailParams[T], mentions: Mentions) => Letter };
}

export function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
