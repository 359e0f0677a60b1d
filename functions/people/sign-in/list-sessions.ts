import type { Context } from '../../ground/platform/context.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { assertSelf } from './assert-self.ts';
import { listSessionRows } from './queries.ts';
import { isAlive } from './session-terms.ts';

export interface SessionItem {
  /** Whether it is that of `currentToken`. */
  isThis: boolean;
  /** Such as `Firefox, Windows`; may be empty. */
  device: string;
  startedAt: number;
  lastSeenAt: number;
}

/**
 * Where a customer is signed in, last used first.
 * @throws {AppError} `not_found` for somebody else's
 */
export async function listSessions(
  ctx: Context,
  { customerId, currentToken }: { customerId: string; currentToken: string | null },
): Promise<SessionItem[]> {
  assertSelf(ctx, customerId);
  const now = ctx.now();
  const current = currentToken === null ? null : hashOf(currentToken);
  const rows = await listSessionRows(ctx.db.fresh, { customerId, now });
  return rows
    .filter((row) => isAlive(row, now))
    .map((row) => ({
      isThis: row.tokenHash === current,
      device: row.browser,
      startedAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
    }));
}
