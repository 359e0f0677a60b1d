import {
  type EntitlementPart,
  entitlement,
  explainEntitlement,
} from '../../functions/money/rewards/entitlement.ts';
import type { Scheme } from '../../functions/money/rewards/types.ts';
import type { RuleWords } from './rule.ts';

export interface WorkedExample {
  spend: string;
  parts: { text: string; amount: string }[];
  total: string;
  /** Whether it gives back as much as was spent, or more: hardly what a shop means. */
  isMoreThanSpent: boolean;
}

/** A spend that shows the scheme well, and the sum it leads to, by the arithmetic that also pays. */
export function workedExample(scheme: Scheme, words: RuleWords): WorkedExample {
  const money = (minor: bigint) => words.formats.money({ minor, currency: words.currency });
  const spend = tellingSpend(scheme);
  const total = entitlement(scheme, spend);
  return {
    spend: money(spend),
    parts: explainEntitlement(scheme, spend).map((part) => ({
      text: partWords(part, words),
      amount: money(part.amount),
    })),
    total: money(total),
    isMoreThanSpent: total >= spend,
  };
}

function tellingSpend(scheme: Scheme): bigint {
  if (scheme.kind === 'every') return (scheme.spend * 38n) / 10n;
  const starts =
    scheme.kind === 'steps' ? scheme.targets.map(({ spend }) => spend) : scheme.bands.map(({ from }) => from);
  const start = starts[Math.min(2, starts.length - 1)] ?? 0n;
  return start === 0n ? 10_000n : (start * 5n) / 4n;
}

function partWords(part: EntitlementPart, { t, formats, currency }: RuleWords): string {
  const money = (minor: bigint) => formats.money({ minor, currency });
  switch (part.kind) {
    case 'every':
      return t.why_every({
        times: formats.number(Number(part.times)),
        spend: money(part.spend),
        back: money(part.back),
      });
    case 'step':
      return t.why_step({ spend: money(part.spend) });
    case 'whole_band':
      return t.why_whole_band({ percent: formats.percent(part.bps), spend: money(part.spend) });
    case 'marginal_band':
      if (part.from === 0n)
        return t.why_first_band({ percent: formats.percent(part.bps), width: money(part.width) });
      return t.why_marginal_band({
        percent: formats.percent(part.bps),
        width: money(part.width),
        from: money(part.from),
      });
  }
}
