import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { seesOrder } from './own-order.ts';
import {
  findReturnById,
  findReturnByReference,
  listReturnEvents,
  listReturnFiles,
  listReturnLines,
  type ReturnFileRow,
  type ReturnRow,
} from './queries.ts';
import type { ReturnParts } from './to-answer.ts';

type EventRow = Awaited<ReturnType<typeof listReturnEvents>>[number];

/** A return with all that hangs on it, and its order. */
export interface LoadedReturn extends ReturnParts {
  events: readonly EventRow[];
  files: readonly ReturnFileRow[];
  order: Order;
  /** The customers who are told of it: whose the order is, and who asked, while they see the order. */
  readers: readonly string[];
}

/** @throws {AppError} `not_found` */
export async function loadReturn(
  ctx: Context,
  asked: { reference: string } | { id: string },
): Promise<LoadedReturn> {
  const db = ctx.db.fresh;
  const row: ReturnRow | null =
    'id' in asked
      ? await findReturnById(db, { id: asked.id })
      : await findReturnByReference(db, { reference: normalCode(asked.reference) });
  if (row === null) throw noReturn();
  const { id } = row;
  const [lines, events, files, orders] = await Promise.all([
    listReturnLines(db, { ids: JSON.stringify([id]) }),
    listReturnEvents(db, { id }),
    listReturnFiles(db, { id }),
    loadOrders(db, [row]),
  ]);
  const order = orders.get(orderKey(row));
  if (order === undefined) throw noReturn();
  const readers = await listReaders(ctx, order, row);
  const places = new Map(order.lines.map(({ lineId }, index) => [lineId, index]));
  return {
    ...{ events, files, order, readers },
    row: { ...row, customerId: order.customerId, rootId: order.rootId },
    lines: lines.toSorted((a, b) => (places.get(a.lineId) ?? 0) - (places.get(b.lineId) ?? 0)),
    products: new Map(order.lines.map(({ lineId, product, sku }) => [lineId, product ?? sku])),
    pictures: files.filter(({ kind }) => kind === 'picture').length,
  };
}

async function listReaders(
  ctx: Context,
  order: Order,
  { askedBy }: Pick<ReturnRow, 'askedBy'>,
): Promise<string[]> {
  const { customerId } = order;
  if (askedBy === null || askedBy === customerId) return [customerId];
  const isIn = await seesOrder(ctx, { customerId: askedBy, order });
  return isIn ? [customerId, askedBy] : [customerId];
}

export const noReturn = () => new AppError('not_found', 'There is no such return.');
