import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { exactInteger, exactJson } from '../../ground/platform/exact-json.ts';

const start = exactInteger.nullable();
const starts = z.tuple([start, start, start, start]).readonly();
export const keptQuartiles = z.object({ lower: exactInteger, median: exactInteger, upper: exactInteger });
const quartiles = keptQuartiles.nullable();
const spread = z.array(z.object({ from: exactInteger, to: exactInteger.nullable(), accounts: z.int() }));
export const keptTypical = z.object({
  accounts: z.int(),
  basketMinor: quartiles,
  yearDays: quartiles,
  yearSpendMinor: quartiles,
  meanSpendMinor: exactInteger,
  returning: z.int(),
  intervalHalfDays: quartiles,
  mix: z.array(z.object({ category: z.string(), bps: z.int() })),
});

/** All figures over all accounts that one pass counts, as they are kept. */
const keptNumbers = z.object({
  /** The first and the last of the 365 business days. */
  since: z.string(),
  today: z.string(),
  /** Up to which change of the history facts were counted by then. */
  position: z.int(),
  /** When segments were last asked of everybody by then. */
  askedAt: z.int().default(0),
  /** Which margins were told by then. */
  margins: z.string().default(''),
  tookMs: z.int(),
  rfm: z.object({
    accounts: z.int(),
    starts: z.object({ recency: starts, frequency: starts, spend: starts }),
    cells: z.array(
      z.object({ recency: z.int(), frequency: z.int(), accounts: z.int(), spendMinor: exactInteger }),
    ),
    spend: z.array(z.object({ fifth: z.int(), accounts: z.int(), spendMinor: exactInteger })),
  }),
  topTenth: z.object({
    accounts: z.int(),
    of: z.int(),
    spendMinor: exactInteger,
    ofMinor: exactInteger,
    fromMinor: exactInteger.nullable(),
  }),
  spend: spread,
  intervals: spread,
  cohorts: z.array(z.object({ month: z.string(), accounts: z.int(), bought: z.array(z.int()) })),
  months: z.array(
    z.object({ month: z.string(), orders: z.int(), accounts: z.int(), spendMinor: exactInteger }),
  ),
  weekdays: z.array(z.object({ weekday: z.int(), orders: z.int(), spendMinor: exactInteger })),
  typical: z.record(z.string(), keptTypical),
});
export type Numbers = z.output<typeof keptNumbers>;

const NAME = 'numbers';

/** The figures as they were counted last, with when; null before they first were. */
export async function findNumbers(
  db: Store,
  currency: string,
): Promise<{ at: number; numbers: Numbers } | null> {
  const [row] = await db.read(
    statement('SELECT value, at FROM kept_numbers WHERE name = ? AND currency = ?', NAME, currency),
  );
  if (row === undefined) return null;
  const read = keptNumbers.safeParse(JSON.parse(String(row[0])));
  return read.success ? { at: Number(row[1]), numbers: read.data } : null;
}

export function keepNumbers(currency: string, numbers: Numbers, at: number): Statement {
  return statement(
    `INSERT INTO kept_numbers (name, currency, day, value, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name, currency) DO UPDATE SET day = excluded.day, value = excluded.value, at = excluded.at`,
    NAME,
    currency,
    numbers.today,
    exactJson(numbers),
    at,
  );
}
