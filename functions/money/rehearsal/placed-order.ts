import { startOfDay } from '../../ground/platform/business-time.ts';
import type { listPlaced } from '../orders/list-placed.ts';
import type { OrderFacts } from '../rewards/types.ts';

export type PlacedRow = Awaited<ReturnType<typeof listPlaced>>[number];

/** When an order was placed; a bare day that moves with the time zone is read in it. */
export function placedAtOf({ placedAt, placedOn }: PlacedRow, timeZone: string, isMoved: boolean): number {
  return isMoved && placedOn !== null ? startOfDay(placedOn, timeZone) : placedAt;
}

/** What waits for its delivery will be delivered: pending is earned, too. */
export function factsOfRow(
  row: PlacedRow,
  { placedAt, voucherPaid }: { placedAt: number; voucherPaid: bigint },
): OrderFacts {
  const { id, source, number, currency, isCancelled, isHeld } = row;
  return {
    ...{ id, source, number, placedAt, currency, isCancelled, isHeld, voucherPaid },
    deliveredAt: placedAt,
    shipping: row.shippingMinor ?? 0n,
    tax: row.taxMinor ?? 0n,
    lines: row.lines.map((line) => ({
      id: line.lineId,
      sku: line.sku,
      category: line.category,
      total: line.totalMinor,
      discount: line.discountMinor,
      refunded: line.refundedMinor,
      isGiftCard: line.isGiftCard,
    })),
  };
}
