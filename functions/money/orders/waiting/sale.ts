import { readInteger } from '../../../ground/platform/exact-json.ts';
import type { Moment } from '../../../ground/platform/moment.ts';
import type { Buyer, Order, OrderDraft } from '../order.ts';

/**
 * A sale of nobody we know. `order` is whole but for whose it is: its ids of customer and accounts are empty. `account` and
 * `department` are what the source said; they count once the sale is given to somebody.
 */
export interface WaitingSale {
  order: Order;
  customerName: string | null;
  account: string | null;
  department: string | null;
  receiptCode: string;
  version: number;
  actor: string;
}

/** Of an amount or a moment, what JSON can hold exactly. */
type Packed<Value> = Value extends bigint
  ? string
  : Value extends readonly (infer Item)[]
    ? Packed<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Packed<Value[Key]> }
      : Value;

type StateOrder = Pick<Order, 'placedAt' | 'shippingMinor' | 'taxMinor' | 'taxIncludedMinor'> &
  Pick<Order, 'promisedBy'> &
  Pick<Order, 'lines' | 'events' | 'refunds'>;

/** What is kept as JSON in `waiting_sales.state`; `v` counts the forms it has had. */
interface State extends Pick<WaitingSale, 'customerName' | 'account' | 'department'> {
  v: 1;
  order: Packed<StateOrder>;
}

/** The columns of `waiting_sales` that a sale is read from. */
export interface SaleRow {
  id: string;
  source: string;
  number: string;
  receiptCode: string;
  currency: string;
  state: string;
  version: number;
  importId: string | null;
  recordedAt: number;
  actor: string;
}

export function packState({ order, customerName, account, department }: WaitingSale): string {
  const { placedAt, shippingMinor, taxMinor, taxIncludedMinor, promisedBy, lines, events, refunds } = order;
  const money = { shippingMinor, taxMinor, taxIncludedMinor };
  const kept: StateOrder = { placedAt, ...money, promisedBy, lines, events, refunds };
  const state = { v: 1, customerName, account, department, order: kept };
  // As text: that is how `tellsTaxIncluded` finds them.
  return JSON.stringify(state, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}

/** @throws {Error} when the text is of another form */
export function unpackSale(row: SaleRow): WaitingSale {
  const state: State = JSON.parse(row.state);
  if (state.v !== 1) throw new Error(`the state of waiting sale ${row.id} is of an unknown form`);
  const { order, customerName, account, department } = state;
  const { source, number, receiptCode, version, actor } = row;
  return {
    ...{ customerName, account, department, receiptCode, version, actor },
    order: {
      ...{ id: row.id, source, number, accountId: '', rootId: '', customerId: '' },
      placedAt: momentOf(order.placedAt),
      currency: row.currency,
      shippingMinor: minorOf(order.shippingMinor),
      taxMinor: minorOf(order.taxMinor),
      taxIncludedMinor: minorOf(order.taxIncludedMinor),
      promisedBy: order.promisedBy,
      importId: row.importId,
      recordedAt: row.recordedAt,
      lines: order.lines.map((line) => ({
        ...line,
        totalMinor: readInteger(line.totalMinor),
        discountMinor: readInteger(line.discountMinor),
      })),
      events: order.events.map((event) => ({ ...event, at: momentOf(event.at) })),
      refunds: order.refunds.map((refund) => ({
        ...refund,
        at: momentOf(refund.at),
        lines: refund.lines.map(({ lineId, amountMinor }) => ({
          lineId,
          amountMinor: readInteger(amountMinor),
        })),
      })),
    },
  };
}

/** An order as it is kept, told again as the order of somebody. */
export function draftOf(
  order: Order,
  { buyer, ...rest }: Pick<WaitingSale, 'customerName' | 'account' | 'department'> & { buyer: Buyer },
): OrderDraft {
  const { id, accountId, rootId, customerId, importId, recordedAt, refunds, ...told } = order;
  const nothingNew = { refundedByLine: null, isRefundShared: false, refunds: [], leftByLine: null };
  const cancelledGoods: OrderDraft['cancelledGoods'] = [];
  return { ...told, ...rest, ...nothingNew, cancelledGoods, buyer };
}

const minorOf = (amount: string | null) => (amount === null ? null : readInteger(amount));

const momentOf = ({ at, day }: Packed<Moment>): Moment => ({ at, day });
