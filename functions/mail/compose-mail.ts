import { eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { customers, signInChallenges } from '../../db/schema/index.ts';
import { formatsOf } from '../../src/format.ts';
import type { Context } from '../platform/context.ts';
import { signatureOf } from '../platform/ids.ts';
import { getBusiness } from '../programme/business.ts';
import { codeOf, isOpen, linkTokenOf } from '../sign-in/challenge.ts';
import { type Brand, languageOf } from './brand.ts';
import { layOut, type Rendered } from './layout.ts';
import { isTemplate, linkOf, readParams, type Template } from './templates.ts';
import { en } from './words/en.ts';
import { uk } from './words/uk.ts';

/** A row of the outbox as far as its text depends on it. */
export interface OutboxMail {
  template: string;
  params: string;
  customerId: string | null;
  address: string | null;
  language: string | null;
}

export interface Composed extends Rendered {
  to: string;
  /** Where the button leads, and the code of a secret mail: what the mailbox page offers. */
  link: string;
  code: string | null;
  /** Whether what the mail is about still stands; a secret that is used or over need not be sent. */
  isCurrent: boolean;
}

const words = { en, uk };

const findRecipient = query((db) =>
  db
    .select({ email: customers.email, name: customers.name, language: customers.language })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('id'))),
);

const findSecret = query((db) =>
  db
    .select({ expiresAt: signInChallenges.expiresAt, consumedAt: signInChallenges.consumedAt })
    .from(signInChallenges)
    .where(eq(signInChallenges.id, sql.placeholder('id'))),
);

/** The mail of an outbox row, the same bytes each time its facts are the same; null when nobody is there to get it. */
export async function composeMail(ctx: Context, brand: Brand, mail: OutboxMail): Promise<Composed | null> {
  if (!isTemplate(mail.template)) throw new Error(`there is no mail ${mail.template}`);
  return compose(ctx, brand, { ...mail, template: mail.template });
}

async function compose<T extends Template>(
  ctx: Context,
  brand: Brand,
  mail: OutboxMail & { template: T },
): Promise<Composed | null> {
  const params = readParams(mail.template, mail.params);
  const challengeId = 'challengeId' in params ? String(params.challengeId) : null;
  const [[customer], [challenge], { timeZone }] = await Promise.all([
    mail.customerId === null ? [] : findRecipient(ctx.db.fresh, { id: mail.customerId }),
    challengeId === null ? [] : findSecret(ctx.db.fresh, { id: challengeId }),
    getBusiness(ctx),
  ]);
  const to = mail.address ?? customer?.email;
  if (to === undefined || (challengeId !== null && challenge === undefined)) return null;
  const { secret, publicUrl } = ctx.config;
  const code = challengeId === null ? '' : codeOf(secret, challengeId);
  const token = challengeId === null ? '' : linkTokenOf(secret, challengeId);
  const language = languageOf(brand, mail.language ?? customer?.language ?? null);
  const { letters, greeting, reason } = words[language];
  const mentions = { business: brand.name, formats: formatsOf(language, timeZone), code };
  const letter = letters[mail.template](params, mentions);
  const link = linkOf(mail.template, params, {
    publicUrl,
    brand,
    language,
    token,
    sign: (text) => signatureOf(secret, text),
  });
  const rendered = await layOut({
    letter,
    brand,
    language,
    link,
    greeting: greeting(customer?.name ?? null),
    reason: reason(brand.name),
  });
  const isCurrent = challenge === undefined || isOpen(challenge, ctx.now());
  return { ...rendered, to, link, isCurrent, code: letter.code ?? null };
}
