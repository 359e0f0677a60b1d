import { mulberry32 } from '../../../ground/platform/mulberry.ts';
import { type Groups, NO_GROUP, summaryOf } from '../known/summary.ts';
import { emptyCounts, meanOf, placeOf } from '../models/counts.ts';
import { type Outlook, outlookCounts } from '../served/outlook.ts';

/** What was forecast of accounts known at a day, and what they did: one entry an account. */
export interface Outcomes {
  expected: Float64Array;
  actual: Float64Array;
  /** Chances of fewer purchase days than there were, and of just as many; empty where only a number was forecast. */
  below: Float64Array;
  at: Float64Array;
}

/** How good forecasts were. */
export interface ForecastRecord {
  accounts: number;
  rmse: number;
  mae: number;
  /** Forecast and true sums of purchase days; `bias` is how much too high the first is, as a share. */
  total: number;
  actual: number;
  bias: number;
  /** The mean of −ln of the chance that was given to what happened; null where no chances were given. */
  logLoss: number | null;
  /** The share of accounts within the middle 80 % of their chances, ties broken at random (DOMAIN.md §8). */
  coverage80: number | null;
}

/** What an outlook says of each account, beside what it did: `actual` has one entry for each of `groups.groupOf`. */
export function outcomesOf(groups: Groups, outlook: Outlook, weeks: number, actual: Float64Array): Outcomes {
  const membersOf = accountsByGroup(groups, actual);
  const outcomes = outcomesFor(groups, actual);
  const [counts, part] = [emptyCounts(), emptyCounts()];
  membersOf.forEach((members, group) => {
    outlookCounts(counts, outlook, summaryOf(groups, group), { weeks, part });
    const expected = meanOf(counts);
    for (const member of members) {
      const { below, at } = placeOf(counts, outcomes.actual[member] ?? 0);
      outcomes.expected[member] = expected;
      outcomes.below[member] = below;
      outcomes.at[member] = at;
    }
  });
  return outcomes;
}

/** Forecasts without chances, one an account: those of plain baselines. */
export function plainOutcomes({ groupOf }: Groups, actual: Float64Array, forecast: Float64Array): Outcomes {
  const known = (column: Float64Array) => column.filter((_, account) => groupOf[account] !== NO_GROUP);
  const none = new Float64Array();
  return { expected: known(forecast), actual: known(actual), below: none, at: none };
}

/** Outcomes of several parts of the accounts, as of one. */
export function together(parts: readonly Outcomes[]): Outcomes {
  const column = (pick: (outcomes: Outcomes) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...pick(part)]));
  return {
    actual: column(({ actual }) => actual),
    expected: column(({ expected }) => expected),
    below: column(({ below }) => below),
    at: column(({ at }) => at),
  };
}

export function recordOf({ expected, actual, below, at }: Outcomes): ForecastRecord {
  const accounts = actual.length;
  const uniform = mulberry32(80);
  let [squares, distances, total, sum, loss, within] = [0, 0, 0, 0, 0, 0];
  for (let account = 0; account < accounts; account += 1) {
    const [forecast, happened] = [expected[account] ?? 0, actual[account] ?? 0];
    squares += (forecast - happened) ** 2;
    distances += Math.abs(forecast - happened);
    total += forecast;
    sum += happened;
    if (at.length === 0) continue;
    loss -= Math.log(Math.max(at[account] ?? 0, LEAST_CHANCE));
    const place = (below[account] ?? 0) + (at[account] ?? 0) * (uniform() / 2 ** 32);
    if (place >= 0.1 && place <= 0.9) within += 1;
  }
  return {
    accounts,
    rmse: Math.sqrt(squares / accounts),
    mae: distances / accounts,
    total,
    actual: sum,
    bias: total / sum - 1,
    logLoss: at.length === 0 ? null : loss / accounts,
    coverage80: at.length === 0 ? null : within / accounts,
  };
}

/** What was held for impossible costs no more than this. */
const LEAST_CHANCE = 1e-12;

function outcomesFor(groups: Groups, actual: Float64Array): Outcomes {
  const known = actual.filter((_, account) => groups.groupOf[account] !== NO_GROUP);
  const column = () => new Float64Array(known.length);
  return { actual: known, expected: column(), below: column(), at: column() };
}

/** The places of each group's accounts among those that are known. */
function accountsByGroup({ groupOf, x }: Groups, actual: Float64Array): number[][] {
  const members: number[][] = Array.from(x, () => []);
  let place = 0;
  for (let account = 0; account < actual.length; account += 1) {
    const group = groupOf[account] ?? NO_GROUP;
    if (group === NO_GROUP) continue;
    members[group]?.push(place);
    place += 1;
  }
  return members;
}
