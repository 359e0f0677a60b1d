import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** What the movements of one kind that were posted on one business day came to. */
export interface MovementRow {
  day: string;
  currency: string;
  kind: string;
  /** Signed, as in the ledger. */
  minor: bigint;
  entries: number;
}

/** What ledgers moved from one day to another, both included, by day, currency and kind; null is an open end. */
export async function listMovements(
  db: Store,
  { since, until }: { since: string | null; until: string | null },
): Promise<MovementRow[]> {
  const rows = await db.read(
    statement(
      `SELECT day, currency, kind, amount_minor, entries FROM ledger_days WHERE day >= ? AND day <= ?
       ORDER BY day, currency, kind`,
      since ?? '',
      until ?? '~',
    ),
  );
  return rows.map(([day, currency, kind, minor, entries]) => ({
    day: String(day),
    currency: String(currency),
    kind: String(kind),
    minor: BigInt(minor ?? 0),
    entries: Number(entries),
  }));
}

/** What all ledgers came to before a day, by currency. */
export async function sumMovementsBefore(db: Store, day: string): Promise<Map<string, bigint>> {
  const rows = await db.read(
    statement('SELECT currency, sum(amount_minor) FROM ledger_days WHERE day < ? GROUP BY currency', day),
  );
  return new Map(rows.map(([currency, minor]) => [String(currency), BigInt(minor ?? 0)]));
}
