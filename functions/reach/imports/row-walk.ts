import type { Context } from '../../ground/platform/context.ts';
import { beginProgress, findKeptProgress, movePosition, type Position } from './import-progress.ts';

/** A part of an import: where it is kept how far it has come, and when the rest has to wait for another part. */
export interface Slice {
  /** Under which name it is kept, until `forgetProgress`; what is kept there is gone on with. */
  run: string;
  /** Asked after each step. */
  isOver: () => boolean;
}

/** The way through a file of rows, from where the part before left it, or was killed. */
export interface RowWalk<Told, Tally, Kept> {
  /** Null for an import that is done in one go. */
  slice: Slice | null;
  phase: Exclude<Position['phase'], 'over'>;
  /** Rows of this phase that are done. */
  reached: number;
  steps: number;
  told: Told;
  /** What a step that was cut off wrote, by its rows. */
  marks: ReadonlyMap<string, Tally>;
  /** What the parts before kept beside, see `endStep`. */
  keptBefore: readonly Kept[];
  /** What is to be kept beside of the steps since it was last kept where the walk is. */
  unkept: Kept[];
  keptAt: number;
}

/** What an import told at its end, or the way that is left. */
export type OpenedWalk<Told, Tally, Kept> =
  | { isOver: true; told: Told }
  | { isOver: false; walk: RowWalk<Told, Tally, Kept> };

/** Begins an import of rows, or goes on with it where it was left. */
export async function openRowWalk<Told, Tally, Kept>(
  ctx: Context,
  slice: Slice | null,
  { told, phase }: { told: Told; phase: RowWalk<Told, Tally, Kept>['phase'] },
): Promise<OpenedWalk<Told, Tally, Kept>> {
  const kept = slice === null ? null : await findKeptProgress<Told, Tally, Kept>(ctx, slice.run);
  if (kept?.phase === 'over') return { isOver: true, told: kept.told };
  if (slice !== null && kept === null)
    await ctx.db.write([beginProgress(slice.run, null, { phase, reached: '0', steps: 0, told })]);
  const walk: RowWalk<Told, Tally, Kept> = {
    ...{ slice, keptAt: performance.now(), keptBefore: kept?.refusals ?? [], unkept: [] },
    ...{ phase: kept?.phase ?? phase, reached: Number(kept?.reached ?? 0), steps: kept?.steps ?? 0 },
    ...{ told: kept?.told ?? told, marks: kept?.marks ?? new Map() },
  };
  return { isOver: false, walk };
}

/** What was not written can be worked on again: of that, so much is risked. */
const UNKEPT_MS = 1000;

/**
 * After a step: keeps where it came to, at the latest every second, and at once where it wrote, with what the steps since
 * then have to keep `beside`.
 * @returns whether there is time for the next
 */
export async function endStep<Told, Kept>(
  ctx: Context,
  walk: RowWalk<Told, unknown, Kept>,
  { rows, beside, hasWritten }: { rows: number; beside: readonly Kept[]; hasWritten: boolean },
): Promise<boolean> {
  walk.reached += rows;
  walk.steps += 1;
  walk.unkept.push(...beside);
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (walk.slice === null) return true;
  const isOver = walk.slice.isOver();
  if (isOver || hasWritten || performance.now() - walk.keptAt >= UNKEPT_MS) await keepWalk(ctx, walk);
  return !isOver;
}

/** Keeps where a walk is. */
export async function keepWalk<Told, Kept>(ctx: Context, walk: RowWalk<Told, unknown, Kept>): Promise<void> {
  if (walk.slice === null) return;
  const at = { ...{ phase: walk.phase, reached: String(walk.reached) }, steps: walk.steps, told: walk.told };
  await ctx.db.write(movePosition(walk.slice.run, at, walk.unkept.splice(0)));
  walk.keptAt = performance.now();
}
