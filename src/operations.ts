import type { OrderDetail, OrdersPage, Overview, Statement, VoucherView } from '../functions/portal/types.ts';
import type { Rule } from '../functions/rewards/types.ts';

/**
 * What the pages ask of the work behind them, bound to one request's context. Refusals that a customer can
 * mend come back as values; what is not theirs is null; anything else throws.
 */
export interface Operations {
  getProgramme(): Promise<ProgrammeView | null>;

  requestSignIn(input: {
    email: string;
    locale: string;
  }): Promise<Refused<'too_many'> | { ok: true; challenge: string }>;
  verifyCode(input: { challenge: string; code: string }): Promise<SignInResult>;
  /** `challenge` is what the asking browser holds; a browser without it must bring the code of the same email. */
  consumeLink(input: {
    token: string;
    challenge: string | null;
    code: string | null;
  }): Promise<SignInResult | Refused<'other_browser'>>;
  signOut(): Promise<void>;
  signOutEverywhere(): Promise<void>;

  getOverview(input: { accountId: string | null }): Promise<Overview | null>;
  listOrders(input: OrdersQuery): Promise<OrdersPage>;
  getOrder(input: { source: string; number: string }): Promise<OrderDetail | null>;
  getStatement(input: StatementQuery): Promise<Statement | null>;
  /** All entries that the filter leaves, as CSV; `page` does not matter. */
  exportStatement(input: StatementQuery): Promise<string | null>;
  turnIntoVoucher(input: {
    accountId: string | null;
    amountMinor: bigint;
    key: string;
  }): Promise<Refused<'insufficient_balance'> | { ok: true; voucher: VoucherView }>;

  getSettings(): Promise<SettingsView>;
  rename(input: { name: string }): Promise<void>;
  setLanguage(input: { locale: string }): Promise<void>;
  requestEmailChange(input: { email: string }): Promise<Refused<'too_many' | 'same_email'> | { ok: true }>;
  confirmEmailChange(input: {
    code: string;
  }): Promise<Refused<'wrong_code' | 'expired' | 'too_many'> | { ok: true }>;
}

export interface Refused<Reason extends string> {
  ok: false;
  reason: Reason;
}

export type SignInResult =
  | { ok: true; session: { token: string; maxAgeSeconds: number } }
  | Refused<'wrong_code' | 'expired' | 'too_many'>;

export interface OrdersQuery {
  accountId: string | null;
  search: string | null;
  state: OrdersState | null;
  year: number | null;
  page: number;
}

/** The states one may filter orders by: a handful of groups, not every event. */
export const ordersStates = ['open', 'delivered', 'cancelled', 'returned'] as const;
export type OrdersState = (typeof ordersStates)[number];

export interface StatementQuery {
  accountId: string | null;
  kind: StatementKind | null;
  year: number | null;
  page: number;
}

export const statementKinds = ['in', 'out'] as const;
export type StatementKind = (typeof statementKinds)[number];

export interface ProgrammeView {
  currency: string;
  timeZone: string;
  rules: Rule[];
}

export interface SettingsView {
  email: string;
  name: string | null;
  locale: string;
  /** The address a code was sent to, while a change waits for it. */
  pendingEmail: string | null;
  sessions: { isThis: boolean; device: string; startedAt: number; lastSeenAt: number }[];
}
