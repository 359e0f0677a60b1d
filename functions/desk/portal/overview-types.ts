/** What a signed-in customer may read at a glance: of an account, and of what the business promises. */
import type { Amount } from '../../ground/platform/money.ts';
import type { AccountChoice } from '../../money/accounts/own-places.ts';
import type { RuleName } from '../../money/rewards/rule-name.ts';
import type { Band, PeriodKind, Rule, Target } from '../../money/rewards/types.ts';
import type { LateOrder } from './list-late.ts';
import type { OrderBrief } from './order-types.ts';
import type { ExpiringLot } from './statement-types.ts';
import type { VoucherView } from './voucher-types.ts';

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

/** What customers see of themselves. */
export interface OwnOverview extends Overview {
  late: LateOrder[];
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

/** The promises in force today. */
export interface ProgrammeView {
  currency: string;
  timeZone: string;
  rules: Rule[];
}
