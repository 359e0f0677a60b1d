import { type Quartiles, quartilesOf } from './quartiles.ts';

/** What a value model needs of an account that has bought: the years since its first purchase day, of 365 days each. */
export interface ModelledAccount {
  /** Net spend of the last 365 days. */
  yearSpendMinor: bigint;
  /** How many of its years are over, at most {@link YEARS_MAX}. */
  yearsOver: number;
  /** In which of these it bought: a bit for each, the first year, in which it always did, being the lowest. */
  boughtYears: number;
  /** Net spend of the years that are over. */
  overSpendMinor: bigint;
  /** What forecasts expect of the next 365 days; null where they cannot tell. */
  expectedMinor: bigint | null;
}

/** A mean or share with the range in which it lies by 80 %. */
export interface Estimated<Figure> {
  expected: Figure;
  low: Figure;
  high: Figure;
}

/** Of the accounts whose year `year` is over, how many bought in it. */
export interface YearRetention {
  year: number;
  of: number;
  bought: number;
}

/** What a typical customer of some is worth: see {@link valueModelOf}. */
export interface ValueModel {
  accounts: number;
  /** Net spend of the last 365 days for each account, those that bought nothing among them. */
  yearSpendMinor: Estimated<bigint> | null;
  /** Of those that forecasts tell of: how many, and what is expected of each in the next 365 days. */
  expected: { accounts: number; minor: Estimated<bigint>; half: Quartiles } | null;
  retention: YearRetention[];
  /** From one year to the next, of accounts that bought in the one: null while it cannot be told. */
  kept: { of: number; share: Estimated<number> } | null;
  /** Years with a purchase until none follows, and net spend of all of them: null while it cannot be told. */
  lifetime: { years: Estimated<number>; minor: Estimated<bigint>; yearMinor: bigint } | null;
}

/** Fewer accounts, or steps from one year to the next, than this: cannot tell yet. */
export const MODEL_MIN = 10;
/** Years of an account that are looked at. */
export const YEARS_MAX = 30;
/** A standard normal lies within this by 80 %. */
const Z80 = 1.2815515655446004;
const YEARS_SHOWN = 10;

/**
 * What a typical account of some is worth. Years are those of each account, 365 days from its first purchase day on, and only those
 * that are over count. Retention from year to year `r` is the share of account-years with a purchase that are followed by
 * another; a lifetime is `1 ÷ (1 − r)` years, its value that times the net spend of a year with a purchase. Not discounted.
 * Ranges are of 80 %: normal ones of means, and by the delta method on the logarithm for the lifetime, whole accounts being
 * what is drawn, since the years of one are not independent of one another.
 */
export function valueModelOf(accounts: readonly ModelledAccount[]): ValueModel {
  const told = accounts.flatMap(({ expectedMinor }) => expectedMinor ?? []);
  const half = quartilesOf(told);
  const expected = meanOf(told);
  return {
    accounts: accounts.length,
    yearSpendMinor: meanOf(accounts.map(({ yearSpendMinor }) => yearSpendMinor)),
    expected: expected === null || half === null ? null : { accounts: told.length, minor: expected, half },
    retention: retentionOf(accounts),
    ...lifetimeOf(accounts),
  };
}

function meanOf(values: readonly bigint[]): Estimated<bigint> | null {
  const n = values.length;
  if (n < MODEL_MIN) return null;
  const mean = Number(values.reduce((sum, value) => sum + value, 0n)) / n;
  const squares = values.reduce((sum, value) => sum + (Number(value) - mean) ** 2, 0);
  const reach = Z80 * Math.sqrt(squares / (n - 1) / n);
  return { expected: minorOf(mean), low: minorOf(mean - reach), high: minorOf(mean + reach) };
}

function retentionOf(accounts: readonly ModelledAccount[]): YearRetention[] {
  const rows: YearRetention[] = [];
  for (let year = 0; year < YEARS_SHOWN; year++) {
    const over = accounts.filter(({ yearsOver }) => yearsOver > year);
    if (over.length < MODEL_MIN) break;
    const bought = over.filter(({ boughtYears }) => bitAt(boughtYears, year) === 1).length;
    rows.push({ year, of: over.length, bought });
  }
  return rows;
}

const bitAt = (bits: number, at: number) => (bits >>> at) & 1;

/** Years with a purchase, those of them that were followed by one that is over, and how many of these had one, too. */
function stepsOf({ boughtYears, yearsOver }: ModelledAccount): { years: number; of: number; kept: number } {
  const steps = { years: 0, of: 0, kept: 0 };
  for (let year = 0; year < yearsOver; year++) {
    if (bitAt(boughtYears, year) === 0) continue;
    steps.years += 1;
    if (year + 1 === yearsOver) continue;
    steps.of += 1;
    steps.kept += bitAt(boughtYears, year + 1);
  }
  return steps;
}

function lifetimeOf(accounts: readonly ModelledAccount[]): Pick<ValueModel, 'kept' | 'lifetime'> {
  const parts = accounts
    .filter(({ yearsOver }) => yearsOver > 0)
    .map((account) => ({
      ...stepsOf(account),
      spend: Number(account.overSpendMinor),
    }));
  const sum = (of: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const [steps, kept] = [sum(({ of }) => of), sum((part) => part.kept)];
  const [years, spend] = [sum((part) => part.years), sum((part) => part.spend)];
  if (steps < MODEL_MIN) return { kept: null, lifetime: null };
  const share = kept / steps;
  const deviation = Math.sqrt(sum((part) => ((part.kept - share * part.of) / steps) ** 2));
  const reach = Z80 * deviation;
  const told = {
    of: steps,
    share: { expected: share, low: Math.max(0, share - reach), high: Math.min(1, share + reach) },
  };
  if (kept === steps || spend <= 0) return { kept: told, lifetime: null };
  const year = spend / years;
  const onShare = (part: (typeof parts)[number]) => (part.kept - share * part.of) / steps / (1 - share);
  const onYear = (part: (typeof parts)[number]) => (part.spend - year * part.years) / spend;
  const lasting = 1 / (1 - share);
  return {
    kept: told,
    lifetime: {
      years: aroundLog(
        lasting,
        sum((part) => onShare(part) ** 2),
      ),
      minor: inMinor(
        aroundLog(
          lasting * year,
          sum((part) => (onShare(part) + onYear(part)) ** 2),
        ),
      ),
      yearMinor: minorOf(year),
    },
  };
}

function aroundLog(expected: number, variance: number): Estimated<number> {
  const times = Math.exp(Z80 * Math.sqrt(variance));
  return { expected, low: expected / times, high: expected * times };
}

const inMinor = ({ expected, low, high }: Estimated<number>): Estimated<bigint> => ({
  ...{ expected: minorOf(expected), low: minorOf(low), high: minorOf(high) },
});

const minorOf = (value: number) => BigInt(Math.round(value));
