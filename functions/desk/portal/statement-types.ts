/**
 * What a signed-in customer may read of an account's ledger.
 * Instants are epoch milliseconds; `expiresAt` is the last moment at which something still counts, so that its day is
 * the day people are told.
 */
import type { Amount } from '../../ground/platform/money.ts';
import type { AccountChoice } from '../../money/accounts/own-places.ts';
import type { PayoutKind, PayoutState } from '../../money/redemptions/payouts/steps.ts';
import type { RuleName } from '../../money/rewards/rule-name.ts';
import type { EntryKind, EntryReason } from '../../money/rewards/types.ts';
import type { VoucherView } from './voucher-types.ts';

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

export interface RewardsStatement {
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

export interface StatementEntry {
  seq: number;
  at: number;
  kind: EntryKind;
  because: EntryReason | null;
  amount: Amount;
  balanceAfter: Amount;
  ruleName: RuleName | null;
  period: { start: string; end: string | null } | null;
  order: { source: string; number: string } | null;
  /** What became of credit that was redeemed as a payout or donation; null for every other entry. */
  payout: { kind: PayoutKind; state: PayoutState; paidAt: number | null } | null;
  expiresAt: number | null;
  explanation: ShownExplanationLine[];
}

/** An entry as a statement shows it: `balanceAfter` is the sum of what stands below it and itself. */
export interface StatementLine extends StatementEntry {
  /** The same for entries of one order at one moment. */
  row: number;
}

/** One line of an explanation: a code with its values, worded by the reader's language. */
export interface ShownExplanationLine {
  code: string;
  params: Record<string, string | number | bigint>;
  amount: Amount;
}

export interface ExpiringLot {
  remaining: Amount;
  expiresAt: number;
}
