import { expect, test } from 'vitest';
import { statement } from '../../../../db/query.ts';
import { getOverview } from '../../../../functions/desk/console/get-overview.ts';
import type { Context } from '../../../../functions/ground/platform/context.ts';
import { setSettings } from '../../../../functions/money/business/settings.ts';
import { assignManager } from '../../../../functions/people/managers/assign-manager.ts';
import { addStaff } from '../../../../functions/people/staff/add-staff.ts';
import { exportOrders } from '../../../../functions/reach/exports/export-orders.ts';
import { listImports } from '../../../../functions/reach/imports/list-imports.ts';
import { importCustomers, importFeedback } from '../../../../functions/reach/imports/on-node/by-path.ts';
import { beginImportRun } from '../../../../functions/reach/imports/runs/begin-import-run.ts';
import { cancelImportRun } from '../../../../functions/reach/imports/runs/cancel-import-run.ts';
import { chooseMap } from '../../../../functions/reach/imports/runs/choose-map.ts';
import { getImportRun, readRejectedRows } from '../../../../functions/reach/imports/runs/get-import-run.ts';
import { listImportRuns } from '../../../../functions/reach/imports/runs/list-import-runs.ts';
import { tidyRuns } from '../../../../functions/reach/imports/runs/tidy-runs.ts';
import { undoImportRun } from '../../../../functions/reach/imports/runs/undo-import-run.ts';
import { workOnNextRun } from '../../../../functions/reach/imports/runs/work-on-runs.ts';
import { undoImport } from '../../../../functions/reach/imports/undo-import.ts';
import { createTestClock } from '../../../support/test-context.ts';
import { aFile } from '../import-file.ts';
import { openShopWithFiles } from './shop-with-files.ts';

const header = 'order_number,placed_at,customer_email,currency,line_total';
const own = `${header}\nA-1,2026-01-05,ann@example.com,EUR,25.00\nA-2,2026-01-06,bob@example.com,EUR,10.00\nA-3,yesterday,bob@example.com,EUR,10.00\n`;

async function ordersOf(ctx: Parameters<typeof exportOrders>[0]): Promise<string[]> {
  const { pages } = await exportOrders(
    { ...ctx, actor: { kind: 'system', name: 'test' } },
    { since: null, until: null },
  );
  const numbers: string[] = [];
  for await (const rows of pages) for (const row of rows) numbers.push(String(row[1]));
  return numbers;
}

test('a known file is tried, imported on the press, told, and undone', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const id = await send(own, { fileName: 'C:\\exports\\orders.csv' });
  await expect(beginImportRun(ctx, { id })).rejects.toMatchObject({ code: 'import_run_moved' });
  await work();
  const tried = await getImportRun(ctx, id);
  expect(tried).toMatchObject({ state: 'checked', fileName: 'orders.csv', map: null });
  expect(tried.preview).toMatchObject({ created: 2, rejected: 1, newCustomers: 2, rows: 3 });
  expect(await ordersOf(ctx)).toEqual([]);
  await beginImportRun(ctx, { id });
  await beginImportRun(ctx, { id });
  await work();
  const done = await getImportRun(ctx, id);
  expect(done).toMatchObject({ state: 'done', rejectedRows: 1, report: { created: 2, rejected: 1 } });
  expect((await ordersOf(ctx)).sort()).toEqual(['A-1', 'A-2']);
  expect(await ctx.largeFiles?.has(id)).toBe(false);
  let rejected = '';
  for await (const chunk of (await readRejectedRows(ctx, id)).chunks)
    rejected += Buffer.from(chunk).toString();
  expect(rejected).toContain('A-3,yesterday');
  const stale = { ...ctx, actor: { kind: 'staff', id: 'o1', role: 'owner', provenAt: 0 } } as const;
  await expect(readRejectedRows(stale, id)).rejects.toMatchObject({ code: 'proof_needed' });
  await undoImportRun(ctx, { id });
  await work();
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'undone' });
  expect(await ordersOf(ctx)).toEqual([]);
  const { items } = await listImportRuns(ctx);
  expect(items).toMatchObject([{ id, state: 'undone', hasPage: true }]);
});

test('a file of customers is tried, imported on the press and told, with its rejected rows to mend', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const text = 'Email,Phone\nann@example.com,044 123\nbob@example.com,call me\n';
  const id = await send(text, { kind: 'customers', fileName: 'customers.csv' });
  await work();
  const { state, preview } = await getImportRun(ctx, id);
  expect({ state, preview }).toMatchObject({
    state: 'checked',
    preview: { created: 1, rejected: 1, rows: 2 },
  });
  await beginImportRun(ctx, { id });
  await work();
  const done = await getImportRun(ctx, id);
  expect(done).toMatchObject({ state: 'done', rejectedRows: 1, importId: null, report: { created: 1 } });
  let rejected = '';
  for await (const chunk of (await readRejectedRows(ctx, id)).chunks)
    rejected += Buffer.from(chunk).toString();
  expect(rejected).toContain('bob@example.com,call me,"phone: has to be a phone number');
});

test('a file of account managers is tried, applied on the press and told, with its rejected rows to mend', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'test' } };
  await addStaff(system, { email: 'nina@shop.example', role: 'agent' });
  await importCustomers(system, {
    path: aFile('email\nann@example.com\nbob@example.com\ndan@example.com\n'),
  });
  const ruled =
    "SELECT a.id FROM accounts AS a JOIN customers AS c ON c.id = a.owner_id WHERE c.email = 'bob@example.com'";
  const [[bob] = []] = await ctx.db.read(statement(ruled));
  await assignManager(system, { accountId: String(bob), manager: 'nina@shop.example' });
  await ctx.db.write([statement("UPDATE account_managers SET segment_id = 'anybody'")]);
  const text =
    'email,manager,by,why\nann@example.com,nina@shop.example,,speaks French\nbob@example.com,nina@shop.example,rule,\n' +
    'dan@example.com,nobody@shop.example,,\ncid@example.com,nina@shop.example,,\n';
  const id = await send(text, { kind: 'managers', fileName: 'managers.csv' });
  await work();
  const tried = await getImportRun(ctx, id);
  expect(tried).toMatchObject({
    state: 'checked',
    preview: { created: 1, rejected: 2, rows: 4, leftOut: [{ rows: 1 }] },
  });
  expect(tried.preview?.errors).toMatchObject([
    { line: 4, subject: 'dan@example.com', why: { code: 'no_colleague', column: 'manager' } },
    { line: 5, subject: 'cid@example.com', why: { code: 'not_here', column: 'email' } },
  ]);
  const held = () => ctx.db.read(statement('SELECT count(*) FROM account_managers WHERE ended_at IS NULL'));
  expect(await held()).toEqual([[1n]]);
  await beginImportRun(ctx, { id });
  await work();
  const done = await getImportRun(ctx, id);
  expect(done).toMatchObject({ state: 'done', rejectedRows: 2, importId: null, report: { created: 1 } });
  expect(await held()).toEqual([[2n]]);
  let rejected = '';
  for await (const chunk of (await readRejectedRows(ctx, id)).chunks)
    rejected += Buffer.from(chunk).toString();
  expect(rejected).toContain('is nobody who works here');
  const mended = rejected.replace('nobody@shop.example', 'nina@shop.example');
  const again = await send(mended, { kind: 'managers' });
  await work();
  expect((await getImportRun(ctx, again)).preview).toMatchObject({ created: 1, rejected: 1, unchanged: 0 });
});

test('a file of feedback is brought in with its rejected rows to mend', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const [head, row] = [
    'id,kind,told_at,reference,email,source,wants_reply,text',
    (id: string, day: string) =>
      `${id.repeat(32)},idea,2026-02-${day}T10:30:00Z,K-${id},ann@x.example,portal,no,Longer hours`,
  ];
  const id = await send(`${head}\n${row('1', '03')}\n${row('2', '30')}\n`, { kind: 'feedback' });
  await work();
  await beginImportRun(ctx, { id });
  await work();
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'done', rejectedRows: 1 });
  let rejected = '';
  const { chunks } = await readRejectedRows(ctx, id, ({ code, column }) => `${column} ${code}`);
  for await (const chunk of chunks) rejected += Buffer.from(chunk).toString();
  expect(rejected).toBe(`${head},"rejected_because"\n${row('2', '30')},"told_at needs_zoned_time"\n`);
});

test('what commands bring in stands among past imports, and only orders can be undone', async () => {
  const { ctx } = await openShopWithFiles();
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'test' } };
  await importCustomers(system, { path: aFile('email,phone\nann@example.com,044 123\nbob@example.com,x\n') });
  await importCustomers(system, { path: aFile('email\nann@example.com\n'), isDryRun: true });
  await expect(importCustomers(system, { path: aFile('a,b\n') })).rejects.toThrow('customer_key');
  await importFeedback(system, { path: aFile('id,kind,told_at,text\n') });
  const { items } = await listImportRuns(ctx);
  expect(items).toMatchObject([
    { kind: 'feedback', state: 'done', hasPage: false, report: { created: 0 } },
    { kind: 'customers', state: 'done', hasPage: false, report: { created: 1, rejected: 1 } },
  ]);
  expect(await listImports(system)).toMatchObject([{ kind: 'feedback' }, { kind: 'customers' }]);
  const id = items[1]?.id ?? '';
  await expect(undoImportRun(ctx, { id })).rejects.toMatchObject({ code: 'import_run_moved' });
  await expect(undoImport(system, id)).rejects.toMatchObject({ code: 'import_not_undoable' });
  expect((await getOverview(ctx)).imports).toMatchObject([
    { kind: 'feedback', counts: { created: 0 } },
    { kind: 'customers', counts: { created: 1, rejected: 1 }, errors: [{ order: 'bob@example.com' }] },
  ]);
});

const till =
  'Bill;Day;Mail;Sum;Coin\n7;31.01.2026;ann@example.com;1.234,50;EUR\n8;01.02.2026;bob@example.com;9,00;EUR\n';

test('an unknown file is guessed, corrected by hand, and read the same the next time', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const id = await send(till);
  await work();
  const { look, state } = await getImportRun(ctx, id);
  expect(state).toBe('checked');
  expect(look).toMatchObject({ title: null, rows: 2, isRemembered: false });
  expect(look?.samples[0]).toEqual(['7', '31.01.2026', 'ann@example.com', '1.234,50', 'EUR']);
  expect(look?.columns[1]?.dates[0]).toEqual({ form: 'DD.MM.YYYY', cells: 2 });
  await expect(chooseMap(ctx, { id, map: { columns: { placed_at: 'Day' } } })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  const columns = {
    order_number: 'Bill',
    placed_at: 'Day',
    customer_email: 'Mail',
    line_total: 'Sum',
    currency: 'Coin',
  };
  const map = { source: 'till-2', decimalComma: true, dateFormat: 'DD.MM.YYYY', columns };
  await chooseMap(ctx, { id, map });
  await work();
  expect(await getImportRun(ctx, id)).toMatchObject({
    state: 'checked',
    preview: { created: 2, rejected: 0 },
  });
  const again = await send(till);
  await work();
  const next = await getImportRun(ctx, again);
  expect(next.look).toMatchObject({ isRemembered: true });
  expect(next).toMatchObject({ map: { source: 'till-2' }, preview: { created: 2 } });
});

test('times are read in the zone that the map names', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  await setSettings(
    { ...ctx, actor: { kind: 'system', name: 'test' } },
    { currency: 'EUR', timeZone: 'Europe/Kyiv' },
  );
  const id = await send('No,When,Mail,Sum\n1,2026-01-05 23:30,ann@example.com,5.00\n');
  await work();
  const columns = { order_number: 'No', placed_at: 'When', customer_email: 'Mail', line_total: 'Sum' };
  await chooseMap(ctx, { id, map: { timeZone: 'America/New_York', columns, defaults: { currency: 'EUR' } } });
  await work();
  await beginImportRun(ctx, { id });
  await work();
  const [row] = await ctx.db.read(statement('SELECT placed_at FROM orders'));
  expect(new Date(Number(row?.[0])).toISOString()).toBe('2026-01-06T04:30:00.000Z');
});

test('what a killed process left is taken up again, under the same import', async () => {
  const { ctx, tools, send, work } = await openShopWithFiles();
  const id = await send(own);
  await work();
  await beginImportRun(ctx, { id });
  const ending = { ...ctx, isEnding: () => true };
  expect(await workOnNextRun(ending, { ...tools, me: 'gone 1 a' })).toBe(true);
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'running', claimedBy: null });
  await ctx.db.write([
    statement("UPDATE import_runs SET claimed_by = 'there 2 b', progress_at = ?", ctx.now()),
  ]);
  expect(await workOnNextRun(ctx, tools)).toBe(false);
  await ctx.db.write([statement("UPDATE import_runs SET claimed_by = 'gone 2 b'")]);
  await work();
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'done', importId: id });
  const imports = await ctx.db.read(statement('SELECT id FROM imports'));
  expect(imports).toEqual([[id]]);
});

test('a cancelled file is gone, and a failed one says why', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const id = await send(own);
  await cancelImportRun(ctx, { id });
  await work();
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'cancelled', look: null });
  expect(await ctx.largeFiles?.has(id)).toBe(false);
  const pdf = await send('%PDF-1.7 a paper');
  await work();
  expect(await getImportRun(ctx, pdf)).toMatchObject({ state: 'failed' });
  expect((await getImportRun(ctx, pdf)).failure).toContain('a PDF');
});

test('a file that nobody goes on with is deleted after a week', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const id = await send(own);
  await work();
  const clock = createTestClock(ctx.now());
  await tidyRuns({ ...ctx, now: clock.now });
  expect(await ctx.largeFiles?.has(id)).toBe(true);
  clock.advance(8 * 24 * 3600 * 1000);
  await tidyRuns({ ...ctx, now: clock.now });
  expect(await ctx.largeFiles?.has(id)).toBe(false);
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'cancelled' });
});

test('agents and analysts bring nothing in', async () => {
  const { ctx, send } = await openShopWithFiles();
  const id = await send(own);
  for (const role of ['agent', 'analyst'] as const) {
    const other = { ...ctx, actor: { kind: 'staff', id: 'other', role } as const };
    for (const refused of [
      getImportRun(other, id),
      listImportRuns(other),
      cancelImportRun(other, { id }),
      undoImportRun(other, { id }),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  }
});
