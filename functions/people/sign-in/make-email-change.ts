import { statement } from '../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { liftBounce } from '../../ground/outbox/lift-bounce.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import { consume } from './challenge.ts';
import { emailHistory } from './email-change-statements.ts';
import { endSessions } from './end-sessions.ts';
import { findOwner } from './find-owner.ts';
import { endPasskeys } from './passkeys/passkey-rows.ts';
import { type EmailChange, findEmailChangeById, listDueEmailChanges } from './queries.ts';
import { challengeOver, emailTaken } from './refusals.ts';

interface Making {
  id: string;
  /** The session that stays; null ends all of the customer. */
  keepsSession: string | null;
}

/**
 * Makes a change of address that was proven. The old address is told, with a link that undoes it for 14 days. Every passkey
 * of the customer ends: none that was added behind their back outlasts their address.
 * @throws {AppError} `challenge_expired` when it was made, stopped or replaced meanwhile, or the customer was merged into
 * another one, `email_taken`
 */
export async function makeEmailChange(ctx: Context, making: Making): Promise<void> {
  const [change] = await findEmailChangeById(ctx.db.fresh, { id: making.id });
  if (change === undefined) throw challengeOver();
  await changeAccount(ctx, `email:${change.emailTo}`, () => make(ctx, change, making));
  ctx.log.info('Customer {customerId} changed the email', { customerId: change.customerId });
  ctx.wakeMail('now');
}

/** Makes the changes whose day is over. */
export async function makeDueEmailChanges(ctx: Context): Promise<void> {
  for (const { id } of await listDueEmailChanges(ctx.db.fresh, { now: ctx.now() })) {
    try {
      await makeEmailChange(ctx, { id, keepsSession: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      ctx.log.info('A change of email that was due was not made: {code}', { code: error.code });
    }
  }
}

async function make(ctx: Context, change: EmailChange, { id, keepsSession }: Making): Promise<void> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [[customer], [programme]] = await Promise.all([
    findOwner(db, { id: change.customerId }),
    findRevision(db),
  ]);
  if (customer === undefined || customer.email === null || customer.withdrawnAt !== null)
    throw challengeOver();
  const actor = `customer:${customer.id}`;
  const notice: Mail = {
    template: 'email_changed_notice',
    params: { changedAt: now, changeId: id },
    address: change.emailFrom,
    language: customer.language,
  };
  try {
    await writeDecision(ctx, {
      rows: [
        ...moveEmail(change, now),
        statement('UPDATE email_changes SET made_at = ? WHERE id = ?', now, id),
        consume(id, now),
        endSessions('customer', customer.id, keepsSession),
        endPasskeys({ kind: 'customer', id: customer.id }),
        liftBounce(change.emailTo, actor, now),
      ],
      histories: emailHistory(customer, { kind: 'email_changed', actor }, programme?.revision ?? 0),
      letters: [notice],
    });
  } catch (error) {
    if (isConflictOn(error, 'refused: email_kept')) throw challengeOver();
    if (!isConflictOn(error, 'UNIQUE constraint failed: customers.email')) throw error;
    await ctx.db.write([
      consume(id, now),
      statement('UPDATE email_changes SET ended_at = ? WHERE id = ?', now, id),
    ]);
    throw emailTaken();
  }
}

/**
 * A change that is neither made nor over gives the customer its address; another gives NULL, which a trigger refuses with
 * the batch. So does one whose customer has another address by now than the one it started from.
 */
function moveEmail({ id, customerId, emailFrom, emailTo }: EmailChange, now: number): Statement[] {
  return [
    statement(
      `UPDATE customers SET email = (SELECT email_to FROM email_changes
       WHERE id = ? AND made_at IS NULL AND ended_at IS NULL AND email_from = customers.email) WHERE id = ?`,
      id,
      customerId,
    ),
    statement('DELETE FROM former_emails WHERE email = ?', emailTo),
    statement(
      `INSERT INTO former_emails (email, customer_id, until) VALUES (?, ?, ?)
       ON CONFLICT (email) DO UPDATE SET customer_id = excluded.customer_id, until = excluded.until`,
      emailFrom,
      customerId,
      now,
    ),
  ];
}
