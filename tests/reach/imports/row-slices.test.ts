import { expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { exportCustomers } from '../../../functions/reach/exports/export-customers.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { bytesOf } from '../../../functions/reach/exports/feedback/download.ts';
import { exportFeedback } from '../../../functions/reach/exports/feedback/export-feedback.ts';
import { importCustomersSlice } from '../../../functions/reach/imports/customers/import-customers.ts';
import { importFeedbackSlice } from '../../../functions/reach/imports/feedback/import-feedback.ts';
import { forgetProgress } from '../../../functions/reach/imports/import-progress.ts';
import { importManagersSlice } from '../../../functions/reach/imports/managers/import-managers.ts';
import {
  importCustomers,
  importFeedback,
  importOrders,
} from '../../../functions/reach/imports/on-node/by-path.ts';
import { fileAt } from '../../../functions/reach/imports/on-node/file-at.ts';
import { undoImport, undoImportSlice } from '../../../functions/reach/imports/undo-import.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { always, textOf } from '../exports/export-text.ts';
import { aFile } from './import-file.ts';
import { inSlices } from './losing-answers.ts';

const rowsOf = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at));
const id = (number: number) => number.toString(16).padStart(32, '0');
const lost = [1000, 3, 2];

const header =
  'id,kind,told_at,reference,email,account,survey,question,asks,score,source,wants_reply,text,state,reply_to,said_by';
const at = '2026-02-03T10:30:00.000Z';
/** Ideas of people and for a company, what was said to them, answers, a taken reference, and rows that are wrong. */
const feedback = [
  header,
  ...rowsOf(
    230,
    (n) =>
      `${id(n)},idea,${at},REF-${n},p${n % 90}@x.example,${n % 9 ? '' : 'ACME'},,,,,portal,no,Idea ${n},,,`,
  ),
  ...rowsOf(120, (n) => `${id(1000 + n)},message,${at},,,,,,,,,,Said ${n},,${id(n * 2)},customer`),
  ...rowsOf(
    90,
    (n) =>
      `${id(2000 + n)}:love,survey,${at},,p${n + 60}@x.example,,Spring,love,satisfaction,${(n % 5) + 1},,,,${n % 2 ? 'finished' : 'partial'},,`,
  ),
  ...rowsOf(20, (n) => `${id(3000 + n)},idea,${at},REF-${n},q${n}@x.example,,,,,,portal,no,Taken,,,`),
  ...rowsOf(20, (n) => `${id(4000 + n)},rant,${at},R-${n},,,,,,,portal,no,Wrong,,,`),
  '',
].join('\n');

async function feedbackOf(ctx: Context): Promise<string> {
  const chunks = [];
  const table = await exportFeedback(ctx, { days: { since: null, until: null } });
  for await (const chunk of bytesOf(table, 'csv')) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const kept = ['import_progress', 'import_marks', 'import_refusals'].map((name) => `SELECT 1 FROM ${name}`);
const acts = `SELECT count(*) FROM audit_log WHERE act IN ('feedback.imported', 'customers.imported', 'import.undone')`;

async function assertOver({ ctx }: Shop, run: string): Promise<void> {
  expect(await ctx.db.read({ sql: acts, args: [] })).toEqual([[1n]]);
  await ctx.db.write(forgetProgress(run));
  expect(await ctx.db.read({ sql: kept.join(' UNION ALL '), args: [] })).toEqual([]);
}

test.each(lost)(
  'feedback that comes in slices, of which every %ith answer is lost, is told and kept as in one',
  async (every) => {
    const [whole, sliced] = [await openShop(moneyBack), await openShop(moneyBack)];
    const path = aFile(feedback);
    const expected = await importFeedback(whole.ctx, { path });
    expect(expected).toMatchObject({
      answers: { created: 435, unchanged: 0, rejected: 45 },
      customers: { created: 150 },
    });
    const slice = (ctx: Context, isOver: () => boolean) =>
      importFeedbackSlice(ctx, { file: fileAt(path), slice: { run: 'r', isOver } });
    const { told, slices, kills } = await inSlices(sliced.ctx, every, slice);
    expect({ ...told, seconds: 0 }).toEqual({ ...expected, seconds: 0 });
    expect(slices).toBeGreaterThan(4);
    expect(kills > 0).toBe(every < 10);
    expect(await feedbackOf(sliced.ctx)).toBe(await feedbackOf(whole.ctx));
    expect(await slice(sliced.ctx, () => true)).toEqual(told);
    await assertOver(sliced, 'r');
  },
);

/** People met twice across slices, a household, joining days, and rows that are wrong or contradict. */
const customers = [
  'email,name,account,account_kind,joined_at,phone',
  ...rowsOf(250, (n) => `p${n}@x.example,Person ${n},,,${n % 3 ? '' : '2024-05-06'},`),
  ...rowsOf(
    150,
    (n) => `p${n + 150}@x.example,Person ${n + 150},Smiths ${n % 9},household,,+44 20 7946 ${1000 + n}`,
  ),
  ...rowsOf(20, (n) => `p${n}@x.example,Another ${n},,,,`),
  ...rowsOf(20, (n) => `none ${n},Nobody,,,,`),
  '',
].join('\n');

test.each(lost)(
  'customers that come in slices, of which every %ith answer is lost, are told and kept as in one',
  async (every) => {
    const [whole, sliced] = [await openShop(moneyBack), await openShop(moneyBack)];
    const path = aFile(customers);
    const slice = (run: string, isDryRun: boolean) => (ctx: Context, isOver: () => boolean) =>
      importCustomersSlice(ctx, { file: fileAt(path), isDryRun, slice: { run, isOver } });
    const dry = await inSlices(sliced.ctx, every, slice('dry', true));
    const tried = await importCustomers(whole.ctx, { path, isDryRun: true });
    const expected = await importCustomers(whole.ctx, { path });
    expect(expected.customers).toEqual({ created: 300, updated: 100, unchanged: 0, rejected: 40 });
    const { told, slices } = await inSlices(sliced.ctx, every, slice('r', false));
    expect({ ...told, seconds: 0 }).toEqual({ ...expected, seconds: 0 });
    expect({ ...dry.told, seconds: 0 }).toEqual({ ...tried, seconds: 0 });
    expect(slices).toBeGreaterThan(2);
    expect(await textOf(exportCustomers(sliced.ctx, always))).toBe(
      await textOf(exportCustomers(whole.ctx, always)),
    );
    await sliced.ctx.db.write(forgetProgress('dry'));
    await assertOver(sliced, 'r');
  },
);

test.each(lost)(
  'account managers that come in slices, of which every %ith answer is lost, are given and counted once',
  async (every) => {
    const { ctx } = await openShop(moneyBack);
    await addStaff(ctx, { email: 'nina@shop.example', role: 'agent' });
    await importCustomers(ctx, { path: aFile(`email\n${rowsOf(70, (n) => `p${n}@x.example\n`).join('')}`) });
    const path = aFile(
      `email,manager\n${rowsOf(80, (n) => `p${n}@x.example,${n % 10 ? 'nina' : 'nobody'}@shop.example\n`).join('')}`,
    );
    const { told, slices } = await inSlices(ctx, every, (one, isOver) =>
      importManagersSlice(one, { file: fileAt(path), slice: { run: 'r', isOver } }),
    );
    expect(told).toMatchObject({ given: 63, same: 0, byRule: 0, lines: 80, rejected: 17 });
    expect(slices).toBeGreaterThan(1);
    const held =
      "SELECT count(*) FROM account_managers UNION ALL SELECT count(*) FROM history WHERE kind = 'manager_given'";
    expect(await ctx.db.read({ sql: held, args: [] })).toEqual([[63n], [63n]]);
    await ctx.db.write(forgetProgress('r'));
    expect(await ctx.db.read({ sql: kept.join(' UNION ALL '), args: [] })).toEqual([]);
  },
);

/** Every third row is wrong, and the last ones tell of the first people again, at an account of theirs. */
const manyCustomers = [
  'email,name,account',
  ...rowsOf(900, (n) => (n % 3 === 0 ? `none ${n},Nobody,` : `p${n % 800}@x.example,Person ${n % 800},ACME`)),
  '',
].join('\n');

test.each([1, 2, 3, 4])('a dry run in turns of %i steps tells what one in one go does', async (steps) => {
  const { ctx } = await openShop(moneyBack);
  const path = aFile(manyCustomers);
  const expected = await importCustomers(ctx, { path, isDryRun: true });
  expect(expected.customers).toMatchObject({ rejected: 300 });
  const slice = (one: Context, isOver: () => boolean) =>
    importCustomersSlice(one, { file: fileAt(path), isDryRun: true, slice: { run: 'dry', isOver } });
  const { told, slices } = await inSlices(ctx, 1000, slice, steps);
  expect({ ...told, seconds: 0 }).toEqual({ ...expected, seconds: 0 });
  expect(slices).toBeGreaterThan(1);
});

/** Orders of many, a company, and of nobody. */
const orders = (total: string) =>
  [
    'order_number,placed_at,customer_email,account,currency,line_total,status',
    ...rowsOf(420, (n) => `P-${n},2026-01-05,p${n}@x.example,${n % 50 ? '' : 'ACME'},EUR,${total},`),
    ...rowsOf(30, (n) => `N-${n},2026-01-05,,,EUR,${total},`),
    '',
  ].join('\n');

test.each(lost)(
  'an undo in slices, of which every %ith answer is lost, takes back and tells what one does',
  async (every) => {
    const [whole, sliced] = [await openShop(moneyBack), await openShop(moneyBack)];
    const ids = [];
    for (const { ctx } of [whole, sliced]) {
      await importOrders(ctx, { path: aFile(orders('150.00').split('\n').slice(0, 9).join('\n')) });
      ids.push((await importOrders(ctx, { path: aFile(orders('150.00')) })).id ?? '');
    }
    const [ofWhole = '', ofSliced = ''] = ids;
    const expected = await undoImport(whole.ctx, ofWhole);
    expect(expected.orders).toBe(442);
    const { slices } = await inSlices(sliced.ctx, every, async (ctx, isOver) => {
      // Who lost the last answer is told that it was undone already.
      if (await isUndone(ctx, ofSliced)) return true;
      return undoImportSlice(ctx, ofSliced, { isOver });
    });
    expect(await toldOf(sliced.ctx)).toEqual({ orders: expected.orders, restored: expected.restored });
    expect(slices).toBeGreaterThan(3);
    expect(await textOf(exportOrders(sliced.ctx, always))).toBe(
      await textOf(exportOrders(whole.ctx, always)),
    );
    expect(await verify(sliced.ctx)).toMatchObject({ differences: 0 });
    await assertOver(sliced, 'r');
  },
);

async function isUndone({ db }: Context, importId: string): Promise<boolean> {
  const sql = 'SELECT 1 FROM imports WHERE id = ? AND undone_at IS NOT NULL';
  return (await db.read({ sql, args: [importId] })).length === 1;
}

async function toldOf({ db }: Context): Promise<unknown> {
  const [row] = await db.read({ sql: "SELECT detail FROM audit_log WHERE act = 'import.undone'", args: [] });
  return JSON.parse(String(row?.[0]));
}
