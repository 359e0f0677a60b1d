import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Retention } from '../../ground/jobs/retention.ts';
import { runAll } from '../../ground/jobs/run-all.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { keptSince } from './kept-since.ts';

/** So few that nobody who writes meanwhile waits for long. */
const SLICE_ROWS = 200;
/** After each slice whoever asks for a page, or orders, comes in between. */
const REST_MS = 20;
/** What is left after so many waits for the next day; a portal that sets a period for the first time has years to go through. */
const SLICES_MAX = 500;

/** How many rows went, by the setting that says for how long they are kept. */
export type Forgotten = Record<string, number>;

/**
 * Takes away what is older than the business keeps it, a slice at a time; one period that fails does not stop the others.
 * What went stands in the log: of which setting, and how many rows.
 */
export async function keepPeriods(ctx: Context): Promise<Forgotten> {
  const business = await getBusiness(ctx);
  const isTurnOver = ctx.turns?.begin('half') ?? (() => false);
  const isOver = () => isTurnOver() || ctx.isEnding?.() === true;
  const forgotten: Forgotten = {};
  const steps = ctx.house.retentions.map((retention) => {
    const step = () => dropAll(ctx, retention, { business, isOver, forgotten });
    // The name by which the log tells of one that fails.
    return Object.defineProperty(step, 'name', { value: retention.policy.key });
  });
  await runAll(ctx, steps);
  return forgotten;
}

async function dropAll(
  ctx: Context,
  { policy, drop }: Retention,
  { business, isOver, forgotten }: { business: Business; isOver: () => boolean; forgotten: Forgotten },
): Promise<void> {
  const before = keptSince(policyOf(business, policy), ctx.now(), business.timeZone);
  if (before === null) return;
  const places = new Map<string, string>();
  let rows = 0;
  try {
    for (let slice = 0; slice < SLICES_MAX && !isOver(); slice += 1) {
      const dropped = await drop(ctx, { before, limit: SLICE_ROWS, places });
      if (dropped === 0) break;
      rows += dropped;
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  } finally {
    if (rows > 0) forgotten[policy.key] = rows;
    await tell(ctx, policy.key, rows);
  }
}

/** What is gone is gone, whether or not the rest could go. */
async function tell(ctx: Context, setting: string, rows: number): Promise<void> {
  if (rows === 0) return;
  ctx.log.info('What was kept for long enough is gone: {setting} {rows}', { setting, rows });
  await writeDecision(ctx, {
    audit: { kind: 'data.forgotten', subjectKind: 'setting', subjectId: setting, detail: { rows } },
  });
}
