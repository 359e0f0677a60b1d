import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Retention } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { keptSince } from './kept-since.ts';

/** So few that nobody who writes meanwhile waits for long. */
const SLICE_ROWS = 200;
/** What is left after so many waits for the next day; a portal that sets a period for the first time has years to go through. */
const SLICES_MAX = 500;

/** How many rows went, by the setting that says for how long they are kept. */
export type Forgotten = Record<string, number>;

/**
 * Takes away what is older than the business keeps it, a slice at a time. What went stands in the log: of which setting, and
 * how many rows.
 */
export async function keepPeriods(ctx: Context): Promise<Forgotten> {
  const business = await getBusiness(ctx);
  const isTurnOver = ctx.turns?.begin('half') ?? (() => false);
  const isOver = () => isTurnOver() || ctx.isEnding?.() === true;
  const forgotten: Forgotten = {};
  for (const retention of ctx.house.retentions) {
    const rows = await dropAll(ctx, retention, { business, isOver });
    if (rows > 0) forgotten[retention.policy.key] = rows;
  }
  return forgotten;
}

async function dropAll(
  ctx: Context,
  { policy, drop }: Retention,
  { business, isOver }: { business: Business; isOver: () => boolean },
): Promise<number> {
  const before = keptSince(policyOf(business, policy), ctx.now(), business.timeZone);
  if (before === null) return 0;
  let rows = 0;
  for (let slice = 0; slice < SLICES_MAX && !isOver(); slice += 1) {
    const dropped = await drop(ctx, { before, limit: SLICE_ROWS });
    if (dropped === 0) break;
    rows += dropped;
    // Whoever asks for a page meanwhile comes in between.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (rows === 0) return 0;
  ctx.log.info('What was kept for long enough is gone: {setting} {rows}', { setting: policy.key, rows });
  await writeDecision(ctx, {
    audit: { kind: 'data.forgotten', subjectKind: 'setting', subjectId: policy.key, detail: { rows } },
  });
  return rows;
}
