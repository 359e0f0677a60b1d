import type { Context } from '../../ground/platform/context.ts';
import { assertSelf } from './assert-self.ts';
import { findOpenEmailChange } from './queries.ts';

/**
 * The change of email that waits for its codes, or with `dueAt` for its day to be over; null when none does.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function findEmailChange(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<{ challengeId: string; email: string; dueAt: number | null } | null> {
  assertSelf(ctx, customerId);
  const [open] = await findOpenEmailChange(ctx.db.fresh, { customerId, now: ctx.now() });
  return open === undefined ? null : { challengeId: open.id, email: open.email, dueAt: open.dueAt };
}
