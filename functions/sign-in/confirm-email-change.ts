import { z } from 'zod';
import { statement } from '../../db/query.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { liftBounce } from '../mail/lift-suppression.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { parseInput } from '../platform/parse-input.ts';
import { findRevision } from '../programme/queries.ts';
import { assertSelf } from './assert-self.ts';
import { type Challenge, isOpen } from './challenge.ts';
import { checkChangeCodes } from './check-code.ts';
import { historyRow } from './claim-customer.ts';
import { findChallenge, findOwner, type Owner } from './queries.ts';
import { challengeOver } from './refusals.ts';
import { consume, endSessions } from './session-statements.ts';

const input = z.strictObject({
  customerId: z.string().max(64),
  challengeId: z.string().max(64),
  code: z.string().max(40),
  /** The session that stays; all others of the customer end. */
  sessionToken: z.string().max(200).nullable(),
});

/**
 * Gives a customer the address they have proven, tells the old one, and ends their other sessions.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`, `email_taken`,
 * `not_found`
 */
export async function confirmEmailChange(ctx: Context, given: z.input<typeof input>): Promise<void> {
  const { customerId, challengeId, code, sessionToken } = parseInput(input, given);
  assertSelf(ctx, customerId);
  const [challenge] = await findChallenge(ctx.db.fresh, { id: challengeId });
  if (challenge?.purpose !== 'change_email' || challenge.subjectId !== customerId) throw challengeOver();
  if (!isOpen(challenge, ctx.now())) throw challengeOver();
  await checkChangeCodes(ctx, { challenge, customerId, code, oldCode: null });
  await changeAccount(ctx, `email:${challenge.email}`, () =>
    change(ctx, { challenge, customerId, sessionToken }),
  );
  ctx.log.info('Customer {customerId} changed the email', { customerId });
  ctx.wakeMail('now');
}

async function change(
  ctx: Context,
  given: { challenge: Challenge; customerId: string; sessionToken: string | null },
): Promise<void> {
  const { challenge, customerId, sessionToken } = given;
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [[customer], [programme]] = await Promise.all([findOwner(db, { id: customerId }), findRevision(db)]);
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  const lock = lockOf(customer, { revision: programme?.revision ?? 0, now });
  const batch = [
    ...moveEmail(customer, challenge, now),
    consume(challenge.id, now),
    endSessions('customer', customerId, sessionToken),
    ...lock,
    liftBounce(challenge.email, `customer:${customerId}`, now),
    noticeTo(customer, now),
  ];
  try {
    await ctx.db.write(batch);
  } catch (error) {
    if (isConflictOn(error, 'NOT NULL constraint failed: customers.email')) throw challengeOver();
    if (!isConflictOn(error, 'UNIQUE constraint failed: customers.email')) throw error;
    await ctx.db.write([consume(challenge.id, now)]);
    throw new AppError('email_taken', 'Another customer has this address. Sign in with it instead.');
  }
}

/** An open challenge gives the customer its address; another gives NULL, which the table refuses with the batch. */
function moveEmail(customer: Owner, challenge: Challenge, now: number): Statement[] {
  return [
    statement(
      `UPDATE customers SET email = (SELECT email FROM sign_in_challenges
       WHERE id = ? AND consumed_at IS NULL AND expires_at > ?) WHERE id = ?`,
      challenge.id,
      now,
      customer.id,
    ),
    statement('DELETE FROM former_emails WHERE email = ?', challenge.email),
    statement(
      `INSERT INTO former_emails (email, customer_id, until) VALUES (?, ?, ?)
       ON CONFLICT (email) DO UPDATE SET customer_id = excluded.customer_id, until = excluded.until`,
      customer.email,
      customer.id,
      now,
    ),
  ];
}

function lockOf(customer: Owner, terms: { revision: number; now: number }): Statement[] {
  const { id: customerId, accountId, historySeq } = customer;
  if (accountId === null || historySeq === null) return [];
  const seq = historySeq + 1;
  return [
    historyRow({ accountId, seq, customerId, kind: 'email_changed' }, terms),
    statement('UPDATE accounts SET history_seq = ? WHERE id = ?', seq, accountId),
  ];
}

function noticeTo(customer: Owner, now: number): Statement {
  return queueMail({
    template: 'email_changed_notice',
    params: { changedAt: now },
    address: customer.email,
    language: customer.language,
    at: now,
  });
}
