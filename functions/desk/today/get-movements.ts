import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import {
  type PeriodAsked,
  readPeriod,
  type ShownPeriod,
  type Stretch,
} from '../../ground/platform/period.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listMovements, type MovementRow, sumMovementsBefore } from './movement-queries.ts';

/** What movements of one kind came to; `minor` is signed, as in the ledger. */
export interface Movement {
  kind: string;
  entries: number;
  minor: bigint;
}

/** A stretch of days in the books: what all balances came to before it, what moved them, and what they came to behind it. */
export interface BooksPart extends Stretch {
  openingMinor: bigint;
  movements: Movement[];
  closingMinor: bigint;
}

export interface CurrencyBooks {
  currency: string;
  /** The whole period. */
  whole: BooksPart;
  /** Its days, weeks or months, as long as the period asks for, the first one first. */
  parts: BooksPart[];
}

export interface PeriodMovements {
  period: ShownPeriod;
  /** Those that any ledger has, the one of the business first. */
  currencies: CurrencyBooks[];
}

/**
 * What moved the balances of all accounts on the business days of a period, each movement on the day on which it was posted, and
 * what they came to before and behind. Balances below zero, which are debts, count as such. What the ledgers moved is a minute old.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function getMovements(ctx: Context, asked: PeriodAsked): Promise<PeriodMovements> {
  allow(ctx.actor, 'customers:read');
  const { timeZone, currency: own } = await getBusiness(ctx);
  const period = readPeriod(asked, dayOf(ctx.now(), timeZone));
  const [before, rows] = await Promise.all([
    sumMovementsBefore(ctx.db, period.since),
    listMovements(ctx.db, period),
  ]);
  const known = [...new Set([...before.keys(), ...rows.map(({ currency }) => currency)])];
  known.sort((a, b) => Number(b === own) - Number(a === own) || (a < b ? -1 : 1));
  return {
    period,
    currencies: known.map((currency) =>
      booksOf(
        rows.filter((row) => row.currency === currency),
        { period, currency, openingMinor: before.get(currency) ?? 0n },
      ),
    ),
  };
}

function booksOf(
  rows: readonly MovementRow[],
  { period, currency, openingMinor }: { period: ShownPeriod; currency: string; openingMinor: bigint },
): CurrencyBooks {
  let balance = openingMinor;
  const parts = period.parts.map((part) => {
    const made = partOf(part, rows, balance);
    balance = made.closingMinor;
    return made;
  });
  return { currency, whole: partOf(period, rows, openingMinor), parts };
}

function partOf({ since, until }: Stretch, rows: readonly MovementRow[], openingMinor: bigint): BooksPart {
  const sums = new Map<string, Movement>();
  let closingMinor = openingMinor;
  for (const { day, kind, entries, minor } of rows) {
    if (day < since || until < day) continue;
    const sum = sums.get(kind) ?? { kind, entries: 0, minor: 0n };
    sums.set(kind, { kind, entries: sum.entries + entries, minor: sum.minor + minor });
    closingMinor += minor;
  }
  return { since, until, openingMinor, movements: [...sums.values()], closingMinor };
}
