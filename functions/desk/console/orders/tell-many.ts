import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { tellByHand, withdrawByHand } from '../../../money/orders/by-hand.ts';
import { listToldBy } from '../../../money/orders/list-told.ts';
import type { EventStatus } from '../../../money/orders/statuses.ts';

/** What the list may tell of many at once: nothing that moves money. */
export const bulkStatuses = [
  'confirmed',
  'packed',
  'shipped',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
  'delayed',
] as const satisfies readonly EventStatus[];

const BULK_MAX = 50;

interface OrderKey {
  source: string;
  number: string;
}

/**
 * Tells one state of many orders, each by itself; `key` is made with the form, so that sent twice each has it once. An order
 * that is further already refuses it. Answers how many have it, and which refused it.
 * @throws {AppError} `forbidden`, `unavailable`
 */
export async function tellMany(
  ctx: Context,
  {
    orders,
    status,
    key,
  }: { orders: readonly OrderKey[]; status: (typeof bulkStatuses)[number]; key: string },
): Promise<{ told: number; refused: number }> {
  allow(ctx.actor, 'orders:write');
  const nothing = { note: null, carrier: null, trackingNumber: null, trackingUrl: null, parcel: null };
  let [told, refused] = [0, 0];
  for (const { source, number } of orders.slice(0, BULK_MAX)) {
    const event = { ...nothing, id: key, status, at: ctx.now() };
    if (await isTaken(tellByHand(ctx, { source, number, event, isForward: true }))) told += 1;
    else refused += 1;
  }
  return { told, refused };
}

/** Takes back what one such act told, wherever it still stands. @throws {AppError} `forbidden`, `unavailable` */
export async function withdrawMany(ctx: Context, key: string): Promise<number> {
  allow(ctx.actor, 'orders:write');
  const orders = await listToldBy(ctx.db.fresh, key);
  for (const order of orders) await withdrawByHand(ctx, { ...order, eventId: key });
  return orders.length;
}

/** False where the order refuses it, such as one that was cancelled. */
async function isTaken(telling: Promise<unknown>): Promise<boolean> {
  try {
    await telling;
    return true;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'validation_failed' || error.code === 'not_found'))
      return false;
    throw error;
  }
}
