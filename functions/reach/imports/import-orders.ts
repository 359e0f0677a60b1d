import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { ColumnMap } from './column-map.ts';
import { unitOf } from './draft-orders.ts';
import { endProgress, findKeptProgress, type KeptProgress, movePosition } from './import-progress.ts';
import { finishImport, startImport } from './import-record.ts';
import { type Importing, importStep } from './import-step.ts';
import type { ImportUnit } from './import-unit.ts';
import { skippedWords } from './reason-words.ts';
import { emptyReport, type ImportReport, toldFileOf } from './report.ts';
import type { SourceFile } from './source-file.ts';
import type { StagedTakeBack } from './staged-refunds.ts';
import { orderKey } from './staged-rows.ts';
import { type StagedOrders, withStagedOrders } from './staging.ts';
import type { WithStagingDatabase } from './staging-database.ts';
import { takeBackUnits } from './take-back.ts';
import { leaveOut, refuse } from './tally.ts';
import type { RowSink } from './write-rejected.ts';

export interface ImportRequest {
  file: SourceFile;
  withStaging: WithStagingDatabase;
  /** For files that do not say their currency; the business currency when left out. */
  currency?: string | null;
  map?: ColumnMap | undefined;
  isDryRun?: boolean;
  /** Where the rows of rejected orders go, to be mended; written only when there are any. */
  openRejected?: () => Promise<RowSink>;
  onProgress?: (progress: ImportProgress) => void;
}

export type ImportProgress = { phase: 'read'; rows: number } | { phase: 'write'; rows: number; of: number };

export interface SliceRequest extends ImportRequest {
  /**
   * Under which name it is kept how far the import has come, until `forgetProgress`; what is kept there is gone on with. It
   * is the id of the import, but of a dry run.
   */
  run: string;
  /** Asked after each step: whether the rest has to wait for another slice. */
  isOver: () => boolean;
}

export type FinishedImport = ImportReport & { id: string | null };

/** Orders decided on together: few round trips, short transactions, a server beside it stays quick. */
const ORDERS_PER_STEP = 100;

/**
 * Imports an orders file: staged and grouped first, then written account by account, each with its rewards in one
 * atomic write. Killed at any moment and run again it ends in the same; run twice it changes nothing.
 * Rows that are wrong leave their order out and are reported. A dry run reports the same and writes nothing.
 * @throws {AppError} when the file cannot be read or its headers are not known
 */
export async function importOrders(ctx: Context, request: ImportRequest): Promise<FinishedImport> {
  const told = await goOn(ctx, request);
  assert(told !== null, 'an import that nobody interrupts is whole');
  return told;
}

/**
 * A part of the same: begins an import, or goes on with it where the slice before was over, or killed. What it tells at
 * its end is what one uninterrupted import tells; null while there is more to do.
 * @throws {AppError} as `importOrders`
 */
export async function importOrdersSlice(ctx: Context, request: SliceRequest): Promise<FinishedImport | null> {
  return goOn(ctx, request);
}

async function goOn(ctx: Context, request: ImportRequest | SliceRequest): Promise<FinishedImport | null> {
  allow(ctx.actor, 'orders:write');
  const startedAt = performance.now();
  const slice = 'run' in request ? request : null;
  const kept = slice === null ? null : await findKeptProgress(ctx, slice.run);
  if (kept?.phase === 'over') return { ...kept.told.report, id: kept.importId };
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const options = {
    file: request.file,
    withStaging: request.withStaging,
    timeZone: business.timeZone,
    defaultCurrency: request.currency ?? business.currency,
    map: request.map,
    onProgress: (rows: number) => request.onProgress?.({ phase: 'read', rows }),
  };
  return withStagedOrders(options, async (staged) => {
    const walk = await openWalk(ctx, { request, slice, kept, staged, timeZone: business.timeZone });
    const { report } = walk.importing;
    const before = report.seconds;
    walk.tick = () => {
      report.seconds = before + Math.round(performance.now() - startedAt) / 1000;
    };
    if (!(await walkAccounts(ctx, walk)) || !(await walkRefunds(ctx, walk))) return null;
    for (const error of staged.errors()) refuse(report, error);
    if (request.openRejected !== undefined && report.orders.rejected > 0) {
      report.rejectedRows = await staged.writeRejected(await request.openRejected());
    }
    walk.tick();
    const ending = slice === null ? [] : endProgress(slice.run, positionOf(walk));
    await finishImport(ctx, { id: walk.importing.importId, report, ending });
    return { ...report, id: walk.importing.importId };
  });
}

/** The way through a staged file, from where it was left. */
interface Walk {
  request: ImportRequest;
  slice: SliceRequest | null;
  importing: Importing;
  phase: 'accounts' | 'refunds';
  reached: string;
  steps: number;
  rows: number;
  keptAt: number;
  tick: () => void;
}

async function openWalk(
  ctx: Context,
  {
    request,
    slice,
    kept,
    staged,
    timeZone,
  }: {
    request: ImportRequest;
    slice: SliceRequest | null;
    kept: KeptProgress | null;
    staged: StagedOrders;
    timeZone: string;
  },
): Promise<Walk> {
  const common = { timeZone, staged, run: request.isDryRun === true ? null : (slice?.run ?? null) };
  const rest = { request, slice, keptAt: 0, tick: () => undefined };
  if (kept !== null && kept.phase !== 'over') {
    const { importId, told, phase, reached, steps, marks } = kept;
    assert(phase === 'accounts' || phase === 'refunds', 'an import of orders walks through these');
    for (const { source, ...error } of kept.refusals) staged.reject(error, source);
    staged.takeRefusals();
    const brought = new Set(told.brought);
    const importing = { ...common, importId, report: told.report, brought, marks };
    return { ...rest, importing, phase, reached, steps, rows: told.rows };
  }
  const report = emptyReport(toldFileOf(staged));
  report.lines = staged.rows;
  for (const [reason, rows] of staged.leftOut) leaveOut(report, reason, rows);
  const importing: Importing = { ...common, importId: null, report, brought: new Set(), marks: new Map() };
  const walk: Walk = { ...rest, importing, phase: 'accounts', reached: '', steps: 0, rows: 0 };
  const begun = slice === null ? null : { run: slice.run, position: positionOf(walk) };
  importing.importId = await startImport(ctx, {
    fileName: request.isDryRun === true ? null : request.file.name,
    begun,
  });
  return walk;
}

function positionOf({ phase, reached, steps, rows, importing }: Walk) {
  const { report, brought, importId } = importing;
  const told = { report, rows, brought: importId === null ? [...brought] : [] };
  return { phase, reached, steps, told };
}

/** Takes one step; answers whether there is time for the next. */
async function takeStep(
  ctx: Context,
  walk: Walk,
  { units, ...at }: { units: ImportUnit[]; phase: Walk['phase']; reached: string },
): Promise<boolean> {
  const { importing, slice, request } = walk;
  await importStep(ctx, units, importing);
  const rows = walk.rows + units.reduce((sum, unit) => sum + unit.rows, 0);
  Object.assign(walk, { ...at, rows, steps: walk.steps + 1 });
  walk.tick();
  const isOver = slice?.isOver() === true;
  if (slice !== null && (isOver || importing.importId !== null || isTimeToKeep(walk))) {
    walk.keptAt = performance.now();
    await ctx.db.write(movePosition(slice.run, positionOf(walk), importing.staged.takeRefusals()));
  }
  request.onProgress?.({ phase: 'write', rows, of: importing.staged.rows });
  await new Promise((resolve) => setTimeout(resolve, 0));
  return !isOver;
}

/** A dry run writes nothing that has to be told with its position, and takes up a second's work again. */
const DRY_RUN_KEPT_MS = 1000;

function isTimeToKeep({ keptAt }: Walk): boolean {
  return performance.now() - keptAt >= DRY_RUN_KEPT_MS;
}

async function walkAccounts(ctx: Context, walk: Walk): Promise<boolean> {
  if (walk.phase !== 'accounts') return true;
  let units: ImportUnit[] = [];
  let size = 0;
  let reached = walk.reached;
  for (const account of walk.importing.staged.accounts(walk.reached)) {
    const unit = unitOf(ctx, account);
    units.push(unit);
    reached = account.accountKey;
    if (!walk.importing.marks.has(unit.key)) size += account.orders.length + account.credits.length;
    if (size < ORDERS_PER_STEP) continue;
    if (!(await takeStep(ctx, walk, { units, phase: 'accounts', reached }))) return false;
    units = [];
    size = 0;
  }
  return units.length === 0 || takeStep(ctx, walk, { units, phase: 'accounts', reached });
}

async function walkRefunds(ctx: Context, walk: Walk): Promise<boolean> {
  const { staged, report } = walk.importing;
  const from = walk.phase === 'refunds' ? walk.reached : '';
  for (const page of pagesOf(staged.refunds(from))) {
    const units = await takeBackUnits(ctx, page, ({ line, number, source, rows }, reason) => {
      if (rows.some(({ isRefund }) => isRefund)) staged.reject({ line, order: number, reason }, source);
      else if (!rows.every(({ isCancelled }) => isCancelled))
        leaveOut(report, skippedWords.failed_before, rows.length);
    });
    const last = page.at(-1);
    const reached = last === undefined ? from : orderKey(last);
    if (!(await takeStep(ctx, walk, { units, phase: 'refunds', reached }))) return false;
  }
  return true;
}

function* pagesOf(takeBacks: Iterable<StagedTakeBack>): Generator<StagedTakeBack[]> {
  let page: StagedTakeBack[] = [];
  for (const takeBack of takeBacks) {
    page.push(takeBack);
    if (page.length < ORDERS_PER_STEP) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
