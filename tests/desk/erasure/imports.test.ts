import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import { erase, eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { openLargeFolder } from '../../../functions/ground/files/large-folder.ts';
import { FilesUnavailable } from '../../../functions/ground/platform/file-store.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { beginImportRun } from '../../../functions/reach/imports/runs/begin-import-run.ts';
import { getImportRun } from '../../../functions/reach/imports/runs/get-import-run.ts';
import { openShopWithFiles } from '../../reach/imports/runs/shop-with-files.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestFiles } from '../../support/test-files.ts';

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

test('files of imports that name somebody go also when the process ends before it has deleted them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-erased-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const largeFiles = openLargeFolder({ databaseUrl: `file:${folder}/regulars.db` });
  const shop = await openShop(moneyBack);
  const ctx = { ...shop.ctx, files: createTestFiles(), largeFiles };
  const { customerId } = await shop.order({ email: 'ann@example.com', totals: [20_000] });
  const ids = [newId(), newId()];
  for (const [at, id] of ids.entries()) {
    const email = at === 0 ? 'ann@example.com' : 'bob@example.com';
    await largeFiles.write(id, linesOf(`customer_email\n${email}\n`), { bytes_max: 1000 });
    await ctx.db.write([
      statement(
        `INSERT INTO import_runs (id, kind, file_name, file_bytes, state, seq, rows_done, started_at, started_by)
         VALUES (?, 'orders', 'orders.csv', 20, 'checked', 1, 0, 1, 'x')`,
        id,
      ),
    ]);
  }
  const killed = { ...largeFiles, delete: () => Promise.reject(new FilesUnavailable('killed')) };
  const { isFinished } = await eraseCustomer({ ...ctx, largeFiles: killed }, { customerId, words: 'gone' });
  expect(isFinished).toBe(false);
  expect(await Promise.all(ids.map(largeFiles.has))).toEqual([true, true]);
  await ctx.db.write([statement('UPDATE outbox SET sent_at = 1')]);
  await carryOutErasures(ctx);
  expect(await Promise.all(ids.map(largeFiles.has))).toEqual([false, true]);
  const states = await ctx.db.read(statement('SELECT state, file_bytes FROM import_runs ORDER BY id'));
  expect(states).toEqual([
    ['failed', null],
    ['checked', 20n],
  ]);
  expect(await ctx.db.read(statement('SELECT 1 FROM erasures WHERE finished_at IS NULL'))).toEqual([]);
});

test('nobody is erased while a file that names them is being brought in; it ends, and then they are', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const header = 'order_number,placed_at,customer_email,currency,line_total\n';
  const id = await send(`${header}A-1,2026-01-05,zoe@example.com,EUR,25.00\n`);
  await work();
  const owner = { ...ctx, actor: { kind: 'system', name: 'cli' } as const };
  const customerId = newId();
  await ctx.db.write([
    statement("INSERT INTO customers (id, email, created_at) VALUES (?, 'zoe@example.com', 1)", customerId),
  ]);
  await beginImportRun(ctx, { id });
  // It has not come to her yet.
  await ctx.db.write([statement("UPDATE import_runs SET state = 'running' WHERE id = ?", id)]);
  const erasing = () => eraseCustomer(owner, { customerId, words: 'gone' });
  await expect(erasing()).rejects.toMatchObject({ code: 'unavailable' });
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'failed', whyFailed: { code: 'names_erased' } });
  await erasing();
  expect(await ctx.largeFiles?.has(id)).toBe(false);
});

async function* linesOf(text: string) {
  yield new TextEncoder().encode(text);
}
