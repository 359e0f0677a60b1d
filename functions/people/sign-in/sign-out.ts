import type { Context } from '../../ground/platform/context.ts';
import { assertSelf } from './assert-self.ts';
import { endSession, endSessions } from './end-sessions.ts';

/** Ends the session of a cookie's token; a second time changes nothing. */
export async function signOut(ctx: Context, token: string): Promise<void> {
  await ctx.db.write([endSession(token)]);
}

/**
 * Ends all sessions of a customer, but that of `exceptToken` when it is given.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function signOutEverywhere(
  ctx: Context,
  { customerId, exceptToken = null }: { customerId: string; exceptToken?: string | null },
): Promise<void> {
  assertSelf(ctx, customerId);
  await ctx.db.write([endSessions('customer', customerId, exceptToken)]);
}
