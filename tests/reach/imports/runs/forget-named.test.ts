import { expect, test } from 'vitest';
import type { Context } from '../../../../functions/ground/platform/context.ts';
import { beginImportRun } from '../../../../functions/reach/imports/runs/begin-import-run.ts';
import {
  deleteNamedFiles,
  endNamedRuns,
  listNamedFiles,
  noteNamedFiles,
} from '../../../../functions/reach/imports/runs/forget-named.ts';
import { getImportRun } from '../../../../functions/reach/imports/runs/get-import-run.ts';
import { workOnNextRun } from '../../../../functions/reach/imports/runs/work-on-runs.ts';
import { openShopWithFiles } from './shop-with-files.ts';

const header = 'order_number,placed_at,customer_email,currency,line_total\n';
const rows = (email: string, count: number) =>
  Array.from({ length: count }, (_, index) => `A-${index},2026-01-05,${email},EUR,25.00\n`).join('');

async function forgetNamed(ctx: Context, words: readonly string[]): Promise<void> {
  const names = await listNamedFiles(ctx, words);
  await endNamedRuns(ctx, names);
  await ctx.db.write([noteNamedFiles(names)]);
  await deleteNamedFiles(ctx);
}

test('files of others stay, though a name is a part of a word in them', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  // Pieces of a hundred bytes begin and end in the middle of addresses.
  const id = await send(header + rows('joann@example.com.ua', 200));
  await work();
  await forgetNamed(ctx, ['ann@example.com', 'ann ward']);
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'checked', failure: null });
  expect(await ctx.largeFiles?.has(id)).toBe(true);
});

test.each(['checking', 'checked', 'waiting', 'running'])(
  'a run that is %s brings nobody back',
  async (state) => {
    const { ctx, tools, send, work } = await openShopWithFiles();
    const id = await send(
      `${header + rows('bob@example.com', 20)}B-1,2026-01-05,ann@example.com,EUR,25.00\n`,
    );
    if (state !== 'checking') await work();
    if (state === 'waiting' || state === 'running') await beginImportRun(ctx, { id });
    if (state === 'running') await workOnNextRun(ctx, { ...tools, isOver: () => true });
    expect(await getImportRun(ctx, id)).toMatchObject({ state });
    await forgetNamed(ctx, ['ann@example.com']);
    expect(await getImportRun(ctx, id)).toMatchObject({
      state: 'failed',
      whyFailed: { code: 'names_erased' },
      look: null,
      preview: null,
    });
    expect(await ctx.largeFiles?.has(id)).toBe(false);
    await expect(beginImportRun(ctx, { id })).rejects.toMatchObject({ code: 'import_run_moved' });
    await work();
    expect(await getImportRun(ctx, id)).toMatchObject({ state: 'failed' });
  },
);
