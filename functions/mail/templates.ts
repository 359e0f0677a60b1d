import type { z } from 'zod';
import { addressOf } from '../../src/languages.ts';
import { isSetUp } from '../business/features.ts';
import { clubMails } from './letters/club/kinds.ts';
import { feedbackMails } from './letters/feedback/kinds.ts';
import { joiningMails } from './letters/joining/kinds.ts';
import type { LinkParts, MailKind, Topic } from './letters/mail-kind.ts';
import { orderMails } from './letters/orders/kinds.ts';
import { referralMails } from './letters/referrals/kinds.ts';
import { rewardMails } from './letters/rewards/kinds.ts';
import { signInMails } from './letters/sign-in/kinds.ts';
import { staffMails } from './letters/staff/kinds.ts';
import { surveyMails } from './letters/surveys/kinds.ts';
import { testimonialMails } from './letters/testimonials/kinds.ts';

/** The mails there are, by name; each room's are in a folder of its own in `letters`. */
const mails = {
  ...signInMails,
  ...staffMails,
  ...orderMails,
  ...rewardMails,
  ...joiningMails,
  ...referralMails,
  ...surveyMails,
  ...testimonialMails,
  ...clubMails,
  ...feedbackMails,
};

export type Template = keyof typeof mails;
export type MailParams = { [T in Template]: z.output<(typeof mails)[T]['params']> };

const kinds: { [T in Template]: MailKind<MailParams[T]> } = mails;

export function isTemplate(name: string): name is Template {
  return Object.hasOwn(kinds, name);
}

/** Params as the outbox keeps them. */
export function writeParams<T extends Template>(params: MailParams[T]): string {
  return JSON.stringify(params, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}

/** @throws {z.ZodError} when the text is not what {@link writeParams} wrote for this template */
export function readParams<T extends Template>(template: T, text: string): MailParams[T] {
  return kinds[template].params.parse(JSON.parse(text));
}

/** Whether the mail carries a secret, and therefore is never stored rendered. */
export function isSecretMail(template: Template): boolean {
  return kinds[template].isSecret === true;
}

export function topicOf(template: Template): Topic {
  return kinds[template].topic;
}

/**
 * Where a mail's button leads: a page in the reader's language under PUBLIC_URL, or a whole address. What the business
 * has switched off meanwhile has no page any more: then to what the reader has.
 */
export function linkOf<T extends Template>(template: T, params: MailParams[T], parts: LinkParts): string {
  const target = kinds[template].link(params, parts);
  if (!target.startsWith('/')) return target;
  return portalAddress(isSetUp(target, parts.features) ? target : '/account', parts);
}

/** A path of the portal as an address in the reader's language. */
export function portalAddress(
  path: string,
  { publicUrl, language, languages }: Pick<LinkParts, 'publicUrl' | 'language' | 'languages'>,
): string {
  return publicUrl + addressOf(path, language, languages);
}
