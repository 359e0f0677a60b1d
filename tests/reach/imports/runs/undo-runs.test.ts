import { expect, test } from 'vitest';
import { statement } from '../../../../db/query.ts';
import { DAY_MS } from '../../../../functions/ground/platform/calendar.ts';
import { newId } from '../../../../functions/ground/platform/ids.ts';
import { beginImportRun } from '../../../../functions/reach/imports/runs/begin-import-run.ts';
import { getImportRun } from '../../../../functions/reach/imports/runs/get-import-run.ts';
import { listImportRuns } from '../../../../functions/reach/imports/runs/list-import-runs.ts';
import { undoImportRun } from '../../../../functions/reach/imports/runs/undo-import-run.ts';
import { undoImport } from '../../../../functions/reach/imports/undo-import.ts';
import { createTestClock } from '../../../support/test-context.ts';
import { openShopWithFiles } from './shop-with-files.ts';

const own =
  'order_number,placed_at,customer_email,currency,line_total\nA-1,2026-01-05,ann@example.com,EUR,25.00\n';

test('an undo that was killed at its end is told as undone by the next process', async () => {
  const { ctx, send, work } = await openShopWithFiles();
  const id = await send(own);
  await work();
  await beginImportRun(ctx, { id });
  await work();
  await undoImportRun(ctx, { id });
  // The import is undone, and the process ends before it moves the run.
  await undoImport({ ...ctx, actor: { kind: 'system', name: 'test' } }, id);
  await work();
  expect(await getImportRun(ctx, id)).toMatchObject({ state: 'undone', failure: null });
});

test('an import that the command line may still be writing cannot be undone for a day', async () => {
  const { ctx, work } = await openShopWithFiles();
  const { now, advance } = createTestClock(ctx.now());
  const at = { ...ctx, now };
  const id = newId();
  await ctx.db.write([
    statement(
      "INSERT INTO imports (id, file_name, started_at, actor) VALUES (?, 'till.csv', ?, 'cli')",
      ...[id, now()],
    ),
  ]);
  advance(DAY_MS - 1);
  expect((await listImportRuns(at)).items).toMatchObject([{ id, state: 'running', hasPage: false }]);
  await expect(undoImportRun(at, { id })).rejects.toMatchObject({
    code: 'import_run_moved',
    message: expect.stringContaining('still being written'),
  });
  expect(await ctx.db.read(statement('SELECT id FROM import_runs'))).toEqual([]);
  advance(1);
  expect((await listImportRuns(at)).items).toMatchObject([{ id, state: 'interrupted', hasPage: false }]);
  await undoImportRun(at, { id });
  await work();
  expect(await getImportRun(at, id)).toMatchObject({ state: 'undone' });
});
