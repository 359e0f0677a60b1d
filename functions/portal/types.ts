/**
 * What a signed-in customer may read: the shapes behind the account pages.
 * Money is `bigint` minor units with its currency beside it; instants are epoch milliseconds. `expiresAt` is the last
 * moment at which something still counts, so that its day is the day people are told.
 */
import type { AccountChoice } from '../accounts/own-places.ts';
import type { Moment, OrderStatus } from '../orders/types.ts';
import type { Amount } from '../platform/money.ts';
import type { RuleName } from '../rewards/rule-name.ts';
import type { Band, EntryKind, LeftOutReason, PeriodKind, Rule, Target } from '../rewards/types.ts';

export interface OrderBrief {
  source: string;
  number: string;
  placedAt: Moment;
  status: OrderStatus;
  /** Σ(total − discount) + shipping + tax. */
  total: Amount;
  itemCount: number;
  firstProduct: string | null;
}

export interface OrderSummary extends OrderBrief {
  statusAt: Moment;
  refunded: Amount;
  accountName: string | null;
}

export interface Progress {
  ruleId: string;
  ruleName: RuleName;
  period: { kind: PeriodKind; start: string; end: string | null };
  /** Counted spend of the period so far, settled or not. */
  spend: Amount;
  /** Null when the last target of the period is reached. */
  next: { spend: Amount; missing: Amount; pays: Amount } | null;
  /** Entitlement reached so far in the period. */
  reached: Amount;
  scheme: SchemeView;
}

export type SchemeView =
  | { kind: 'every'; spend: bigint; back: bigint }
  | { kind: 'steps'; targets: Target[] }
  | { kind: 'bands'; mode: 'whole' | 'marginal'; bands: Band[] };

export interface VoucherView {
  /** Null for who may not spend the balance. */
  code: string | null;
  amount: Amount;
  minimum: Amount | null;
  issuedAt: number;
  expiresAt: number | null;
  /** What goes back to the balance when it ends unused. */
  returns: Amount | null;
  state: 'open' | 'used' | 'expired' | 'cancelled';
}

/** A voucher as it is shown at the till; only to who may spend the balance of its account. */
export interface OwnVoucher extends VoucherView {
  code: string;
  /** Null for the customer's own account. */
  accountName: string | null;
  /** The dark squares of its code as a QR code, row by row. */
  squares: boolean[][];
}

/** What a voucher would be that is made now. */
export interface VoucherPreview extends Pick<VoucherView, 'expiresAt' | 'returns'> {
  mayRedeem: boolean;
  available: Amount;
  /** What was asked for; null when that was no amount. */
  amount: Amount | null;
}

export interface ExpiringLot {
  remaining: Amount;
  expiresAt: number;
}

export interface Overview {
  account: AccountChoice;
  /** Whether the reader may spend this account's balance. */
  mayRedeem: boolean;
  accounts: AccountChoice[];
  currency: string;
  available: Amount;
  pending: Amount;
  debt: Amount;
  expiringSoon: ExpiringLot[];
  progress: Progress[];
  latestOrders: OrderBrief[];
  vouchers: VoucherView[];
}

/** The states one may filter orders by: a handful of groups, not every event. */
export const ordersStates = ['open', 'delivered', 'cancelled', 'returned'] as const;
export type OrdersState = (typeof ordersStates)[number];

export interface OrdersQuery {
  /** Null for the orders of all accounts. */
  accountId: string | null;
  /** The start of an order number, or a part of a product's name. */
  search: string | null;
  state: OrdersState | null;
  year: number | null;
  page: number;
}

export interface OrdersPage {
  items: OrderSummary[];
  total: number;
  page: number;
  pages: number;
  years: number[];
  /** Whose orders there are to choose from. */
  accounts: AccountChoice[];
}

export interface OrderEventView {
  status: OrderStatus;
  at: Moment;
  note: string | null;
  source: string;
}

export interface ParcelView {
  /** Null when the order has a single unnamed parcel. */
  name: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  status: OrderStatus;
  statusAt: Moment;
  events: OrderEventView[];
}

export interface OrderLineView {
  id: string;
  sku: string | null;
  product: string | null;
  category: string | null;
  quantity: string;
  total: Amount;
  discount: Amount;
  refunded: Amount;
  isGiftCard: boolean;
}

export interface RefundView {
  id: string;
  at: Moment;
  reason: string | null;
  amount: Amount;
  lines: { product: string | null; amount: Amount }[];
}

/** Why an order earned what it earned under one rule; the parts add up to `earned` + `pending`. */
export interface OrderRewardView {
  ruleName: RuleName;
  earned: Amount;
  pending: Amount;
  /** The day from which pending becomes available, when it is known. */
  settlesAt: number | null;
  spendBefore: Amount;
  spendAfter: Amount;
  parts: ExplanationLine[];
  lines: { lineId: string; product: string | null; counted: Amount; reason: LeftOutReason | null }[];
}

export interface OrderDetail {
  summary: OrderSummary;
  currency: string;
  lines: OrderLineView[];
  shipping: Amount | null;
  tax: Amount | null;
  /** Inside the prices of the lines, and part of no sum. */
  taxIncluded: Amount | null;
  parcels: ParcelView[];
  /** Events of the order itself, oldest first. */
  timeline: OrderEventView[];
  /** Of several parcels, how many have not arrived. */
  parcelsUnderWay: number;
  promisedBy: string | null;
  deliveredAt: Moment | null;
  /** Kept and beaten are both "delivered by the day promised"; open while not delivered and not late yet. */
  promise: 'open' | 'late' | 'kept' | 'beaten' | 'broken' | null;
  refunds: RefundView[];
  rewards: OrderRewardView[];
}

/** One line of an explanation: a code with its values, worded by the reader's language. */
export interface ExplanationLine {
  code: string;
  params: Record<string, string | number | bigint>;
  amount: Amount;
}

/** Money that came, and money that went. */
export const statementKinds = ['in', 'out'] as const;
export type StatementKind = (typeof statementKinds)[number];

export interface StatementQuery {
  accountId: string | null;
  kind: StatementKind | null;
  year: number | null;
  page: number;
  /** All on one page, to be printed. */
  isWhole?: boolean;
}

export interface StatementEntry {
  seq: number;
  at: number;
  kind: EntryKind;
  amount: Amount;
  balanceAfter: Amount;
  ruleName: RuleName | null;
  period: { start: string; end: string | null } | null;
  order: { source: string; number: string } | null;
  expiresAt: number | null;
  explanation: ExplanationLine[];
}

/** An entry as a statement shows it: `balanceAfter` is the sum of what stands below it and itself. */
export interface StatementLine extends StatementEntry {
  /** The same for entries of one order at one moment. */
  row: number;
}

export interface Statement {
  account: AccountChoice;
  /** Whether the reader may spend this account's balance. */
  mayRedeem: boolean;
  accounts: AccountChoice[];
  available: Amount;
  pending: Amount;
  debt: Amount;
  /** What pending consists of: one line per rule and period. */
  pendingLines: { ruleName: RuleName; amount: Amount; settlesAt: number | null }[];
  expiringSoon: ExpiringLot[];
  vouchers: VoucherView[];
  entries: StatementLine[];
  /** Years that have entries, newest first. */
  years: number[];
  page: number;
  pages: number;
  total: number;
}

/** The promises in force today. */
export interface ProgrammeView {
  currency: string;
  timeZone: string;
  rules: Rule[];
}
