import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import type { ListPlace } from '../../../money/orders/find-filtered.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { momentText } from '../../../reach/exports/days.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';
import { type ConsoleOrder, listPage } from './list-orders.ts';
import { type Meant, readMeant } from './meant.ts';
import type { OrdersAsked } from './read-filter.ts';

const ORDERS_PER_STEP = 500;

const columns = [
  'source',
  'order_number',
  'placed_at',
  'customer_email',
  'customer_name',
  'account',
  'product',
  'lines',
  'currency',
  'total',
  'status',
  'late',
] as const;

/**
 * The orders that staff see as a CSV, one row each, in the order of the list; who took it stands in the log.
 * @throws {AppError} as `listConsoleOrders`, `proof_needed`, and `validation_failed` for a text that finds more than is looked at
 */
export async function downloadOrders(ctx: Context, asked: OrdersAsked): Promise<ReadableStream<Uint8Array>> {
  const isPersonal = mayReadPersonal(ctx.actor);
  if (isPersonal) allowProven(ctx);
  const meant = await readMeant(ctx, asked);
  if (meant.isCut) throw wrongField('search', 'too_many_found', 'finds more orders than are looked at');
  await writeDecision(ctx, {
    audit: { kind: 'orders.exported', subjectKind: 'export', subjectId: 'orders', detail: detailOf(asked) },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, meant, isPersonal) }, 'csv'));
}

/** What was asked for, without the text, which may be somebody's name. */
function detailOf({ search, ...asked }: OrdersAsked): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
}

async function* pagesOf(ctx: Context, meant: Meant, isPersonal: boolean): AsyncGenerator<SheetRow[]> {
  let after: ListPlace | null = null;
  for (;;) {
    const page: ConsoleOrder[] = await listPage(ctx, meant, { after, limit: ORDERS_PER_STEP });
    yield page.map((order) => rowOf(order, isPersonal));
    const last = page.at(-1);
    if (last === undefined || page.length < ORDERS_PER_STEP) return;
    after = { placedAt: last.placedAt.at, id: last.id };
  }
}

function rowOf(order: ConsoleOrder, isPersonal: boolean): SheetRow {
  const { placedAt, total } = order;
  const customer = isPersonal ? order.customer : null;
  return [
    order.source,
    order.number,
    momentText(placedAt.at, placedAt.day),
    customer?.email ?? null,
    customer?.name ?? null,
    isPersonal ? order.accountName : null,
    order.firstProduct,
    order.itemCount,
    total.currency,
    csvNumber(formatDecimal(total.minor, currencyExponent(total.currency) ?? 2)),
    order.status,
    order.isLate ? 'yes' : null,
  ];
}
