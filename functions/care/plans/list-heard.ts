import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type FullLimit, listFull } from '../../people/preferences/list-full.ts';
import type { AccountSlice, PlanDay } from './list-due.ts';
import { termsOf } from './list-plans.ts';
import type { StrayReason } from './list-strays.ts';
import { listRunning, type PlanRow } from './queries.ts';
import { type HeldBack, splitPages } from './split-due.ts';
import { openSlices, SLICE } from './walk.ts';

const SHOWN_MAX = 200;
const STOPPED_DAYS = 30;

/** A task of a plan that was taken back by itself. */
export interface StoppedTask {
  id: string;
  customerId: string | null;
  name: string | null;
  what: string;
  why: StrayReason;
  at: number;
}

/** Who has heard enough, who is due but may not be told, and what was stopped within 30 days. */
export interface Heard {
  full: FullLimit[];
  isCut: boolean;
  held: (HeldBack & { plan: PlanRow })[];
  /** Among how many accounts of each plan, those that come next, `held` was looked for; null for all. */
  heldAmong: number | null;
  stopped: StoppedTask[];
}

/** @throws {AppError} `forbidden`, `scope_missing` */
export async function listHeard(ctx: Context): Promise<Heard> {
  allow(ctx.actor, 'contacts:read');
  const terms = await termsOf(ctx);
  const plans = (await listRunning(ctx.db)).filter(({ channel }) => channel !== 'mail');
  const sliceOf = await openSlices(ctx.db);
  const slices = await Promise.all(plans.map(({ id }) => sliceOf(id)));
  const [{ items: full, isCut }, stopped, held] = await Promise.all([
    listFull(ctx),
    listStopped(ctx),
    Promise.all(plans.map((plan, at) => listHeld(ctx, plan, { ...terms, within: slices[at] ?? undefined }))),
  ]);
  return {
    ...{ full, isCut, stopped, held: held.flat().slice(0, SHOWN_MAX) },
    heldAmong: slices.some((slice) => slice !== null) ? SLICE : null,
  };
}

/** Those who wait longest, however many before them may be told. */
async function listHeld(
  ctx: Context,
  plan: PlanRow,
  terms: PlanDay & { within: AccountSlice | undefined },
): Promise<(HeldBack & { plan: PlanRow })[]> {
  const found: (HeldBack & { plan: PlanRow })[] = [];
  for await (const { held } of splitPages(ctx, plan, terms)) {
    found.push(...held.map((one) => ({ ...one, plan })));
    if (found.length >= SHOWN_MAX) break;
  }
  return found;
}

function listStopped(ctx: Context): Promise<StoppedTask[]> {
  return ask(ctx.db, (query) =>
    query
      .select({
        id: sql<string>`t.id`,
        customerId: sql<string | null>`t.customer_id`,
        name: sql<string | null>`coalesce(c.name, c.email)`,
        what: sql<string>`coalesce(t.what, '')`,
        why: sql<StrayReason>`n.why`,
        at: sql<number>`n.at`.mapWith(Number),
      })
      .from(
        sql`contact_tasks AS t CROSS JOIN contact_task_acts AS n ON n.task_id = t.id AND n.seq = t.act_seq AND n.why IS NOT NULL
          LEFT JOIN customers AS c ON c.id = t.customer_id`,
      )
      .where(sql`t.plan_id IS NOT NULL AND t.ended_at >= ${ctx.now() - STOPPED_DAYS * DAY_MS}`)
      .orderBy(sql`n.at DESC, t.id`)
      .limit(SHOWN_MAX),
  );
}
