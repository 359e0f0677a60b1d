import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { OrderDraft } from '../../money/orders/order.ts';
import { recordDraft } from '../../money/orders/record-order.ts';
import { addCustomer } from '../../people/customers/add-customer.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { importFeedback } from '../../reach/imports/feedback/import-feedback.ts';
import type { FeedbackReport } from '../../reach/imports/feedback/report.ts';
import { fileInMemory } from '../../reach/imports/file-in-memory.ts';
import { type OwnData, readOwnData } from './read-own-data.ts';

/** What of a download became somebody's history here. */
export interface ImportedOwnData {
  customerId: string;
  orders: { created: number; unchanged: number };
  feedback: Pick<FeedbackReport, 'answers' | 'errors'>;
}

/**
 * Takes in what a customer took home elsewhere: who they are, their orders whole, with events and refunds, and what they told with
 * the answers, moments and words as they were. Nothing of it is counted by what the other portal promised: balance, vouchers and
 * places in clubs are of that one, and rewards follow from the programme here. What is here already stays, so that it can be
 * done again; orders of a company become their own.
 * @throws {AppError} `bad_request` for what is no download, `forbidden`, `scope_missing`, whatever an order is refused for
 */
export async function importOwnData(ctx: Context, zip: Uint8Array): Promise<ImportedOwnData> {
  for (const scope of ['imports:write', 'customers:write', 'orders:write', 'feedback:write'] as const)
    allow(ctx.actor, scope);
  const data = readOwnData(zip);
  const email = await bringCustomer(ctx, data);
  const drafts = draftsOf(data, email);
  const known = await loadOrders(ctx.db.fresh, drafts);
  const news = drafts.filter((draft) => !known.has(orderKey(draft)));
  for (const draft of news) await recordDraft(ctx, draft);
  const orders = { created: news.length, unchanged: drafts.length - news.length };
  const file = fileInMemory({ name: 'feedback.ndjson', bytes: Buffer.from(toldLines(data, email)) });
  const told = data.feedback.length === 0 ? null : await importFeedback(ctx, { file });
  const { answers, errors } = told ?? { answers: { created: 0, unchanged: 0, rejected: 0 }, errors: [] };
  const [customer] = await listCustomersByAnyEmail(ctx.db.fresh, { email });
  assert(customer !== undefined, 'they were brought in before');
  return { customerId: customer.id, orders, feedback: { answers, errors } };
}

/** Answers the address by which they are known here. */
async function bringCustomer(ctx: Context, { customers }: OwnData): Promise<string> {
  const self = customers.find((one) => one.email !== null);
  const email = self?.email ?? null;
  if (self === undefined || email === null)
    throw new AppError('bad_request', 'The customer has no address by which they could be known here.');
  const known = await listCustomersByAnyEmail(ctx.db.fresh, { email });
  if (known.length === 0) await addCustomer(ctx, { ...self, email });
  return email;
}

/** The orders as their sources told them, the oldest first. */
function draftsOf({ orders, lines, events, refunds, refundLines }: OwnData, email: string): OrderDraft[] {
  const linesOf = Map.groupBy(lines, (row) => row.order_id);
  const eventsOf = Map.groupBy(events, (row) => row.order_id);
  const refundsOf = Map.groupBy(refunds, (row) => row.order_id);
  const partsOf = Map.groupBy(refundLines, (row) => `${row.order_id} ${row.refund_id}`);
  const drafts = orders.map((order): OrderDraft => {
    const { id, source, number, currency } = order;
    return {
      ...{ source, number, currency, placedAt: { at: order.placed_at, day: order.placed_on } },
      ...{ buyer: { kind: 'email', email, key: null }, customerName: null, account: null, department: null },
      lines: (linesOf.get(id) ?? [])
        .toSorted((one, other) => one.position - other.position)
        .map((line) => ({
          ...{ lineId: line.line_id, sku: line.sku, product: line.product, category: line.category },
          ...{ quantityMilli: line.quantity_milli, totalMinor: line.total_minor },
          ...{ discountMinor: line.discount_minor, isGiftCard: line.is_gift_card },
        })),
      ...{ shippingMinor: order.shipping_minor, taxMinor: order.tax_minor },
      ...{ taxIncludedMinor: order.tax_included_minor, promisedBy: order.promised_by },
      events: (eventsOf.get(id) ?? []).map((event) => ({
        ...{ source: event.source, eventId: event.event_id, status: event.status },
        at: { at: event.at, day: event.at_on },
        ...{ note: event.note, carrier: event.carrier, parcel: event.parcel },
        ...{ trackingNumber: event.tracking_number, trackingUrl: event.tracking_url },
      })),
      refunds: (refundsOf.get(id) ?? []).map((refund) => ({
        ...{ refundId: refund.refund_id, at: { at: refund.at, day: refund.at_on }, reason: refund.reason },
        lines: (partsOf.get(`${id} ${refund.refund_id}`) ?? []).map((part) => ({
          lineId: part.line_id,
          amountMinor: part.amount_minor,
        })),
      })),
      ...{ refundedByLine: null, isRefundShared: false, leftByLine: null, cancelledGoods: [] },
    };
  });
  return drafts.toSorted((one, other) => one.placedAt.at - other.placedAt.at);
}

/** As an export of feedback writes it, a line for each thing said. */
function toldLines({ feedback, messages }: OwnData, email: string): string {
  const told = feedback.map((one) => ({
    ...{ id: one.id, kind: one.kind, told_at: one.at, reference: one.reference, email, source: one.source },
    ...{ language: one.language ?? '', order_source: one.order_source ?? '', line: one.line_id ?? '' },
    ...{ order_number: one.order_number ?? '', served_by: one.served_by ?? '', page: one.page ?? '' },
    ...{ wants_reply: one.wants_reply ? 'yes' : 'no', product: one.product ?? '', text: one.text },
  }));
  const answers = messages.map((one) => ({
    ...{ id: one.id, kind: 'message', told_at: one.at, reply_to: one.feedback_id, said_by: one.from, email },
    ...{ text: one.text, place: one.place ?? '', url: one.url ?? '' },
  }));
  return [...told, ...answers].map((row) => `${JSON.stringify(row)}\n`).join('');
}
