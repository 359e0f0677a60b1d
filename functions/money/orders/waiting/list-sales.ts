import { z } from 'zod';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../../ground/platform/cursor.ts';
import type { Moment } from '../../../ground/platform/moment.ts';
import type { Amount } from '../../../ground/platform/money.ts';
import { listNewestSales } from './queries.ts';
import { unpackSale } from './sale.ts';

/** A sale that waits for somebody to say whose it is, for staff. */
export interface WaitingSaleView {
  source: string;
  number: string;
  receiptCode: string;
  placedAt: Moment;
  amount: Amount;
  /** What the till said of who bought: a name, a company; mostly nothing. */
  customerName: string | null;
  account: string | null;
  firstProduct: string | null;
}

const SALES_PER_PAGE = 50;
const place = z.tuple([z.int(), z.string()]);

/** Sales without a customer, the latest first. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listSales(
  ctx: Context,
  { cursor }: { cursor: string | null },
): Promise<{ items: WaitingSaleView[]; nextCursor: string | null }> {
  allow(ctx.actor, 'orders:read');
  const [placedAt, id] = cursor === null ? [Number.MAX_SAFE_INTEGER, ''] : decodeCursor(place, cursor);
  const rows = await listNewestSales(ctx.db, { placedAt, id, limit: SALES_PER_PAGE + 1 });
  const shown = rows.slice(0, SALES_PER_PAGE);
  const last = rows.length > SALES_PER_PAGE ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => {
      const { order, customerName, account, receiptCode } = unpackSale(row);
      return {
        ...{ source: row.source, number: row.number, receiptCode, customerName, account },
        placedAt: order.placedAt,
        amount: { minor: row.spendMinor, currency: row.currency },
        firstProduct: order.lines.find(({ product }) => product !== null)?.product ?? null,
      };
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.placedAt, last.id]),
  };
}
