import type { Store } from '../../../db/store.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { priceOf } from '../../money/orders/list-bought.ts';
import { listLines, type RequestLineRow, type RequestRow } from './queries.ts';
import type { RequestAnswer, RequestKind, RequestState } from './schema.ts';

interface OrderNamed {
  source: string;
  number: string;
}

export interface RequestLine {
  sku: string | null;
  name: string;
  category: string | null;
  quantityMilli: number;
  /** Of one piece, as it was shown; null where none was known. */
  price: Amount | null;
  /** Of all of them. */
  total: Amount | null;
}

/** What a customer asked for, and what became of it. */
export interface OrderRequest {
  id: string;
  reference: string;
  kind: RequestKind;
  state: RequestState;
  at: number;
  customer: { id: string; name: string | null; email: string | null };
  /** The account or department it is for, and its root. */
  accountId: string;
  rootId: string;
  /** The company or household, with the department; null for the customer's own account. */
  accountName: string | null;
  /** The company or household alone. */
  rootName: string | null;
  /** The department of it alone; null for none. */
  department: string | null;
  /** The order to be had again, or to be cancelled. */
  order: OrderNamed | null;
  ownReference: string | null;
  wishedOn: string | null;
  note: string | null;
  lines: RequestLine[];
  /** Of all lines; null where the price of one was not known, or there are none. */
  total: Amount | null;
  answer: { at: number; by: string | null; order: OrderNamed | null; text: string | null } | null;
}

/** Rows with their lines. */
export async function completeRequests(db: Store, rows: readonly RequestRow[]): Promise<OrderRequest[]> {
  if (rows.length === 0) return [];
  const lines = await listLines(db, { ids: JSON.stringify(rows.map(({ id }) => id)) });
  const byRequest = Map.groupBy(lines, ({ requestId }) => requestId);
  return rows.map((row) => toRequest(row, byRequest.get(row.id) ?? []));
}

/** A row with its lines. */
export function toRequest(row: RequestRow, rows: readonly RequestLineRow[]): OrderRequest {
  const currency = row.currency ?? '';
  const lines = rows.map(({ sku, name, category, quantityMilli, priceMinor }) => ({
    ...{ sku, name, category, quantityMilli },
    price: priceMinor === null ? null : { minor: priceMinor, currency },
    total: priceMinor === null ? null : { minor: priceOf(priceMinor, quantityMilli), currency },
  }));
  const named = (source: string | null, number: string | null) =>
    source === null || number === null ? null : { source, number };
  const parts = [row.accountName, row.department].filter((part) => part !== null);
  return {
    ...{ id: row.id, reference: row.reference, kind: row.kind, at: row.at },
    state: row.outcome ?? 'placed',
    customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
    ...{ accountId: row.accountId, rootId: row.rootId },
    accountName: parts.length === 0 ? null : parts.join(', '),
    rootName: row.accountName,
    department: row.department,
    order: named(row.orderSource, row.orderNumber),
    ...{ ownReference: row.ownReference, wishedOn: row.wishedOn, note: row.note },
    lines,
    total: totalOf(lines, currency),
    answer:
      row.answeredAt === null
        ? null
        : {
            at: row.answeredAt,
            by: row.answeredBy,
            order: named(row.answerSource, row.answerNumber),
            text: row.answerText,
          },
  };
}

function totalOf(lines: readonly { total: Amount | null }[], currency: string): Amount | null {
  if (lines.length === 0) return null;
  let minor = 0n;
  for (const { total } of lines) {
    if (total === null) return null;
    minor += total.minor;
  }
  return { minor, currency };
}

/** A request as the API answers it. */
export function toRequestAnswer(request: OrderRequest): RequestAnswer {
  const { id, reference, kind, state, at, customer, accountId, order, answer, lines } = request;
  const { ownReference, wishedOn, note } = request;
  return {
    ...{ id, reference, kind, state, at: instantText(at), customerId: customer.id, accountId, order },
    ...{ ownReference, wishedOn, note },
    lines: lines.map(({ sku, name, quantityMilli, price }) => ({
      ...{ sku, product: name, quantity: quantityMilli / 1000 },
      price: price === null ? null : { amount: Number(price.minor), currency: price.currency },
    })),
    answer: answer === null ? null : { at: instantText(answer.at), order: answer.order, text: answer.text },
  };
}
