import { allow } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assertNotOneself, assertNotOwn } from '../../money/credits/assert-not-own.ts';

/** For so long a merge can be undone. */
export const UNDO_MS = 30 * DAY_MS;

/** @throws {AppError} `unauthenticated`, `scope_missing`, `forbidden` */
export function allowMerging({ actor }: Pick<Context, 'actor'>): void {
  allow(actor, 'customers:write');
  allow(actor, 'orders:write');
}

/**
 * Nobody who works here brings credit into an account of their own, or out of it.
 * @throws {AppError} `credit_to_oneself`, `forbidden`
 */
export async function refuseOwn(
  ctx: Context,
  of: { customerIds: readonly string[]; rootIds: readonly (string | null)[] },
): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') return;
  const staffId = actor.id;
  const accounts = of.rootIds.filter((id) => id !== null);
  await Promise.all([
    assertNotOneself(ctx, { staffId, customerIds: of.customerIds }),
    ...accounts.map((accountId) => assertNotOwn(ctx, { staffId, accountId })),
  ]);
}
