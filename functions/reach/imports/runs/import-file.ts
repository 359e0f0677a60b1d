import type { Context } from '../../../ground/platform/context.ts';
import { exactJson } from '../../../ground/platform/exact-json.ts';
import { importCustomersSlice } from '../customers/import-customers.ts';
import { importFeedbackSlice } from '../feedback/import-feedback.ts';
import { importOrdersSlice } from '../import-orders.ts';
import { importManagersSlice } from '../managers/import-managers.ts';
import { bytesOf, type Work } from './check-file.ts';
import { deleteFile } from './delete-file.ts';
import { moveRun } from './move-run.ts';
import { assertMine, left } from './progress.ts';
import {
  type RunReport,
  toldOfArchive,
  toldOfCustomers,
  toldOfFeedback,
  toldOfManagers,
  toldOfOrders,
} from './run-report.ts';
import { forgetRun } from './run-tools.ts';

/** Imports a file; one that was begun before is gone on with, under the same import. */
export async function importFile(ctx: Context, work: Work): Promise<void> {
  const { run, tools, progress } = work;
  const importId = run.kind === 'orders' ? run.id : null;
  if (run.state === 'waiting')
    await moveRun(ctx, run.id, (now) => {
      assertMine(now, tools);
      return { to: 'running', set: { claimed_by: tools.me, import_id: importId } };
    });
  const { report, rejectedRows } = await importKind(ctx, work);
  progress.stop();
  await moveRun(ctx, run.id, (now) => {
    // Who stopped an archive that was all in by then is told so.
    if (run.kind !== 'archive') assertMine(now, tools);
    return {
      to: 'done',
      rows: forgetRun(run.id),
      set: { report: exactJson(report), rejected_rows: rejectedRows, finished_at: ctx.now() },
    };
  });
  await deleteFile(ctx, run.id);
}

async function importKind(
  ctx: Context,
  { run, tools, progress }: Work,
): Promise<{ report: RunReport; rejectedRows: number }> {
  const file = tools.fileOf(run);
  const slice = { run: run.id, isOver: tools.isOver };
  if (run.kind === 'archive')
    return { report: await bringInArchive(ctx, { run, tools, progress }), rejectedRows: 0 };
  if (run.kind === 'feedback') {
    const report = await importFeedbackSlice(ctx, {
      ...{ file, slice },
      openRejected: async () => ({ ...(await tools.openRejected(run.id)), keepsReasons: true }),
      onProgress: ({ phase, rows, of }) => progress.at(phase, rows, of),
    });
    if (report === null) throw left();
    return { report: toldOfFeedback(report), rejectedRows: report.rejectedRows ?? 0 };
  }
  if (run.kind === 'managers') {
    const report = await importManagersSlice(ctx, {
      ...{ file, slice },
      openRejected: async () => ({ ...(await tools.openRejected(run.id)), keepsReasons: true }),
      onProgress: ({ phase, rows }) => progress.at(phase, rows, run.preview?.rows ?? null),
    });
    if (report === null) throw left();
    return { report: toldOfManagers(report), rejectedRows: report.rejectedRows ?? 0 };
  }
  if (run.kind === 'customers') {
    const report = await importCustomersSlice(ctx, {
      ...{ file, slice },
      openRejected: async () => ({ ...(await tools.openRejected(run.id)), keepsReasons: true }),
      onProgress: ({ phase, rows }) => progress.at(phase, rows, run.preview?.rows ?? null),
    });
    if (report === null) throw left();
    return { report: toldOfCustomers(report), rejectedRows: report.rejectedRows ?? 0 };
  }
  const report = await importOrdersSlice(ctx, {
    ...{ file, withStaging: tools.withStaging, ...slice },
    ...{ currency: run.currency, map: run.map ?? undefined },
    openRejected: async () => ({ ...(await tools.openRejected(run.id)), keepsReasons: true }),
    onProgress: (at) =>
      progress.at(at.phase, at.rows, at.phase === 'write' ? at.of : (run.look?.rows ?? null)),
  });
  if (report === null) throw left();
  return { report: toldOfOrders(report), rejectedRows: report.rejectedRows ?? 0 };
}

async function bringInArchive(ctx: Context, { run, tools, progress }: Work): Promise<RunReport> {
  const started = ctx.now();
  const of = run.preview?.rows ?? null;
  const told = await tools.archive.bringIn(ctx, {
    ...{ chunks: bytesOf(tools.fileOf(run)), run: run.id, by: tools, isOver: tools.isOver },
    onProgress: (phase, rows) => progress.at(phase, rows, phase === 'read' ? of : null),
  });
  if (told === null) throw left();
  const { files, filesMissing } = told;
  const archive = run.preview?.archive ?? { business: null, schema: '', tables: [] };
  const report = toldOfArchive({ ...archive, files, filesMissing }, (ctx.now() - started) / 1000);
  return { ...report, created: told.rows, rows: told.rows };
}
