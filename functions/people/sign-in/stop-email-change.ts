import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { assertSelf } from './assert-self.ts';
import { challengeIdOf, consume } from './challenge.ts';
import { endSessions } from './end-sessions.ts';
import { endWaitingChanges } from './end-waiting-changes.ts';
import { findOwner } from './find-owner.ts';
import { endPasskeys } from './passkeys/passkey-rows.ts';
import { type EmailChange, findEmailChangeById } from './queries.ts';
import { challengeOver } from './refusals.ts';
import { undoEmailChange } from './undo-email-change.ts';

const input = z.strictObject({ token: z.string().max(300) });

/**
 * Stops a change of address by the link that went to the old one, or undoes it for 14 days once it was made. Whoever asked
 * for the change was signed in, so that every session and passkey of the customer ends.
 * @throws {AppError} `challenge_expired` when it was stopped, replaced or is too old, `email_taken` when somebody else has
 * proven the old address by now
 */
export async function stopEmailChange(
  ctx: Context,
  typed: z.input<typeof input>,
): Promise<{ outcome: 'stopped' | 'undone' }> {
  const { token } = parseInput(input, typed);
  const id = challengeIdOf(ctx.config.secret, token);
  if (id === null) throw challengeOver();
  const [change] = await findEmailChangeById(ctx.db.fresh, { id });
  if (change === undefined || change.endedAt !== null) throw challengeOver();
  if (change.madeAt !== null) {
    await undoEmailChange(ctx, { change, actor: 'anonymous' });
    return { outcome: 'undone' };
  }
  await stop(ctx, change);
  ctx.log.warn('Customer {customerId} stopped a change of email', { customerId: change.customerId });
  return { outcome: 'stopped' };
}

/** The customer thinks better of it. @throws {AppError} `not_found` for somebody else's */
export async function cancelEmailChange(ctx: Context, { customerId }: { customerId: string }): Promise<void> {
  assertSelf(ctx, customerId);
  await ctx.db.write(endWaitingChanges(customerId, ctx.now()));
}

async function stop(ctx: Context, { id, customerId }: EmailChange): Promise<void> {
  const now = ctx.now();
  const rows = [
    statement('UPDATE email_changes SET ended_at = ? WHERE id = ? AND made_at IS NULL', now, id),
    consume(id, now),
    endSessions('customer', customerId, null),
    endPasskeys({ kind: 'customer', id: customerId }),
  ];
  const [owner] = await findOwner(ctx.db.fresh, { id: customerId });
  const accountId = owner?.accountId ?? null;
  if (accountId === null) await ctx.db.write(rows);
  else
    await writeHistory(ctx, accountId, async (seen) => {
      const [change] = await findEmailChangeById(seen.db.fresh, { id });
      if (change === undefined || change.endedAt !== null || change.madeAt !== null) throw challengeOver();
      return { history: { kind: 'email_change_stopped' }, rows };
    });
}
