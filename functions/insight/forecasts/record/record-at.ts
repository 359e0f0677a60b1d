import type { AccountType } from '../known/accounts.ts';
import {
  type BuyingSpan,
  countBetween,
  DAYS_A_WEEK,
  groupSpans,
  type PurchaseDays,
} from '../known/summary.ts';
import type { Outlook } from '../served/outlook.ts';
import { baselinesOf } from './baselines.ts';
import {
  type ForecastRecord,
  type Outcomes,
  outcomesOf,
  plainOutcomes,
  recordOf,
  together,
} from './record.ts';

/** An account of which something was forecast, as it was known then. */
export interface AskedAccount {
  type: AccountType;
  /** The class of its first purchase; 0 where none serves. */
  place: number;
  span: BuyingSpan;
}

export interface AskedPast {
  accounts: readonly AskedAccount[];
  /** All purchase days of these accounts, in the same order. */
  purchases: PurchaseDays;
  /** The last day that was known, and the last of what was forecast. */
  from: number;
  until: number;
  outlookFor: (type: AccountType, place: number) => Outlook;
}

/** Figures of what served, under the name `served`, and of each plain baseline. */
export interface RecordedFigures extends ForecastRecord {
  name: string;
}

/** A tenth of the accounts, by what was expected of them: purchase days an account, expected and true. */
export interface Tenth {
  accounts: number;
  expected: number;
  actual: number;
}

/** What was forecast of these accounts beside what they did. */
export function recordAt({ accounts, purchases, from, until, outlookFor }: AskedPast): {
  figures: RecordedFigures[];
  tenths: Tenth[];
} {
  const weeks = (until - from) / DAYS_A_WEEK;
  const came = countBetween(purchases, from, until);
  const all = together(
    [...Map.groupBy(accounts.keys(), (at) => kindOf(accounts[at])).values()].flatMap((own) => {
      const [first] = own;
      const alike = first === undefined ? undefined : accounts[first];
      if (alike === undefined) return [];
      const groups = groupSpans(
        own.flatMap((at) => accounts[at]?.span ?? []),
        from,
      );
      const actual = Float64Array.from(own, (at) => came[at] ?? 0);
      return [outcomesOf(groups, outlookFor(alike.type, alike.place), weeks, actual)];
    }),
  );
  const groups = groupSpans(
    accounts.map(({ span }) => span),
    from,
  );
  const plain = baselinesOf(purchases, { until: from, weeks }).map(({ name, forecast }) => ({
    name,
    ...recordOf(plainOutcomes(groups, came, forecast)),
  }));
  return { figures: [{ name: 'served', ...recordOf(all) }, ...plain], tenths: tenthsOf(all) };
}

const kindOf = (account: AskedAccount | undefined) => `${account?.type} ${account?.place}`;

const TENTHS = 10;

/** From those of whom least was expected to those of whom most was. */
function tenthsOf({ expected, actual }: Outcomes): Tenth[] {
  const order = [...expected.keys()].sort((a, b) => (expected[a] ?? 0) - (expected[b] ?? 0));
  return Array.from({ length: TENTHS }, (_, tenth) => {
    const at = (share: number) => Math.round((order.length * share) / TENTHS);
    const some = order.slice(at(tenth), at(tenth + 1));
    const meanOf = (column: Float64Array) =>
      some.reduce((sum, place) => sum + (column[place] ?? 0), 0) / Math.max(1, some.length);
    return { accounts: some.length, expected: meanOf(expected), actual: meanOf(actual) };
  });
}
