import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { emailChanges } from '../../../db/schema/index.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { email } from '../../ground/platform/input.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { assertSelf } from './assert-self.ts';
import { CHALLENGE_MS, newChallenge } from './challenge.ts';
import { endWaitingChanges } from './end-waiting-changes.ts';
import { findOwner } from './find-owner.ts';

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
  typed: z.input<typeof input>,
): Promise<{ challengeId: string }> {
  const wish = parseInput(input, typed);
  assertSelf(ctx, wish.customerId);
  const [customer] = await findOwner(ctx.db.fresh, { id: wish.customerId });
  if (customer === undefined || customer.email === null)
    throw new AppError('not_found', 'There is no such customer.');
  if (customer.email === wish.email) throw sameEmail();
  const { secret } = ctx.config;
  const now = ctx.now();
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'mail_by_customer', customer.id)], now));
  assertWithin(await countTries(ctx.db, [limitOn(secret, 'change_to', mailboxOf(wish.email))], now));
  const challenge = newChallenge({
    purpose: 'change_email',
    email: wish.email,
    subjectId: customer.id,
    browserToken: null,
    now,
    lives_ms: CHALLENGE_MS,
  });
  const params = { challengeId: challenge.id };
  const language = wish.language ?? customer.language;
  const change = insertChange({
    id: challenge.id,
    customerId: customer.id,
    emailFrom: customer.email,
    emailTo: wish.email,
    askedAt: now,
  });
  const { email: address, language: ownLanguage } = customer;
  await writeDecision(ctx, {
    rows: [...endWaitingChanges(customer.id, now), challenge.statement, change],
    letters: [
      { template: 'email_change', params, address: wish.email, language },
      { template: 'email_change_asked', params, address, language: ownLanguage },
    ],
  });
  ctx.wakeMail('now');
  return { challengeId: challenge.id };
}

function sameEmail(): AppError {
  return wrongField('email', 'same_email', 'is the address we have already');
}
