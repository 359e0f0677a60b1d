/** The columns of our own orders CSV, see DOMAIN.md §4. */
export const requiredColumns = [
  'order_number',
  'placed_at',
  'customer_email',
  'currency',
  'line_total',
] as const;

export const optionalColumns = [
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
] as const;

export const columns = [...requiredColumns, ...optionalColumns] as const;
export type Column = (typeof columns)[number];

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
  /** The row takes back goods of the order: its total is what was given back. */
  is_refund: boolean;
}

export type TextColumn = Exclude<keyof TillRow, 'is_refund'>;

/** A row with every cell empty, for the tills to fill in. */
export const emptyRow: Readonly<TillRow> = {
  order_number: '',
  placed_at: '',
  customer_email: '',
  currency: '',
  line_total: '',
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
  unit_price: '',
  order_discount: '',
  order_subtotal: '',
  order_refunded: '',
  is_refund: false,
};
