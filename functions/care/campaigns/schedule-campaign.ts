import { unchanged } from '../../ground/decision/decision.ts';
import { allow, allowProven } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { actOnCampaign } from './act-on-campaign.ts';
import { toFieldError } from './content/flaw-errors.ts';
import { type Flaw, flawsOf } from './content/flaws.ts';
import { loadWorldOf } from './content/load-world.ts';
import { assertDraft, moved } from './edit-campaign.ts';
import type { Campaign } from './get-campaign.ts';
import { dropWaiting } from './sending/drop-waiting.ts';

/** Nobody plans a mail further ahead. */
const AHEAD_MS_MAX = 366 * DAY_MS;
/** Whoever names the minute of now may send a little later. */
const BEHIND_MS_MAX = 10 * 60_000;

/**
 * Lets a draft go out at a moment, or at once. `seq` is the act that was checked. From the first recipient on nothing of it
 * changes any more.
 * @throws {AppError} `campaign_moved`, `campaign_unready` with all that is missing, `validation_failed` for `at` (`not_ahead`, `too_far`),
 * `proof_needed` where it gives vouchers, `not_found`, `forbidden`
 */
export async function scheduleCampaign<Answer>(
  ctx: Context,
  { id, seq, at }: { id: string; seq: number; at: number | null },
  { alongside, answerOf }: Alongside<Answer> & { answerOf?: (campaign: Campaign) => Answer } = {},
): Promise<Campaign> {
  allow(ctx.actor, 'campaigns:write');
  const now = ctx.now();
  await checkSendTime(ctx, at);
  return actOnCampaign(ctx, id, async (campaign) => {
    assertDraft(campaign);
    if (campaign.actSeq !== seq) throw moved();
    if (campaign.content.voucher !== null) allowProven(ctx);
    refuseUnready(flawsOf(campaign.content, await loadWorldOf(ctx, campaign.content)));
    return {
      kind: 'scheduled',
      set: { state: 'scheduled', sendAt: at ?? now },
      audit: 'campaign.scheduled',
      beside: (after) => (answerOf === undefined ? [] : (alongside?.(answerOf(after), 200) ?? [])),
    };
  });
}

/** Whether a campaign may go out then; null is at once. @throws {AppError} `validation_failed` for `at`: `not_ahead`, `too_far` */
export async function checkSendTime({ now }: Pick<Context, 'now'>, at: number | null): Promise<void> {
  if (at === null) return;
  if (at < now() - BEHIND_MS_MAX)
    throw wrongField('at', 'not_ahead', 'lies in the past; leave it out to send at once');
  if (at > now() + AHEAD_MS_MAX) throw wrongField('at', 'too_far', 'may be a year ahead at the most');
}

function refuseUnready(flaws: readonly Flaw[]): void {
  const errors = flaws.filter(({ isGrave }) => isGrave).map(toFieldError);
  const [first] = errors;
  if (first === undefined) return;
  throw new AppError('campaign_unready', `The campaign cannot go out yet: ${first.path} ${first.message}.`, {
    errors,
  });
}

/** Makes a draft again of what has not begun. @throws {AppError} `campaign_moved`, `not_found`, `forbidden` */
export async function unscheduleCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  allow(ctx.actor, 'campaigns:write');
  return actOnCampaign(ctx, id, ({ state }) => {
    if (state === 'draft') return unchanged;
    if (state !== 'scheduled') throw new AppError('campaign_moved', 'The campaign has begun to go out.');
    return { kind: 'unscheduled', set: { state: 'draft', sendAt: null }, audit: 'campaign.unscheduled' };
  });
}

/**
 * Stops a campaign that goes out: nobody else is drawn, and what waits is not sent; what is on its way arrives. Stopping what is
 * stopped changes nothing.
 * @throws {AppError} `campaign_moved` for what does not go out, `not_found`, `forbidden`
 */
export async function stopCampaign(ctx: Context, { id }: { id: string }): Promise<Campaign> {
  allow(ctx.actor, 'campaigns:write');
  const stopped = await actOnCampaign(ctx, id, ({ state }) => {
    if (state === 'stopped') return unchanged;
    if (state !== 'sending') throw new AppError('campaign_moved', 'The campaign does not go out.');
    return { kind: 'stopped', set: { state: 'stopped' }, audit: 'campaign.stopped' };
  });
  await dropWaiting(ctx, stopped, { stepsMax: 2 });
  return stopped;
}
