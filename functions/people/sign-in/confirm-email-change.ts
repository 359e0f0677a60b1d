import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { assertSelf } from './assert-self.ts';
import { consume, isOpen } from './challenge.ts';
import { checkChangeCodes } from './check-code.ts';
import { DELAY_MS } from './email-change-statements.ts';
import { findOwner, findOwnerByEmail } from './find-owner.ts';
import { makeEmailChange } from './make-email-change.ts';
import { findChallenge, findEmailChangeById } from './queries.ts';
import { challengeOver, emailTaken } from './refusals.ts';

const input = z.strictObject({
  customerId: z.string().max(64),
  challengeId: z.string().max(64),
  code: z.string().max(40),
  /** What the old address got, by which the change is made at once; null when its mail cannot be read. */
  oldCode: z.string().max(40).nullable(),
  /** The session that stays when the change is made at once; all others of the customer end. */
  sessionToken: z.string().max(200).nullable(),
});

export type ConfirmedChange = { outcome: 'made' } | { outcome: 'waits'; dueAt: number };

/**
 * Gives a customer the address they have proven: at once when they have proven the old one again, too, else after a day in
 * which the old one can stop it, which it is told. Who only holds a session of somebody cannot take the account away.
 * @throws {AppError} `validation_failed` (`wrong_code`), `challenge_expired`, `too_many_requests`, `email_taken`,
 * `not_found`
 */
export async function confirmEmailChange(
  ctx: Context,
  typed: z.input<typeof input>,
): Promise<ConfirmedChange> {
  const { customerId, challengeId, code, oldCode, sessionToken } = parseInput(input, typed);
  assertSelf(ctx, customerId);
  const [challenge] = await findChallenge(ctx.db.fresh, { id: challengeId });
  if (challenge?.purpose !== 'change_email' || challenge.subjectId !== customerId) throw challengeOver();
  if (!isOpen(challenge, ctx.now())) throw challengeOver();
  await checkChangeCodes(ctx, { challenge, customerId, code, oldCode });
  if (oldCode === null) return wait(ctx, challengeId);
  await makeEmailChange(ctx, { id: challengeId, keepsSession: sessionToken });
  return { outcome: 'made' };
}

/** The change is made by the jobs once its day is over, unless it is stopped before. */
async function wait(ctx: Context, id: string): Promise<ConfirmedChange> {
  const now = ctx.now();
  const dueAt = now + DELAY_MS;
  const [change] = await findEmailChangeById(ctx.db.fresh, { id });
  if (change === undefined) throw challengeOver();
  await changeAccount(ctx, `email:${change.emailTo}`, async () => {
    const db = ctx.db.fresh;
    const [[other], [customer]] = await Promise.all([
      findOwnerByEmail(db, { email: change.emailTo }),
      findOwner(db, { id: change.customerId }),
    ]);
    if (other !== undefined) {
      await ctx.db.write([
        consume(id, now),
        statement('UPDATE email_changes SET ended_at = ? WHERE id = ?', now, id),
      ]);
      throw emailTaken();
    }
    const wait = statement(
      `UPDATE email_changes SET due_at = ? WHERE id = ? AND made_at IS NULL AND ended_at IS NULL AND due_at IS NULL
         RETURNING id`,
      dueAt,
      id,
    );
    const notice: Mail = {
      template: 'email_change_waits',
      params: { changeId: id, dueAt },
      address: change.emailFrom,
      language: customer?.language ?? null,
    };
    const decision = { rows: [wait, consume(id, now)], letters: [notice] };
    const [waiting] = await ctx.db.write(toStatements(ctx, decision));
    if (waiting?.length !== 1) throw challengeOver();
  });
  ctx.wakeMail('now');
  return { outcome: 'waits', dueAt };
}
