import { unpackLine } from './packed-line.ts';
import { creditMark, orderKey, splitKey } from './staged-rows.ts';
import type { StagingDatabase } from './staging-database.ts';

/** A credit note that says no customer belongs to an order of the file that it names or whose number it bears. */
export interface JoinedCredit {
  accountKey: string;
  /** The number of that order. */
  number: string;
}

/**
 * Numbers of the order that a credit note of nobody may be of, the surest first. Letters before the number (`R-1001`) are
 * left out for sales of nobody alone: with somebody's order it may agree by chance.
 */
export function numbersNamed(credit: {
  number: string;
  refundedOrder: string | null;
}): { number: string; isSure: boolean }[] {
  if (credit.refundedOrder !== null) return [{ number: credit.refundedOrder, isSure: true }];
  const bare = credit.number.replace(/^\D+/, '');
  const own = { number: credit.number, isSure: true };
  return bare === credit.number || bare === '' ? [own] : [own, { number: bare, isSure: false }];
}

/** Puts credit notes of nobody with the orders of the file that they are of; those that name the same order of before together. */
export function joinCredits(db: StagingDatabase): void {
  db.exec(`CREATE TEMP TABLE wanted_orders (order_key TEXT, credit_key TEXT, rank INTEGER, is_sure INTEGER);
    CREATE INDEX wanted_orders_key ON wanted_orders (order_key)`);
  const want = db.prepare('INSERT INTO wanted_orders VALUES (?,?,?,?)');
  for (const row of db.prepare(creditsOfNobody).iterate([])) {
    if (!isCreditRow(row)) throw new Error('unexpected shape of a staged row');
    const [key, packed] = row;
    const credit = unpackLine(packed, splitKey(key));
    for (const [rank, { number, isSure }] of numbersNamed(credit).entries())
      want.run([orderKey({ source: credit.source, number }), key, rank, isSure ? 1 : 0]);
  }
  db.exec(join);
}

/** The order that `joinCredits` found for a credit note; null for none. */
export function openJoined(db: StagingDatabase): (credit: { key: string }) => JoinedCredit | null {
  const find = db.prepare('SELECT account_key, named_key FROM joined_credits WHERE credit_key = ?');
  return ({ key }) => {
    const row = find.get([key]);
    if (!isCreditRow(row)) return null;
    return { accountKey: row[0], number: splitKey(row[1]).number };
  };
}

const isOfNobody = `account_key >= 'nobody:' AND account_key < 'nobody;'`;
const creditsOfNobody = `SELECT DISTINCT order_key, packed FROM rows WHERE ${isOfNobody} AND order_key LIKE '%${creditMark}'`;

const join = `
  INSERT INTO joined_credits SELECT credit_key, account_key, order_key FROM
    (SELECT credit_key, rows.account_key, order_key, min(rank) FROM rows JOIN wanted_orders USING (order_key)
      WHERE is_sure OR ${isOfNobody} GROUP BY credit_key);
  INSERT OR IGNORE INTO joined_credits SELECT credit_key, 'nobody:' || order_key, order_key FROM wanted_orders
    WHERE rank = 0 AND order_key || '${creditMark}' <> credit_key;
  UPDATE rows SET account_key = joined_credits.account_key FROM joined_credits WHERE order_key = credit_key;
  DROP TABLE wanted_orders`;

function isCreditRow(row: unknown): row is [string, string] {
  return Array.isArray(row) && row.length === 2;
}
