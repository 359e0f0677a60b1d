import { statement } from '../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { liftBounce } from '../../ground/outbox/lift-bounce.ts';
import type { Context } from '../../ground/platform/context.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import { emailHistory, UNDO_MS } from './email-change-statements.ts';
import { endSessions } from './end-sessions.ts';
import { findOwner } from './find-owner.ts';
import { findSession } from './find-session.ts';
import { endPasskeys } from './passkeys/passkey-rows.ts';
import { type EmailChange, findUndoableChange } from './queries.ts';
import { challengeOver, emailTaken } from './refusals.ts';

/**
 * Gives a customer back the address they had before a change, ends every session and passkey, and ends the changes that came after it:
 * whoever made them keeps no way back in.
 * @throws {AppError} `challenge_expired` after 14 days or when it was undone, `email_taken`
 */
export async function undoEmailChange(
  ctx: Context,
  { change, actor }: { change: EmailChange; actor: string },
): Promise<void> {
  await changeAccount(ctx, `email:${change.emailFrom}`, () => undo(ctx, change, actor));
  ctx.log.warn('A change of email of customer {customerId} was undone', { customerId: change.customerId });
  ctx.wakeMail('now');
}

/**
 * The same for who has just proven the old address in a session of kind `joining`.
 * @throws {AppError} `challenge_expired` where there is nothing to undo
 */
export async function undoByProof(ctx: Context, { sessionToken }: { sessionToken: string }): Promise<void> {
  const session = await findSession(ctx, sessionToken);
  if (session?.kind !== 'joining') throw challengeOver();
  const change = await findUndoable(ctx, session.joining.email);
  if (change === null) throw challengeOver();
  await undoEmailChange(ctx, { change, actor: 'anonymous' });
}

/** The change that took an address from its customer and can still be undone; null when there is none. */
export async function findUndoable(ctx: Context, email: string): Promise<EmailChange | null> {
  const [change] = await findUndoableChange(ctx.db.fresh, { email, since: ctx.now() - UNDO_MS });
  return change ?? null;
}

async function undo(ctx: Context, change: EmailChange, actor: string): Promise<void> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [[customer], [programme]] = await Promise.all([
    findOwner(db, { id: change.customerId }),
    findRevision(db),
  ]);
  if (customer === undefined || customer.email === null) throw challengeOver();
  try {
    await writeDecision(ctx, {
      rows: [
        ...takeBackEmail(change, now),
        endSessions('customer', customer.id, null),
        endPasskeys({ kind: 'customer', id: customer.id }),
        liftBounce(change.emailFrom, `customer:${customer.id}`, now),
      ],
      histories: emailHistory(customer, { kind: 'email_change_undone', actor }, programme?.revision ?? 0),
      letters: [change.emailFrom, customer.email].map((address) => ({
        template: 'email_change_undone',
        params: { undoneAt: now },
        address,
        language: customer.language,
      })),
    });
  } catch (error) {
    if (isConflictOn(error, 'refused: email_kept')) throw challengeOver();
    throw isConflictOn(error, 'UNIQUE constraint failed: customers.email') ? emailTaken() : error;
  }
}

function takeBackEmail({ id, customerId, emailFrom, madeAt }: EmailChange, now: number): Statement[] {
  return [
    statement(
      `UPDATE customers SET email = (SELECT email_from FROM email_changes
       WHERE id = ? AND ended_at IS NULL AND made_at > ?) WHERE id = ?`,
      id,
      now - UNDO_MS,
      customerId,
    ),
    statement('DELETE FROM former_emails WHERE email = ?', emailFrom),
    statement(
      `UPDATE sign_in_challenges SET consumed_at = ? WHERE consumed_at IS NULL AND id IN
       (SELECT id FROM email_changes WHERE customer_id = ? AND made_at IS NULL)`,
      now,
      customerId,
    ),
    statement(
      `UPDATE email_changes SET ended_at = ?
       WHERE customer_id = ? AND ended_at IS NULL AND coalesce(made_at, ?) >= ?`,
      now,
      customerId,
      now,
      madeAt ?? now,
    ),
  ];
}
