import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { exactInteger, exactJson } from '../../ground/platform/exact-json.ts';
import { keptQuartiles, keptTypical } from './kept-numbers.ts';

const estimated = { expected: z.number(), low: z.number(), high: z.number() };
const share = z.object(estimated);
const minor = z.object({ expected: exactInteger, low: exactInteger, high: exactInteger });

const margin = z.object({
  ...{ minor: exactInteger, ofMinor: exactInteger, spentMinor: exactInteger },
  parts: z.array(
    z.object({
      kind: z.enum(['product', 'category', 'rest', 'none']),
      ...{ name: z.string(), bps: z.int().nullable(), spentMinor: exactInteger },
    }),
  ),
  /** How many parts are not told: those with the least spend. */
  others: z.int(),
});
/** What is left of what some accounts spent to date, by the margins of the day on which it was counted. */
export type KeptMargin = z.output<typeof margin>;

const profile = z.object({
  typical: keptTypical,
  /** Null while no margin was told. */
  margin: margin.nullable().default(null),
  value: z.object({
    accounts: z.int(),
    yearSpendMinor: minor.nullable(),
    expected: z.object({ accounts: z.int(), minor, half: keptQuartiles }).nullable(),
    retention: z.array(z.object({ year: z.int(), of: z.int(), bought: z.int() })),
    kept: z.object({ of: z.int(), share }).nullable(),
    lifetime: z.object({ years: share, minor, yearMinor: exactInteger }).nullable(),
  }),
});

/** How typical accounts of all segments buy and what they are worth, as it was counted in the pass over all accounts. */
const keptSegments = z.object({
  /** The first and the last of the 365 business days. */
  since: z.string(),
  today: z.string(),
  /** What all of them spent to date by category, the most first. */
  sold: z.array(z.object({ category: z.string(), minor: exactInteger })).default([]),
  whole: profile,
  /** By id; those that hold nobody who has bought are left out. */
  segments: z.record(z.string(), profile),
});
export type SegmentNumbers = z.output<typeof keptSegments>;
export type KeptProfile = z.output<typeof profile>;

const NAME = 'segments';

/** As it was counted last, with when; null before it first was. */
export async function findSegmentNumbers(
  db: Store,
  currency: string,
): Promise<{ at: number; numbers: SegmentNumbers } | null> {
  const [row] = await db.read(
    statement('SELECT value, at FROM kept_numbers WHERE name = ? AND currency = ?', NAME, currency),
  );
  if (row === undefined) return null;
  const read = keptSegments.safeParse(JSON.parse(String(row[0])));
  return read.success ? { at: Number(row[1]), numbers: read.data } : null;
}

export function keepSegmentNumbers(currency: string, numbers: SegmentNumbers, at: number): Statement {
  return statement(
    `INSERT INTO kept_numbers (name, currency, day, value, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name, currency) DO UPDATE SET day = excluded.day, value = excluded.value, at = excluded.at`,
    ...[NAME, currency, numbers.today, exactJson(numbers), at],
  );
}
