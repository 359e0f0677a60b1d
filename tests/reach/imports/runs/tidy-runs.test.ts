import { expect, test } from 'vitest';
import { statement } from '../../../../db/query.ts';
import { DAY_MS, HOUR_MS } from '../../../../functions/ground/platform/calendar.ts';
import type { Context } from '../../../../functions/ground/platform/context.ts';
import { FilesUnavailable } from '../../../../functions/ground/platform/file-store.ts';
import { beginImportRun } from '../../../../functions/reach/imports/runs/begin-import-run.ts';
import { cancelImportRun } from '../../../../functions/reach/imports/runs/cancel-import-run.ts';
import { getImportRun } from '../../../../functions/reach/imports/runs/get-import-run.ts';
import { startImportRun } from '../../../../functions/reach/imports/runs/start-import-run.ts';
import { tidyRuns } from '../../../../functions/reach/imports/runs/tidy-runs.ts';
import { undoImportRun } from '../../../../functions/reach/imports/runs/undo-import-run.ts';
import { workOnNextRun } from '../../../../functions/reach/imports/runs/work-on-runs.ts';
import { openShopWithFiles } from './shop-with-files.ts';

const own =
  'order_number,placed_at,customer_email,currency,line_total\nA-1,2026-01-05,ann@example.com,EUR,25.00\nA-2,yesterday,ann@example.com,EUR,1.00\n';

/** The same shop, whose store deletes none of the files that are named. */
function withFailingDelete(ctx: Context, isKept: (name: string) => boolean): Context {
  const { largeFiles } = ctx;
  if (largeFiles === null) throw new Error('there are no files');
  return {
    ...ctx,
    largeFiles: {
      ...largeFiles,
      delete: async (name) => {
        if (isKept(name)) throw new FilesUnavailable('HTTP_503');
        await largeFiles.delete(name);
      },
    },
  };
}

const later = (ctx: Context, ms: number): Context => ({ ...ctx, now: () => ctx.now() + ms });

const has = async ({ largeFiles }: Context, ids: string[]) =>
  Promise.all(ids.map((id) => largeFiles?.has(id)));

test('files that could not be deleted at the end of their run are deleted later, one failing alone', async () => {
  const { ctx, tools, send, work } = await openShopWithFiles();
  const broken = withFailingDelete(ctx, () => true);
  const [done, undone, cancelled, stopped] = [
    await send(own),
    await send(own),
    await send(own),
    await send(own),
  ];
  await work();
  await beginImportRun(ctx, { id: done });
  expect(await workOnNextRun(broken, tools)).toBe(true);
  await beginImportRun(ctx, { id: undone });
  expect(await workOnNextRun(broken, tools)).toBe(true);
  await undoImportRun(ctx, { id: undone });
  expect(await workOnNextRun(broken, tools)).toBe(true);
  await cancelImportRun(broken, { id: cancelled });
  await beginImportRun(ctx, { id: stopped });
  await cancelImportRun(broken, { id: stopped });
  const states = await ctx.db.read(statement('SELECT state FROM import_runs ORDER BY id'));
  expect(states.flat()).toEqual(['done', 'undone', 'cancelled', 'cancelled']);
  expect(await has(ctx, [done, undone, cancelled, stopped])).toEqual([true, true, true, true]);
  await tidyRuns(
    later(
      withFailingDelete(ctx, (name) => name === done),
      2 * HOUR_MS,
    ),
  );
  expect(await has(ctx, [done, undone, cancelled, stopped])).toEqual([true, false, false, false]);
  await tidyRuns(later(ctx, 3 * HOUR_MS));
  expect(await has(ctx, [done])).toEqual([false]);
  const asked: string[] = [];
  await tidyRuns(
    later(
      withFailingDelete(ctx, (name) => asked.push(name) === 0),
      4 * HOUR_MS,
    ),
  );
  expect(asked).toEqual([]);
});

test('a file that broke off is deleted later, and whoever sent it learns why it broke off', async () => {
  const { ctx } = await openShopWithFiles();
  const broken = withFailingDelete(ctx, () => true);
  const chunks = async function* () {
    yield new Uint8Array();
  };
  await expect(
    startImportRun(broken, { kind: 'orders', fileName: 'orders.csv' }, chunks()),
  ).rejects.toMatchObject({ code: 'validation_failed' });
  const [[id = '', state] = []] = await ctx.db.read(statement('SELECT id, state FROM import_runs'));
  expect(state).toBe('cancelled');
  expect(await has(ctx, [String(id)])).toEqual([true]);
  await tidyRuns(later(ctx, 2 * HOUR_MS));
  expect(await has(ctx, [String(id)])).toEqual([false]);
});

test('forgotten files go, one failing alone', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const [first, second] = [await send(own), await send(own)];
  await work();
  const [third, fourth] = [await send(own), await send(own)];
  const failing = [first, third];
  await tidyRuns(
    later(
      withFailingDelete(ctx, (name) => failing.includes(name)),
      8 * DAY_MS,
    ),
  );
  expect(await has(ctx, [...failing, second, fourth])).toEqual([true, true, false, false]);
  await tidyRuns(later(ctx, 9 * DAY_MS));
  expect(await has(ctx, failing)).toEqual([false, false]);
});

test('a dry run that nobody goes on with leaves nothing of how far it had come', async () => {
  const { ctx, tools, send } = await openShopWithFiles();
  const id = await send(own);
  expect(await workOnNextRun(ctx, { ...tools, isOver: () => true })).toBe(true);
  const kept = () => ctx.db.read(statement('SELECT run FROM import_progress'));
  expect(await kept()).toEqual([[`${id}.dry`]]);
  await tidyRuns(later(ctx, 8 * DAY_MS));
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'cancelled' });
  expect(await kept()).toEqual([]);
});

test('the sample rows of a file go with the end of its run', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const [done, cancelled, forgotten, old] = [
    await send(own),
    await send(own),
    await send(own),
    await send(own),
  ];
  await work();
  for (const id of [done, old]) await beginImportRun(ctx, { id });
  await work();
  expect((await getImportRun(ctx, cancelled)).look?.samples).toHaveLength(2);
  await cancelImportRun(ctx, { id: cancelled });
  for (const id of [done, cancelled]) expect(await getImportRun(ctx, id)).toMatchObject({ look: null });
  await ctx.db.write([statement("UPDATE import_runs SET look = '{}' WHERE id = ?", old)]);
  await tidyRuns(later(ctx, HOUR_MS));
  expect(await getImportRun(ctx, old)).toMatchObject({ state: 'done', look: null });
  expect((await getImportRun(ctx, forgotten)).look?.samples).toHaveLength(2);
  await tidyRuns(later(ctx, 8 * DAY_MS));
  expect(await getImportRun(ctx, forgotten)).toMatchObject({ state: 'cancelled', look: null });
});
