import type { Progress } from '../../functions/desk/portal/overview-types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Amount } from '../../functions/ground/platform/money.ts';
import type { Messages } from '../locale.ts';
import type { WordsReader } from './order-reward.ts';

/** A target on the scale of a goal; `pays` is money or a per cent, as written. */
export interface Mark {
  spend: Amount;
  pays: string;
  state: 'reached' | 'next' | 'ahead';
}

/** What is missing to the next target and what it brings; of the last one, that it was reached. */
export function goalWords(
  goal: Progress,
  { t, formats: { money, percent }, reader }: { t: Messages; formats: Formats; reader: WordsReader },
): string {
  const { next, reached, scheme } = goal;
  const isStaff = reader === 'staff';
  if (next !== null) {
    const missing = money(next.missing);
    const bps = nextPercent(goal);
    if (bps !== null) {
      const told = { missing, percent: percent(bps) };
      return isStaff ? t.desk_goal_percent_line(told) : t.goal_percent_line(told);
    }
    const told = { missing, pays: money(next.pays) };
    return isStaff ? t.desk_goal_line(told) : t.goal_line(told);
  }
  const top = scheme.kind === 'bands' ? scheme.bands.at(-1) : undefined;
  if (top !== undefined) {
    const told = { percent: percent(top.bps) };
    return isStaff ? t.desk_goal_top_band(told) : t.goal_top_band(told);
  }
  const told = { amount: money(reached) };
  return isStaff ? t.desk_goal_done(told) : t.goal_done(told);
}

/** The last target before the next one: where the bar begins. */
export function startOfStretch({ scheme, spend }: Progress): bigint {
  if (scheme.kind === 'every') return (spend.minor / scheme.spend) * scheme.spend;
  const starts =
    scheme.kind === 'steps'
      ? scheme.targets.map((target) => target.spend)
      : scheme.bands.map(({ from }) => from);
  return starts.findLast((start) => start <= spend.minor) ?? 0n;
}

/** All targets on one scale; none for a scheme that repeats for ever. */
export function marksOf({ scheme, spend: reached, next }: Progress, { money, percent }: Formats): Mark[] {
  const { currency } = reached;
  const mark = (minor: bigint, pays: string): Mark => ({
    spend: { minor, currency },
    pays,
    state: minor <= reached.minor ? 'reached' : minor === next?.spend.minor ? 'next' : 'ahead',
  });
  if (scheme.kind === 'every') return [];
  if (scheme.kind === 'steps')
    return scheme.targets.map(({ spend, back }) => mark(spend, money({ minor: back, currency })));
  return scheme.bands.filter(({ from }) => from > 0n).map(({ from, bps }) => mark(from, percent(bps)));
}

/** The per cent that the next target brings, where that is what it brings. */
function nextPercent({ scheme, next }: Progress): number | null {
  if (scheme.kind !== 'bands') return null;
  return scheme.bands.find(({ from }) => from === next?.spend.minor)?.bps ?? null;
}
