import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { type FinishedImport, importOrdersSlice } from '../../../functions/reach/imports/import-orders.ts';
import { forgetProgress } from '../../../functions/reach/imports/import-progress.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { fileAt } from '../../../functions/reach/imports/on-node/file-at.ts';
import { stagingIn } from '../../../functions/reach/imports/on-node/staging-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { always, textOf } from '../exports/export-text.ts';
import { aFile } from './import-file.ts';
import { inSlices } from './losing-answers.ts';

const day = (index: number) => `2026-01-${String((index % 28) + 1).padStart(2, '0')}`;
const rowsOf = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at));

/** Orders of people, a company whose people also buy for themselves, sales of nobody, and rows that are wrong. */
const own = [
  'order_number,placed_at,customer_email,account,currency,line_total',
  ...rowsOf(160, (at) => `P-${at},${day(at)},p${at % 90}@x.example,,EUR,${at + 20}.00`),
  ...rowsOf(30, (at) => `C-${at},${day(at)},p${at + 85}@x.example,ACME,EUR,70.00`),
  ...rowsOf(40, (at) => `N-${at},${day(at)},,,EUR,9.00`),
  ...rowsOf(
    30,
    (at) => `P-${at * 3},${day(at * 3)},p${(at * 3) % 90}@x.example,,${at % 2 ? 'EUR' : 'USD'},1.00`,
  ),
  ...rowsOf(20, (at) => `W-${at},${day(at)},w${at}@x.example,,EUR,1;00`),
  '',
].join('\n');

const stripe = (row: (index: number) => string, count: number) =>
  [
    'id,Created (UTC),Amount,Amount Refunded,Currency,Status,Captured,Customer Email',
    ...rowsOf(count, row),
    '',
  ].join('\n');
/** Payments that wait, of which the next file says that most came to nothing. */
const pending = stripe(
  (at) => `ch_${at},2026-01-05 10:00:00,150.00,0.00,eur,Pending,true,p${at % 70}@x.example`,
  140,
);
const failed = stripe(
  (at) => `ch_${at},2026-01-05 10:00:00,150.00,0.00,eur,Failed,false,p${at % 70}@x.example`,
  170,
);

/** Imports a file in slices. */
async function imported(
  ctx: Context,
  {
    path,
    run,
    isDryRun = false,
    answersLost,
  }: { path: string; run: string; isDryRun?: boolean; answersLost: number },
): Promise<{ report: FinishedImport; slices: number; kills: number }> {
  const { told, ...rest } = await inSlices(ctx, answersLost, (flaky, isOver) =>
    importOrdersSlice(flaky, {
      ...{ file: fileAt(path), withStaging: stagingIn(tmpdir()) },
      ...{ isDryRun, run, isOver },
    }),
  );
  return { report: told, ...rest };
}

const toldBy = (report: FinishedImport) => ({ ...report, id: null, seconds: 0 });

async function booksOf({ ctx }: Shop): Promise<unknown> {
  const [ledger, mails] = await Promise.all(
    [
      'SELECT order_number, kind, amount_minor FROM ledger ORDER BY 1, 2, 3',
      'SELECT template, count(*) FROM outbox GROUP BY 1',
    ].map((sql) => ctx.db.read({ sql, args: [] })),
  );
  expect(await verify(ctx)).toMatchObject({ differences: 0 });
  return { orders: await textOf(exportOrders(ctx, always)), ledger, mails };
}

const kept = ['import_progress', 'import_marks', 'import_refusals'].map((name) => `SELECT 1 FROM ${name}`);

test.each([1000, 2, 5])(
  'an import in slices that loses every %ith answer tells and writes what a whole one does',
  async (answersLost) => {
    const [whole, sliced] = [await openShop(moneyBack), await openShop(moneyBack)];
    for (const [index, text] of [own, pending, failed].entries()) {
      const path = aFile(text);
      const dry = await imported(sliced.ctx, { path, run: `dry-${index}`, isDryRun: true, answersLost });
      const expected = await importOrders(whole.ctx, { path });
      const { report, slices, kills } = await imported(sliced.ctx, {
        path,
        run: `run-${index}`,
        answersLost,
      });
      expect(toldBy(report)).toEqual(toldBy(expected));
      expect(toldBy(dry.report)).toEqual(toldBy(expected));
      expect(slices).toBeGreaterThan(2);
      expect(kills > 0).toBe(answersLost < 10);
      const asked = await importOrdersSlice(sliced.ctx, {
        ...{ file: fileAt('/nowhere.csv'), withStaging: stagingIn(tmpdir()), run: `run-${index}` },
        isOver: () => true,
      });
      expect(asked).toEqual(report);
      await sliced.ctx.db.write([...forgetProgress(`run-${index}`), ...forgetProgress(`dry-${index}`)]);
    }
    expect(await booksOf(sliced)).toEqual(await booksOf(whole));
    expect(await sliced.ctx.db.read({ sql: kept.join(' UNION ALL '), args: [] })).toEqual([]);
    const imports = 'SELECT count(*), count(finished_at) FROM imports';
    expect(await sliced.ctx.db.read({ sql: imports, args: [] })).toEqual([[3n, 3n]]);
  },
);
