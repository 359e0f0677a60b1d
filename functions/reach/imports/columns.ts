/** The columns of our own orders CSV, see DOMAIN.md §4. */
export const requiredColumns = ['order_number', 'placed_at', 'currency', 'line_total'] as const;

const optionalColumns = [
  'customer_email',
  'customer_key',
  'customer_name',
  'account',
  'department',
  'source',
  'sku',
  'product',
  'category',
  'quantity',
  'line_discount',
  'refunded_total',
  'shipping',
  'tax',
  'status',
  'delivered_at',
  'promised_by',
  'carrier',
  'tracking_number',
  'tax_included',
  'gift_card',
] as const;

export const columns = [...requiredColumns, ...optionalColumns] as const;
export type Column = (typeof columns)[number];

/** The column that tells why an order was rejected, in the file that gives its rows back; read by nobody. */
export const rejectedColumn = 'rejected_because';

/** A row in the words of our own columns, still text; absent is ''. */
export interface TillRow extends Record<Column, string> {
  /** Where a till has no total of the row: `line_total` is then this × quantity, rounded half up. */
  unit_price: string;
  /** What was given off the whole order, to be shared out over its lines. */
  order_discount: string;
  /** Σ(total − discount) of the order as the till knows it; says which discount is already in the lines. */
  order_subtotal: string;
  /** What was given back of the whole order, to be shared out over its lines. */
  order_refunded: string;
  /**
   * What was paid for the whole order, with shipping and tax. It decides whether `tax` is inside the prices, and what
   * was really paid for `shipping`.
   */
  order_total: string;
  /** The tax of the row, where the till tells it by rows; Σ is the order's `tax` where that is empty. */
  line_tax: string;
  /** The shipping of the row, where the till tells it by rows; Σ is the order's `shipping` where that is empty. */
  line_shipping: string;
  /** Names the row within its order, where the till does: the same row again in the file is no further line. */
  row_id: string;
  /** What is left of the quantity, where the till takes refunds off it; `line_total` and `unit_price` are of that. */
  quantity_left: string;
  /** Names the refund of a row that takes goods back, so that it counts once in whatever file it stands. */
  refund_id: string;
  /** When the money of such a row was given back. */
  refunded_at: string;
  /** The number of the order whose goods such a row takes back, where that is not its own. */
  refunded_order: string;
  /** The row takes back goods of the order: its total is what was given back. */
  is_refund: boolean;
  /** The row leaves out what belongs to the whole order, which stands on another row; it may even lack the number. */
  is_continued: boolean;
  is_gift_card: boolean;
  /** Beside `is_refund`: goods may also be of an earlier order of the customer, the latest that has them. */
  is_credit: boolean;
  /** `tax` and `line_tax` are inside the prices. */
  is_tax_inside: boolean;
  /** The row tells of the order as a whole and sells nothing. */
  is_without_line: boolean;
  /** The row tells a new state of an order that an earlier file told, and nothing of one that none did. */
  is_news: boolean;
  /** The row tells goods that are no longer part of its order; its amounts say nothing. */
  is_cancelled: boolean;
  /** The row is all goods of its order as one sum. */
  is_sum: boolean;
  /** Why the row is no order at all; '' for all others. */
  left_out: string;
}

export type TextColumn = Exclude<
  keyof TillRow,
  | 'is_refund'
  | 'is_continued'
  | 'is_gift_card'
  | 'is_credit'
  | 'is_tax_inside'
  | 'is_without_line'
  | 'is_news'
  | 'is_cancelled'
  | 'is_sum'
  | 'left_out'
>;

/** A row with every cell empty, for the tills to fill in. */
export const emptyRow: Readonly<TillRow> = {
  order_number: '',
  placed_at: '',
  customer_email: '',
  currency: '',
  line_total: '',
  customer_key: '',
  customer_name: '',
  account: '',
  department: '',
  source: '',
  sku: '',
  product: '',
  category: '',
  quantity: '',
  line_discount: '',
  refunded_total: '',
  shipping: '',
  tax: '',
  status: '',
  delivered_at: '',
  promised_by: '',
  carrier: '',
  tracking_number: '',
  tax_included: '',
  gift_card: '',
  unit_price: '',
  order_discount: '',
  order_subtotal: '',
  order_refunded: '',
  order_total: '',
  line_tax: '',
  line_shipping: '',
  row_id: '',
  quantity_left: '',
  refund_id: '',
  refunded_at: '',
  refunded_order: '',
  is_refund: false,
  is_continued: false,
  is_gift_card: false,
  is_credit: false,
  is_tax_inside: false,
  is_without_line: false,
  is_news: false,
  is_cancelled: false,
  is_sum: false,
  left_out: '',
};
