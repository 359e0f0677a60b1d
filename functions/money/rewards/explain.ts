import { type EntitlementPart, entitlement, explainEntitlement } from './entitlement.ts';
import { percentText } from './programme.ts';
import type { EntryKind, EntryReason, Rule, Scheme } from './types.ts';

/** One summand of a figure: a code with its values (money in minor units), worded by whoever shows it. */
export interface ExplanationLine {
  code: ExplanationCode;
  params: Record<string, string | number | bigint>;
  amount: bigint;
}

export type ExplanationCode = EntitlementPart['kind'] | 'already_paid' | 'orders_before' | EntryKind;

/** What explains one entry; `amount` is signed. */
export interface EntryFacts {
  kind: EntryKind;
  amount: bigint;
  spendAfter: bigint | null;
  cause: string | null;
  /** What came back, for an entry that takes back. */
  returned?: string | null;
  /** What it was written with. */
  because?: EntryReason | null;
}

/**
 * Why an entry has its amount, in lines that add up to it. An earn or a clawback is what the period's settled spend
 * is owed by the rule's version, less what had been paid; every other kind speaks for itself.
 */
export function explainEntry(entry: EntryFacts, rule: Pick<Rule, 'scheme'> | null): ExplanationLine[] {
  const { kind, amount, spendAfter } = entry;
  if ((kind !== 'earn' && kind !== 'clawback') || spendAfter === null || rule === null)
    return [{ code: kind, params: entry.cause === null ? {} : { cause: entry.cause }, amount }];
  const paid = entitlement(rule.scheme, spendAfter) - amount;
  const { returned = null, because = null } = entry;
  return withRest(owed(rule.scheme, spendAfter), {
    code: 'already_paid',
    params: {
      total: spendAfter,
      ...(returned === null ? {} : { returned }),
      ...(because === null ? {} : { because }),
    },
    amount: -paid,
  });
}

/**
 * What one order adds to a period: `counted` on top of `spendBefore`, the spend of the orders before it. The lines
 * add up to `E(spendBefore + counted) − E(spendBefore)`.
 */
export function explainShare(scheme: Scheme, spendBefore: bigint, counted: bigint): ExplanationLine[] {
  const before = entitlement(scheme, spendBefore);
  const lines = owed(scheme, spendBefore + counted);
  return withRest(lines, { code: 'orders_before', params: { total: spendBefore }, amount: -before });
}

function owed(scheme: Scheme, spend: bigint): ExplanationLine[] {
  return explainEntitlement(scheme, spend).map((part) => ({
    code: part.kind,
    params: { ...paramsOf(part), total: spend },
    amount: part.amount,
  }));
}

function withRest(
  lines: ExplanationLine[],
  rest: ExplanationLine & { code: 'already_paid' | 'orders_before' },
): ExplanationLine[] {
  if (rest.amount !== 0n) lines.push(rest);
  return lines;
}

function paramsOf(part: EntitlementPart): Record<string, string | number | bigint> {
  switch (part.kind) {
    case 'every':
      return { times: part.times, spend: part.spend, back: part.back };
    case 'step':
      return { spend: part.spend };
    case 'whole_band':
      return { from: part.from, percent: percentText(part.bps) };
    case 'marginal_band': {
      const params = { from: part.from, percent: percentText(part.bps), width: part.width };
      return part.to === null ? params : { ...params, to: part.to };
    }
  }
}
