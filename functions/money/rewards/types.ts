import { entryKinds, entryReasons } from '../../../db/kinds.ts';
import type { RuleName } from './rule-name.ts';

/**
 * The vocabulary of the rewards core: plain values, no database, no clock.
 * Money is `bigint` minor units of the programme's currency, instants are epoch milliseconds,
 * calendar dates are `YYYY-MM-DD` in business time. See DOMAIN.md §2.
 */

/** What is paid when a target is reached; `spend` and `back` in minor units. */
export interface Target {
  spend: bigint;
  back: bigint;
}

/** A band of per cents: from this spend on (inclusive), `bps` basis points (1 % = 100). */
export interface Band {
  from: bigint;
  bps: number;
}

export type Scheme =
  | { kind: 'every'; spend: bigint; back: bigint }
  | { kind: 'steps'; targets: Target[] }
  | { kind: 'bands'; mode: 'whole' | 'marginal'; bands: Band[] };

export type PeriodKind = 'month' | 'quarter' | 'year' | 'membership-year' | 'lifetime';

/** When a lot ends: never, at the end of the month n months on, or with the period it was earned in. */
export type Expiry = 'never' | 'period-end' | { months: number };

/** The form of a reward: balance, or a voucher valid to the end of the month `months` on, from `minimum` spend. */
export type Pays = 'credit' | { voucher: { months: number; minimum: bigint } };

export interface Counts {
  shipping: boolean;
  tax: boolean;
  /** Whether what vouchers and credit paid counts like money. */
  vouchers: boolean;
  excludeCategories: string[];
  excludeSkus: string[];
}

/** Whose orders count: everyone's, or only those placed while the account was in the `club`, or in a segment, by its id. */
export type Audience = string;

/** A time in the club or in a segment; `until` is the first moment outside, null while it lasts. */
export interface ClubSpan {
  since: number;
  until: number | null;
}

/** What a rule has to know about the account of an order. */
export interface Standing {
  /** The anchor of its membership years, business time. */
  joiningDay: string;
  club: readonly ClubSpan[];
  /** By id; left out where no rule is for a segment. */
  segments?: ReadonlyMap<string, readonly ClubSpan[]>;
}

/** One promise, parsed and ready to count. Frozen as a version once used. */
export interface Rule {
  id: string;
  name: RuleName;
  scheme: Scheme;
  period: PeriodKind;
  counts: Counts;
  settleAfterDays: number;
  expires: Expiry;
  pays: Pays;
  audience: Audience;
  /** First day on which placed orders count, business time. */
  from: string;
}

export interface RuleVersion {
  rule: Rule;
  version: number;
  /** First day that no longer counts, business time; null while the rule runs. */
  until: string | null;
}

export type DebtPolicy = 'carry' | 'forgive';

/** The programme in force: every version of every rule ever used, in the programme's order. */
export interface Programme {
  revision: number;
  currency: string;
  timeZone: string;
  debt: DebtPolicy;
  versions: RuleVersion[];
}

/** Why a line is left out of a rule's count, in the order in which reasons are tried. */
export const leftOutReasons = [
  'cancelled',
  'on_hold',
  'other_currency',
  'outside_dates',
  'other_audience',
  'gift_card',
  'excluded_category',
  'excluded_sku',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** An order as the rewards core sees it. `total`, `discount`, `refunded` are per line, minor units of the order's currency. */
export interface OrderFacts {
  id: string;
  source: string;
  number: string;
  placedAt: number;
  currency: string;
  isCancelled: boolean;
  isHeld: boolean;
  /** Earliest delivery, null while not delivered. */
  deliveredAt: number | null;
  shipping: bigint;
  tax: bigint;
  /** Σ of what vouchers and credit paid of this order. */
  voucherPaid: bigint;
  lines: OrderLineFacts[];
}

export interface OrderLineFacts {
  id: string;
  sku: string | null;
  category: string | null;
  total: bigint;
  discount: bigint;
  refunded: bigint;
  isGiftCard: boolean;
}

/** A period of a rule version for one root account: days in business time, `end` exclusive, null = open. */
export interface Period {
  start: string;
  end: string | null;
}

/** What one order counts for one rule version: the row that makes every later sum checkable. */
export interface Counted {
  ruleId: string;
  version: number;
  period: Period;
  counted: bigint;
  /** When the waiting days are over; null while the order is not delivered. */
  settlesAt: number | null;
}

export { entryKinds, entryReasons };
export type EntryKind = (typeof entryKinds)[number];
export type EntryReason = (typeof entryReasons)[number];
