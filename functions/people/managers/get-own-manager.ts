import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findCardOf, type ManagerCard } from './find-card.ts';

/**
 * Who looks after the signed-in customer: of the account named, or of the one that pages show first. Null where nobody does,
 * where they have left, or where nobody said what they are called. `timeZone` is the business's.
 */
export function getOwnManager(
  ctx: Context,
  { accountId, timeZone }: { accountId: string | null; timeZone: string },
): Promise<ManagerCard | null> {
  return findCardOf(ctx, { customerId: customerIdOf(ctx), accountId, timeZone });
}
