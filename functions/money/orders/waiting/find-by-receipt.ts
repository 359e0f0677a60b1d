import type { Context } from '../../../ground/platform/context.ts';
import { normalCode } from '../../../ground/platform/ids.ts';
import { findSaleByCode } from './queries.ts';
import type { WaitingSale } from './sale.ts';

/** The sale that waits under a receipt's code, as typed or scanned; null when none does. */
export function findSaleByReceipt(ctx: Pick<Context, 'db'>, code: string): Promise<WaitingSale | null> {
  return findSaleByCode(ctx.db.fresh, normalCode(code));
}
