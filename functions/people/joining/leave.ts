import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import { endSessions } from '../sign-in/end-sessions.ts';
import { findOwner } from '../sign-in/find-owner.ts';
import { endPasskeys } from '../sign-in/passkeys/passkey-rows.ts';

/**
 * The signed-in customer leaves the portal: every session ends, no mail is written to them any more, and they are as
 * unclaimed as before they joined. Orders and ledger stay. Proving the email again brings all of it back.
 * @throws {AppError} `unauthenticated`, `not_found`
 */
export async function leave(ctx: Context): Promise<void> {
  const customerId = customerIdOf(ctx);
  const [found] = await findOwner(ctx.db.fresh, { id: customerId });
  if (found === undefined) throw new AppError('not_found', 'There is no such customer.');
  await changeAccount(ctx, found.accountId ?? `email:${found.email}`, async () => {
    const db = ctx.db.fresh;
    const [[owner = found], [programme]] = await Promise.all([
      findOwner(db, { id: customerId }),
      findRevision(db),
    ]);
    const now = ctx.now();
    const { language, accountId, historySeq } = owner;
    const address = owner.email;
    assert(address !== null, 'who has joined has an email');
    const place = { seq: (historySeq ?? 0) + 1, revision: programme?.revision ?? 0 };
    const actor = `customer:${customerId}`;
    await writeDecision(ctx, {
      rows: [
        statement('UPDATE customers SET claimed_at = NULL, closed_at = ? WHERE id = ?', now, customerId),
        endSessions('customer', customerId, null),
        endPasskeys({ kind: 'customer', id: customerId }),
        ...withdrawOpenMail(customerId, now),
      ],
      histories: accountId === null ? [] : [{ kind: 'left', rootId: accountId, actor, place }],
      letters: [{ template: 'goodbye', params: { at: now }, address, language }],
    });
  });
  ctx.log.info('Customer {customerId} left', { customerId });
  ctx.wakeMail('now');
}

/** Mail that was still to be sent is not, and a change of address that waits is off. */
function withdrawOpenMail(customerId: string, now: number): Statement[] {
  return [
    statement(
      `UPDATE outbox SET failed_at = ?, failure = 'recipient_left' WHERE customer_id = ? AND sent_at IS NULL
       AND failed_at IS NULL`,
      now,
      customerId,
    ),
    statement(
      `UPDATE sign_in_challenges SET consumed_at = ? WHERE subject_id = ? AND purpose = 'change_email'
       AND consumed_at IS NULL`,
      now,
      customerId,
    ),
  ];
}
