import { z } from 'zod';
import { insertInto } from '../../db/query.ts';
import { emailChanges } from '../../db/schema/index.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { mailboxOf } from '../platform/email.ts';
import { AppError } from '../platform/errors.ts';
import { email } from '../platform/input.ts';
import { assertWithin, countTries, limitOn } from '../platform/limits.ts';
import { parseInput } from '../platform/parse-input.ts';
import { assertSelf } from './assert-self.ts';
import { CHALLENGE_MS, newChallenge } from './challenge.ts';
import { endWaitingChanges } from './email-change-statements.ts';
import { findOwner } from './queries.ts';

const input = z.strictObject({
  customerId: z.string().max(64),
  email,
  language: z.string().max(35).nullable().default(null),
});

const insertChange = insertInto(emailChanges);

/**
 * Sends a code to the address a customer wants to have, and another with a link that stops the change to the one they have.
 * An earlier change that still waits is over. Whether the new address is free is told only to who proves it.
 * @throws {AppError} `validation_failed` (`same_email` and others), `too_many_requests`, `not_found`
 */
export async function requestEmailChange(
  ctx: Context,
  given: z.input<typeof input>,
): Promise<{ challengeId: string }> {
  const asked = parseInput(input, given);
  assertSelf(ctx, asked.customerId);
  const [customer] = await findOwner(ctx.db.fresh, { id: asked.customerId });
  if (customer === undefined || customer.email === null)
    throw new AppError('not_found', 'There is no such customer.');
  if (customer.email === asked.email) throw sameEmail();
  const { secret } = ctx.config;
  const now = ctx.now();
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'mail_by_customer', customer.id)], now));
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'change_to', mailboxOf(asked.email))], now));
  const challenge = newChallenge({
    purpose: 'change_email',
    email: asked.email,
    subjectId: customer.id,
    browserToken: null,
    now,
    lives_ms: CHALLENGE_MS,
  });
  const params = { challengeId: challenge.id };
  const language = asked.language ?? customer.language;
  const mail = queueMail({ template: 'email_change', params, address: asked.email, language, at: now });
  const warning = queueMail({
    template: 'email_change_asked',
    params,
    address: customer.email,
    language: customer.language,
    at: now,
  });
  const change = insertChange({
    id: challenge.id,
    customerId: customer.id,
    emailFrom: customer.email,
    emailTo: asked.email,
    askedAt: now,
  });
  await ctx.db.write([...endWaitingChanges(customer.id, now), challenge.statement, change, mail, warning]);
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}

function sameEmail(): AppError {
  const message = 'is the address we have already';
  return new AppError('validation_failed', `The email ${message}.`, {
    errors: [{ path: 'email', code: 'same_email', message }],
  });
}
