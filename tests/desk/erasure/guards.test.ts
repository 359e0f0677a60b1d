import { expect, test } from 'vitest';
import { closePass, openPass } from '../../../db/erasable.ts';
import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { openShop } from '../../support/shop.ts';

async function shopWithWords() {
  const { ctx, order } = await openShop();
  const { accountId, customerId } = await order();
  await ctx.db.write([
    statement(
      "INSERT INTO adjustments (id, account_id, entry_seq, reason, at, actor) VALUES ('a', ?, 1, 'for Ann', 1, 'x')",
      accountId,
    ),
    statement(
      "INSERT INTO customer_notes (id, customer_id, text, at, actor) VALUES ('n', ?, 'Ann', 1, 'x')",
      customerId,
    ),
    statement(
      "INSERT INTO need_shares (id, root_id, day, percent, others, source, at, actor) VALUES ('s', ?, '2026-01-01', 10, 'Ann', 'staff', 1, 'x')",
      accountId,
    ),
  ]);
  return ctx.db;
}

const emptied = statement("UPDATE adjustments SET reason = '' WHERE id = 'a'");

test('a table kept by triggers lets an erasure empty what tells of somebody', async () => {
  const db = await shopWithWords();
  await expect(db.write([emptied])).rejects.toThrow('append-only');
  await db.write([openPass, emptied, closePass]);
  expect(await db.read(statement('SELECT reason FROM adjustments'))).toEqual([['']]);
  expect(await db.read(statement('SELECT count(*) FROM erasure_passes'))).toEqual([[0n]]);
  await expect(db.write([statement("UPDATE adjustments SET reason = '' WHERE id = 'a'")])).rejects.toThrow(
    'append-only',
  );
});

const others: [string, Statement][] = [
  ['another text', statement("UPDATE adjustments SET reason = 'for Bob' WHERE id = 'a'")],
  ['another column', statement("UPDATE adjustments SET reason = '', entry_seq = 2 WHERE id = 'a'")],
  ['the history', statement('UPDATE history SET at = 1')],
  ['a row of the ledger', statement('DELETE FROM adjustments')],
  [
    'a column of a table that the port keeps',
    statement("UPDATE need_shares SET percent = 1, others = NULL WHERE id = 's'"),
  ],
  ['a row of such a table', statement("DELETE FROM need_shares WHERE id = 's'")],
  ['a table that tells of nobody', statement('UPDATE feed_changes SET seq = 1 WHERE position = 1')],
  ['rows without a condition', statement('DELETE FROM customer_notes')],
];

test.each(others)('not even an erasure changes %s', async (_, change) => {
  const db = await shopWithWords();
  await expect(db.write([openPass, change, closePass])).rejects.toThrow('append-only');
});

test('what the port keeps is let through between the two statements of an erasure alone', async () => {
  const db = await shopWithWords();
  const change = statement("UPDATE need_shares SET others = NULL WHERE id = 's'");
  const gone = statement("DELETE FROM customer_notes WHERE id = 'n'");
  await expect(db.write([change])).rejects.toThrow('append-only');
  await expect(db.write([openPass, change])).rejects.toThrow('append-only');
  await expect(db.write([change, closePass])).rejects.toThrow('append-only');
  await db.write([openPass, change, gone, closePass]);
  await expect(db.write([gone])).rejects.toThrow('append-only');
});
