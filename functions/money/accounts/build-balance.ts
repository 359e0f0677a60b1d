import { instantText } from '../../ground/platform/answer.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import type { Business } from '../business/business.ts';
import { versionKey } from '../rewards/compile.ts';
import type { Lot } from '../rewards/lots.ts';
import { progressOf } from '../rewards/progress.ts';
import { pendingOf, type Total } from '../rewards/settle.ts';
import type { BalanceAnswer } from './balance-answer.ts';
import { type Root, type RuleTotal, standingOf } from './root.ts';

/** What a balance is made of. `lots` may leave out those that hold nothing. */
export interface BalanceParts {
  root: Pick<Root, 'id' | 'firstPlacedAt' | 'signedUpAt' | 'clubSpans' | 'segmentSpans' | 'balanceMinor'>;
  currency: string;
  spendMinor: bigint;
  totals: ReadonlyMap<string, RuleTotal>;
  lots: readonly OpenLot[];
}

export type OpenLot = Pick<Lot, 'seq' | 'remaining' | 'expiresAt'>;

/** A root account's balance as the API answers it (DOMAIN §4). */
export function buildBalance(parts: BalanceParts, business: Business, now: number): BalanceAnswer {
  const { root, currency, lots } = parts;
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  const optional = (minor: bigint | undefined) => (minor === undefined ? null : money(minor));
  const open = openLots(lots, now);
  return {
    accountId: root.id,
    spend: money(parts.spendMinor),
    available: money(open.reduce((sum, { remaining }) => sum + remaining, 0n)),
    pending: money(pendingSum(parts.totals, business)),
    debt: money(root.balanceMinor < 0n ? -root.balanceMinor : 0n),
    lots: open.map(({ remaining, expiresAt }) => ({
      remaining: money(remaining),
      expiresAt: expiresAt === null ? null : instantText(expiresAt),
    })),
    progress: progressNow(parts, business, now).map((one) => ({
      rule: one.ruleId,
      version: one.version,
      period: { from: one.period.start, to: one.period.end },
      spend: money(one.spend),
      nextTarget: optional(one.nextTarget ?? undefined),
      missing: optional(one.missing ?? undefined),
      pays: optional(one.pays ?? undefined),
    })),
  };
}

/** The lots that can be spent now, in the order in which they end; what has ended does not count, closed or not. */
export function openLots(lots: readonly OpenLot[], now: number): OpenLot[] {
  return lots
    .filter(({ remaining, expiresAt }) => remaining > 0n && (expiresAt === null || expiresAt > now))
    .sort((a, b) =>
      a.expiresAt === b.expiresAt ? a.seq - b.seq : (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity),
    );
}

/** What all rules together owe but have not settled yet. */
export function pendingSum(
  totals: ReadonlyMap<string, Total & { ruleId: string; version: number }>,
  business: Business,
): bigint {
  let pending = 0n;
  for (const total of totals.values()) {
    const version = business.compiled?.versionByKey.get(versionKey(total.ruleId, total.version));
    if (version !== undefined) pending += pendingOf(version, total);
  }
  return pending;
}

/** Where the account stands in the periods that run today. */
export function progressNow(
  parts: {
    root: Pick<Root, 'firstPlacedAt' | 'signedUpAt' | 'clubSpans' | 'segmentSpans'>;
    totals: BalanceParts['totals'];
  },
  business: Business,
  now: number,
) {
  if (business.compiled === null) return [];
  const standing = standingOf(parts.root, business, now);
  return progressOf(business.compiled, parts.totals, { now, standing });
}
