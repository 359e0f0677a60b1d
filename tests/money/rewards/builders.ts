import { type CompiledProgramme, compileProgramme } from '../../../functions/money/rewards/compile.ts';
import type {
  OrderFacts,
  OrderLineFacts,
  Programme,
  Rule,
  RuleVersion,
  Scheme,
  Standing,
} from '../../../functions/money/rewards/types.ts';

/** 5.00 back for every 100.00. */
export const every: Scheme = { kind: 'every', spend: 10_000n, back: 500n };

/** 5.00 at 100.00 and 15.00 at 250.00. */
export const steps: Scheme = {
  kind: 'steps',
  targets: [
    { spend: 10_000n, back: 500n },
    { spend: 25_000n, back: 1_500n },
  ],
};

/** 1 % from 0, 3 % from 100.00, 5 % from 300.00. */
export const whole: Scheme = {
  kind: 'bands',
  mode: 'whole',
  bands: [
    { from: 0n, bps: 100 },
    { from: 10_000n, bps: 300 },
    { from: 30_000n, bps: 500 },
  ],
};

export const marginal: Scheme = { ...whole, mode: 'marginal' };

export const schemes = { every, steps, whole, marginal };

type RuleParts = Partial<Omit<Rule, 'counts'>> & { counts?: Partial<Rule['counts']> };

export function aRule(parts: RuleParts = {}): Rule {
  return {
    id: 'back',
    name: 'Money back',
    scheme: every,
    period: 'lifetime',
    settleAfterDays: 0,
    expires: 'never',
    pays: 'credit',
    audience: 'everyone',
    from: '2000-01-01',
    ...parts,
    counts: {
      shipping: false,
      tax: false,
      vouchers: true,
      excludeCategories: [],
      excludeSkus: [],
      ...parts.counts,
    },
  };
}

export function aVersion(version: number, parts: RuleParts = {}, until: string | null = null): RuleVersion {
  return { rule: aRule(parts), version, until };
}

export function aProgramme(versions: RuleVersion[], parts: Partial<Programme> = {}): CompiledProgramme {
  return compileProgramme({
    revision: 1,
    currency: 'EUR',
    timeZone: 'Europe/Kyiv',
    debt: 'carry',
    ...parts,
    versions,
  });
}

/** Delivered when placed, at noon UTC on 1 March 2026, unless told otherwise. */
export function anOrder(
  parts: Partial<Omit<OrderFacts, 'lines'>> & { lines?: Partial<OrderLineFacts>[] } = {},
): OrderFacts {
  const placedAt = parts.placedAt ?? Date.parse('2026-03-01T12:00:00Z');
  return {
    id: `id-${parts.number ?? '1'}`,
    source: 'till',
    number: '1',
    currency: 'EUR',
    isCancelled: false,
    isHeld: false,
    deliveredAt: placedAt,
    shipping: 0n,
    tax: 0n,
    voucherPaid: 0n,
    ...parts,
    placedAt,
    lines: (parts.lines ?? [{}]).map((line, index) => ({
      id: String(index + 1),
      sku: null,
      category: null,
      total: 10_000n,
      discount: 0n,
      refunded: 0n,
      isGiftCard: false,
      ...line,
    })),
  };
}

export const joined = '2020-05-15';

/** An account that joined on a day and was never in the club, unless told otherwise. */
export function aStanding(parts: Partial<Standing> = {}): Standing {
  return { joiningDay: joined, club: [], ...parts };
}
