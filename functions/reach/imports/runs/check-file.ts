import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { exactJson } from '../../../ground/platform/exact-json.ts';
import { type ColumnMap, parseColumnMap } from '../column-map.ts';
import { importCustomersSlice } from '../customers/import-customers.ts';
import { importFeedback } from '../feedback/import-feedback.ts';
import { importOrdersSlice } from '../import-orders.ts';
import { importManagersSlice } from '../managers/import-managers.ts';
import type { SourceFile } from '../source-file.ts';
import type { FileLook } from './file-look.ts';
import { lookAtOrders } from './look-at-file.ts';
import { moveRun } from './move-run.ts';
import { assertMine, left, type ProgressTeller } from './progress.ts';
import type { ImportRun } from './run.ts';
import {
  type RunReport,
  toldOfArchive,
  toldOfCustomers,
  toldOfFeedback,
  toldOfManagers,
  toldOfOrders,
} from './run-report.ts';
import { dryRunName, forgetRun, type RunTools } from './run-tools.ts';

export interface Work {
  run: ImportRun;
  tools: RunTools;
  progress: ProgressTeller;
}

/** Tells what a file is and, where it is known how to read it, what it would change; nothing of it is written. */
export async function checkFile(ctx: Context, work: Work): Promise<void> {
  const { run } = work;
  if (run.kind !== 'orders')
    return finish(ctx, work, { look: null, map: null, preview: await tryKind(ctx, work) });
  const look = run.look ?? (await lookAt(ctx, work));
  const map = run.map ?? (look.title === null ? wholeMap(look) : null);
  const isReadable = map !== null || look.title !== null;
  const preview = isReadable ? await tryOrders(ctx, { ...work, run: { ...run, map } }) : null;
  await finish(ctx, work, { look, map, preview });
}

function tryKind(ctx: Context, work: Work): Promise<RunReport> {
  switch (work.run.kind) {
    case 'archive':
      return lookAtArchive(ctx, work);
    case 'feedback':
      return tryFeedback(ctx, work);
    case 'managers':
      return tryManagers(ctx, work);
    default:
      return tryCustomers(ctx, work);
  }
}

async function lookAtArchive(ctx: Context, { run, tools, progress }: Work): Promise<RunReport> {
  const started = ctx.now();
  const told = await tools.archive.look(ctx, {
    chunks: bytesOf(tools.fileOf(run)),
    slice: { run: dryRunName(run.id), isOver: tools.isOver },
    onRows: (rows) => progress.at('look', rows, null),
  });
  if (told === null) throw left();
  return toldOfArchive(told, (ctx.now() - started) / 1000);
}

/** Pieces of a file, each with a memory of its own. */
export async function* bytesOf(file: SourceFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of file.chunks()) yield new Uint8Array(piece);
}

async function lookAt(ctx: Context, { run, tools, progress }: Work): Promise<FileLook> {
  const look = await lookAtOrders(ctx, tools.fileOf(run), (rows) => progress.at('look', rows, null));
  // Kept at once: a file that then turns out to be wrong can still be matched by hand.
  await moveRun(ctx, run.id, (now) => {
    assertMine(now, tools);
    return { to: 'checking', set: { look: exactJson(look), claimed_by: tools.me } };
  });
  return look;
}

/** The guess, where nothing that is needed is missing from it. */
function wholeMap({ guess }: FileLook): ColumnMap | null {
  try {
    return parseColumnMap(guess);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function tryOrders(ctx: Context, { run, tools, progress }: Work): Promise<RunReport> {
  const report = await importOrdersSlice(ctx, {
    ...{ file: tools.fileOf(run), withStaging: tools.withStaging, isDryRun: true },
    ...{ run: dryRunName(run.id), isOver: tools.isOver },
    ...{ currency: run.currency, map: run.map ?? undefined },
    onProgress: (at) =>
      progress.at(at.phase, at.rows, at.phase === 'write' ? at.of : (run.look?.rows ?? null)),
  });
  if (report === null) throw left();
  return toldOfOrders(report);
}

async function tryCustomers(ctx: Context, { run, tools, progress }: Work): Promise<RunReport> {
  const report = await importCustomersSlice(ctx, {
    ...{ file: tools.fileOf(run), isDryRun: true },
    slice: { run: dryRunName(run.id), isOver: tools.isOver },
    onProgress: ({ phase, rows, of }) => progress.at(phase, rows, of),
  });
  if (report === null) throw left();
  return toldOfCustomers(report);
}

async function tryFeedback(ctx: Context, { run, tools, progress }: Work): Promise<RunReport> {
  const report = await importFeedback(ctx, {
    ...{ file: tools.fileOf(run), isDryRun: true },
    onProgress: ({ phase, rows, of }) => progress.at(phase, rows, of),
  });
  return toldOfFeedback(report);
}

async function tryManagers(ctx: Context, { run, tools, progress }: Work): Promise<RunReport> {
  const report = await importManagersSlice(ctx, {
    ...{ file: tools.fileOf(run), isDryRun: true },
    slice: { run: dryRunName(run.id), isOver: tools.isOver },
    onProgress: ({ phase, rows, of }) => progress.at(phase, rows, of),
  });
  if (report === null) throw left();
  return toldOfManagers(report);
}

async function finish(
  ctx: Context,
  { run, tools, progress }: Work,
  told: { look: FileLook | null; map: ColumnMap | null; preview: RunReport | null },
): Promise<void> {
  progress.stop();
  await moveRun(ctx, run.id, (now) => {
    assertMine(now, tools);
    return {
      to: 'checked',
      rows: forgetRun(run.id),
      set: {
        look: told.look === null ? null : exactJson(told.look),
        map: told.map === null ? null : exactJson(told.map),
        preview: told.preview === null ? null : exactJson(told.preview),
      },
    };
  });
}
