import type { CustomerFileQuery } from '../../functions/console/get-customer.ts';
import type { ConsoleOverview, CustomerFile, Found } from '../../functions/console/types.ts';
import type { CreditOutcome } from '../../functions/credits/give-credit.ts';
import type { FieldError } from '../../functions/platform/errors.ts';
import type { ExportQuery } from '../../functions/portal/export-statement.ts';
import type {
  OrderDetail,
  OrdersPage,
  OrdersQuery,
  Overview,
  OwnVoucher,
  ProgrammeView,
  Statement,
  StatementQuery,
  VoucherPreview,
  VoucherView,
} from '../../functions/portal/types.ts';
import type { ConfirmedChange } from '../../functions/sign-in/confirm-email-change.ts';
import type { SessionKind } from '../../functions/sign-in/session-terms.ts';

/**
 * What the pages ask of the work behind them, bound to one request's context. Refusals that a customer can
 * mend come back as values; what is not theirs is null; anything else throws.
 */
export interface Operations extends SignInOperations, PortalOperations {}

/** Signing in and out; `cookies` are for the answer's `Set-Cookie`. */
export interface SignInOperations {
  requestSignIn(input: {
    email: string;
    language: string;
    /** Of the friend who recommended the portal. */
    referralCode?: string | null;
  }): Promise<Refused<'too_many' | 'invalid_email'> | { ok: true; challengeId: string; cookies: string[] }>;
  verifyCode(input: { challengeId: string; code: string; language: string }): Promise<SignInResult>;
  /** Whether the browser has a link at hand; see `keepLink`. */
  hasLink: boolean;
  /** Takes the token of a link out of the address into a cookie. */
  keepLink(token: string): { cookies: string[] };
  /** A browser that did not ask for the link must bring the code of the same email: `other_browser`. */
  consumeLink(input: {
    code: string | null;
    language: string;
  }): Promise<SignInResult | Refused<'other_browser'>>;
  /** For the old address of an email that is about to change, by the link in its mail. */
  stopEmailChange(): Promise<
    | Refused<'expired' | 'too_many' | 'email_taken'>
    | { ok: true; outcome: 'stopped' | 'undone'; cookies: string[] }
  >;
  /** For the customer who thinks better of it. */
  cancelEmailChange(): Promise<void>;
  /** For who has just proven an address that an account had until lately. */
  undoByProof(): Promise<Refused<'expired' | 'email_taken'> | { ok: true }>;
  signOut(): Promise<{ cookies: string[] }>;
  signOutEverywhere(): Promise<{ cookies: string[] }>;
  listSessions(): Promise<SessionView[]>;
  /** The address that a change waits for, with `dueAt` only for its day to be over; or null. */
  findEmailChange(): Promise<{ challengeId: string; email: string; dueAt: number | null } | null>;
  requestEmailChange(input: {
    email: string;
    language: string;
  }): Promise<Refused<'too_many' | 'same_email' | 'invalid_email'> | { ok: true }>;
  confirmEmailChange(input: {
    challengeId: string;
    code: string;
    /** What the old address got; null when its mail cannot be read. */
    oldCode: string | null;
  }): Promise<Refused<CodeRefusal | 'wrong_old_code' | 'email_taken'> | ({ ok: true } & ConfirmedChange)>;
}

/** A customer's orders and rewards. */
export interface PortalOperations {
  getProgramme(): Promise<ProgrammeView | null>;
  getOverview(input: { accountId: string | null }): Promise<Overview | null>;
  listOrders(input: OrdersQuery): Promise<OrdersPage>;
  getOrder(input: { source: string; number: string }): Promise<OrderDetail | null>;
  getStatement(input: StatementQuery): Promise<Statement | null>;
  /** All entries that the filter leaves, as CSV; `page` does not matter. */
  exportStatement(input: ExportQuery): Promise<string | null>;
  previewVoucher(input: { accountId: string | null; amount: string | null }): Promise<VoucherPreview | null>;
  /** Null also for who may not spend the balance of its account. */
  getVoucher(input: { code: string }): Promise<OwnVoucher | null>;
  turnIntoVoucher(input: {
    accountId: string | null;
    amountMinor: bigint;
    key: string;
  }): Promise<
    | Refused<'insufficient_balance' | 'form_used' | 'may_not'>
    | { ok: true; voucher: VoucherView & { code: string } }
  >;

  rename(input: { name: string }): Promise<Refused<'invalid_name'> | { ok: true }>;
  setLanguage(input: { language: string }): Promise<void>;
}

/** What staff read. */
export interface ConsoleOperations {
  getOverview(): Promise<ConsoleOverview>;
  /** How much waits for a person, by the section of the console. */
  listWaiting(): Promise<Record<string, number>>;
  search(input: { text: string }): Promise<Found>;
  getCustomer(input: CustomerFileQuery): Promise<CustomerFile | null>;
  addNote(input: {
    customerId: string;
    text: string;
    key: string;
  }): Promise<Refused<'validation_failed'> | { ok: true }>;
  /** What was typed, before it is confirmed. */
  readCredit(input: {
    amount: string;
    reason: string;
  }): Promise<
    | Refused<'validation_failed' | 'currency_not_set'>
    | { ok: true; amount: { minor: bigint; currency: string } }
  >;
  adjustBalance(input: {
    accountId: string;
    amount: string;
    reason: string;
    key: string;
  }): Promise<
    | Refused<'validation_failed' | 'insufficient_balance' | 'currency_not_set' | 'credit_to_oneself'>
    | { ok: true; outcome: CreditOutcome }
  >;
}

export interface Refused<Reason extends string> {
  ok: false;
  reason: Reason;
  /** Of `validation_failed`: every field that is wrong. */
  errors: readonly FieldError[];
  /** When it may be tried again; null unless it was tried too often. */
  retry_after_s: number | null;
}

export type CodeRefusal = 'wrong_code' | 'expired' | 'too_many';
export type SignInResult = { ok: true; kind: SessionKind; cookies: string[] } | Refused<CodeRefusal>;

export interface SessionView {
  isThis: boolean;
  /** Such as `Firefox, Windows`; may be empty. */
  device: string;
  startedAt: number;
  lastSeenAt: number;
}
