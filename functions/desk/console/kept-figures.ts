import { eq, sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { keptFigures } from '../../../db/schema/index.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Summing over whole tables takes at most a hundredth of the time. */
const KEPT_TIMES = 100;
const KEPT_MS_MAX = 10 * 60_000;
/** What is summed sooner is not kept: writing it down would take as long. */
const QUICK_MS = 20;

const findKept = query((db) =>
  db
    .select()
    .from(keptFigures)
    .where(eq(keptFigures.name, sql.placeholder('name'))),
);

/**
 * Figures over whole tables, as of now where summing them is quick; else as of a while ago: a hundred times as long as
 * summing took, ten minutes at most.
 */
export async function keptFigure<Figure>(
  ctx: Context,
  name: string,
  figure: {
    compute: () => Promise<Figure>;
    write: (figure: Figure) => string;
    read: (text: string) => Figure;
  },
): Promise<Figure> {
  const now = ctx.now();
  const [kept] = await findKept(ctx.db, { name });
  if (kept !== undefined && now - kept.at < Math.min(kept.tookMs * KEPT_TIMES, KEPT_MS_MAX) && now >= kept.at)
    return figure.read(kept.value);
  const computed = await figure.compute();
  const tookMs = ctx.now() - now;
  if (tookMs >= QUICK_MS) await keep(ctx, { name, value: figure.write(computed), at: now, tookMs });
  return computed;
}

/** What could not be kept is summed again next time. */
async function keep(
  ctx: Context,
  { name, value, at, tookMs }: { name: string; value: string; at: number; tookMs: number },
): Promise<void> {
  try {
    await ctx.db.write([
      statement(
        `INSERT INTO kept_figures (name, value, at, took_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at, took_ms = excluded.took_ms`,
        name,
        value,
        at,
        tookMs,
      ),
    ]);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    ctx.log.warn('Figures were not kept: {code}', { code: error.code });
  }
}
