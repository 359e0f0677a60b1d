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
  /** A spend that is given back whole, or more of it, which a shop hardly means; null where there is none. */
  tooMuch: { spend: string; back: string } | null;
}

/** A spend that shows the scheme well, and the sum it leads to, by the arithmetic that also pays. */
export function workedExample(scheme: Scheme, words: RuleWords): WorkedExample {
  const money = (minor: bigint) => words.formats.money({ minor, currency: words.currency });
  const spend = tellingSpend(scheme);
  const total = entitlement(scheme, spend);
  const over = startsOf(scheme).find((start) => entitlement(scheme, start) >= start);
  return {
    spend: money(spend),
    parts: explainEntitlement(scheme, spend).map((part) => ({
      text: partWords(part, words),
      amount: money(part.amount),
    })),
    total: money(total),
    tooMuch: over === undefined ? null : { spend: money(over), back: money(entitlement(scheme, over)) },
  };
}

function tellingSpend(scheme: Scheme): bigint {
  if (scheme.kind === 'every') return (scheme.spend * 38n) / 10n;
  const starts =
    scheme.kind === 'steps' ? scheme.targets.map(({ spend }) => spend) : scheme.bands.map(({ from }) => from);
  const start = starts[Math.min(2, starts.length - 1)] ?? 0n;
  return start === 0n ? 10_000n : (start * 5n) / 4n;
}

/** The spends from which the scheme gives something, or more than before. */
function startsOf(scheme: Scheme): bigint[] {
  if (scheme.kind === 'every') return [scheme.spend];
  if (scheme.kind === 'steps') return scheme.targets.map(({ spend }) => spend);
  // A band gives from its first cent on.
  return scheme.bands.map(({ from }) => from + 10_000n);
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
