import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findUnconfirmed } from './queries.ts';

/** Somebody who ordered for a company that nobody manages. */
export type Unconfirmed = Awaited<ReturnType<typeof findUnconfirmed>>[number];

/**
 * Who joined the portal and belongs to a company or household by an order alone, where nobody manages it who could
 * confirm them; those who wait longest first, up to a hundred.
 * @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing`
 */
export async function listUnconfirmed(ctx: Context): Promise<Unconfirmed[]> {
  allow(ctx.actor, 'customers:read');
  return findUnconfirmed(ctx.db);
}
