import { sql } from 'drizzle-orm';
import { queryOne } from '../../../../db/query.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { takeSteps } from '../../../ground/feed/take-steps.ts';
import { runAll } from '../../../ground/jobs/run-all.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { actOnCampaign } from '../act-on-campaign.ts';
import { type Campaign, loadCampaign, toCampaign } from '../get-campaign.ts';
import { listWorked } from '../queries.ts';
import { drawSlice } from './draw-slice.ts';
import { dropWaiting } from './drop-waiting.ts';
import { giveSlice } from './give-slice.ts';
import { writeSlice } from './write-slice.ts';

/** So many customers are looked at in one step, and written at once, while everybody else who writes waits. */
const PEOPLE_A_SLICE = 500;
/** Between two of them the lock for writing is free for so long: whoever waits for it, such as an order, goes first. */
const REST_MS = 20;
/** So many slices one run writes; the next goes on. */
const SLICES_MAX = 400;

/** A mail of a campaign waits for its turn, or is on its way. */
const findWaiting = queryOne((db) =>
  db
    .select({ id: sql<string>`o.id` })
    .from(sql`outbox AS o`)
    .where(
      sql`o.urgency = 'bulk' AND o.sent_at IS NULL AND o.failed_at IS NULL AND o.withheld_at IS NULL
        AND EXISTS (SELECT 1 FROM campaign_recipients AS r WHERE r.mail_id = o.id AND r.campaign_id = ${sql.placeholder('id')})`,
    )
    .limit(1),
);

/** Whether {@link workCampaigns} has anything to do. */
export async function isCampaignDue(ctx: Context): Promise<boolean> {
  return (await listWorked(ctx.db.fresh, { now: ctx.now() })).length > 0;
}

/**
 * Begins campaigns whose time has come, goes on with those that go out, and ends those of which no mail waits any more. One that
 * fails does not keep the next from going out.
 * @throws the first failure, at the end
 */
export async function workCampaigns(ctx: Context): Promise<void> {
  const rows = await listWorked(ctx.db.fresh, { now: ctx.now() });
  await runAll(
    ctx,
    rows.map(
      (row) =>
        async function campaign() {
          if (ctx.isEnding?.() !== true) await workOne(ctx, toCampaign(row));
        },
    ),
  );
}

async function workOne(ctx: Context, campaign: Campaign): Promise<void> {
  if (campaign.state === 'stopped') await dropWaiting(ctx, campaign, { stepsMax: SLICES_MAX });
  else if (!(await drawOn(ctx, campaign))) return;
  if ((await findWaiting(ctx.db.fresh, { id: campaign.id })) !== null) return;
  await actOnCampaign(ctx, campaign.id, ({ state, endedAt }) => {
    if (endedAt !== null) return unchanged;
    const ended = state === 'stopped' ? {} : { state: 'sent' as const };
    return { kind: 'ended', set: { ...ended, endedAt: ctx.now() }, audit: null };
  });
}

/** Draws whom it did not look at yet. @returns whether that is everybody */
async function drawOn(ctx: Context, { id }: Campaign): Promise<boolean> {
  let campaign = await actOnCampaign(ctx, id, ({ state, startedAt }) =>
    state === 'scheduled' && startedAt === null
      ? { kind: 'begun', set: { state: 'sending', startedAt: ctx.now() }, audit: null }
      : unchanged,
  );
  const isGiving = campaign.content.voucher !== null;
  const mayStep = takeSteps(ctx, SLICES_MAX);
  while (campaign.state === 'sending' && campaign.drawnAt === null) {
    if (!mayStep()) return false;
    const slice = await drawSlice(ctx, campaign, PEOPLE_A_SLICE);
    if (slice.upTo === null) {
      campaign = await actOnCampaign(ctx, id, ({ state, drawnAt }) =>
        state !== 'sending' || drawnAt !== null
          ? unchanged
          : { kind: 'drawn', set: { drawnAt: ctx.now() }, audit: null },
      );
      break;
    }
    await (isGiving ? giveSlice : writeSlice)(ctx, campaign, slice);
    ctx.wakeMail('soon');
    await new Promise((resolve) => setTimeout(resolve, slice.isFull ? REST_MS : 0));
    campaign = await loadCampaign({ db: ctx.db.fresh }, id);
  }
  return campaign.drawnAt !== null;
}
