import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import { erase, eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const live = ['checking', 'waiting', 'running', 'undoing'] as const;

/** An import has come to somebody, whom it names where it is, in what it wrote and in what it left out. */
async function open(state: string, run = 'run') {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  const { customerId } = await shop.order({ email: 'ann@example.com', totals: [20_000] });
  await ctx.db.write([
    statement(
      `INSERT INTO import_runs (id, kind, file_name, file_bytes, state, seq, rows_done, started_at, started_by)
       VALUES ('run', 'orders', 'orders.csv', 1, ?, 1, 0, 1, 'x')`,
      state,
    ),
    statement(
      `INSERT INTO import_progress (run, phase, reached, steps, told)
       VALUES (?, 'accounts', 'customer:ann@example.com', 1, '{"report":{},"rows":1}')`,
      run,
    ),
    statement(
      `INSERT INTO import_marks (run, unit, tally) VALUES (?, 'customer:ann@example.com', '{}')`,
      run,
    ),
    statement(
      `INSERT INTO import_refusals (run, step, refusals) VALUES (?, 1, '[{"order":"ann@example.com"}]')`,
      run,
    ),
  ]);
  const kept = () =>
    ctx.db.read(
      statement(`SELECT reached FROM import_progress UNION ALL SELECT unit FROM import_marks
        UNION ALL SELECT refusals FROM import_refusals`),
    );
  const end = () => ctx.db.write([statement("UPDATE import_runs SET state = 'done'")]);
  return { ...shop, customerId, kept, end };
}

const place = [['customer:ann@example.com'], ['customer:ann@example.com'], ['[{"order":"ann@example.com"}]']];

test.each(live)('nobody is erased whom an import names that is %s, until it is over', async (state) => {
  const { ctx, customerId, kept, end } = await open(state);
  const erasing = () => eraseCustomer(ctx, { customerId, words: 'gone' });
  await expect(erasing()).rejects.toMatchObject({ code: 'unavailable' });
  expect(await kept()).toEqual(place);
  await end();
  await erasing();
  expect(await kept()).toEqual([]);
});

test('nor while its dry run is under way', async () => {
  const { ctx, customerId, kept } = await open('checking', 'run.dry');
  const erasing = eraseCustomer(ctx, { customerId, words: 'gone' });
  await expect(erasing).rejects.toMatchObject({ code: 'unavailable' });
  expect(await kept()).toEqual(place);
});

test('a wish waits for it and no failure is told', async () => {
  const { ctx, clock, customerId, end } = await open('running');
  await ctx.db.write([
    statement(
      `INSERT INTO erasure_requests (id, customer_id, words, asked_at, due_at) VALUES ('w', ?, 'gone', 1, ?)`,
      ...[customerId, clock.now()],
    ),
  ]);
  const email = () => ctx.db.read(statement('SELECT email FROM customers WHERE id = ?', customerId));
  await carryOutErasures(ctx);
  expect(await email()).toEqual([['ann@example.com']]);
  await end();
  await carryOutErasures(ctx);
  expect(await email()).toEqual([[null]]);
});

test('one that came back with a backup keeps its place', async () => {
  const { ctx, customerId, kept } = await open('running');
  await ctx.db.write([
    statement(
      `INSERT INTO erasures (customer_id, seq, words, asked_by, at) VALUES (?, 1, 'gone', 'staff', 1)`,
      customerId,
    ),
  ]);
  await erase(ctx, { customerId, words: 'gone', askedBy: 'staff', isAgain: true });
  expect(await kept()).toEqual(place);
});
