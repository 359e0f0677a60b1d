import { sql } from 'drizzle-orm';
import { takeSteps } from '../../../ground/feed/take-steps.ts';
import { withholdWaiting } from '../../../ground/outbox/queue-mails.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { Campaign } from '../get-campaign.ts';

const MAILS_A_STEP = 2000;

/** Lets be what waits of a campaign that was stopped, some at a time. */
export async function dropWaiting(
  ctx: Context,
  { id }: Pick<Campaign, 'id'>,
  { stepsMax }: { stepsMax: number },
): Promise<void> {
  const mayStep = takeSteps(ctx, stepsMax);
  const ids = sql`SELECT o.id FROM campaign_recipients AS r CROSS JOIN outbox AS o ON o.id = r.mail_id
    WHERE r.campaign_id = ${id} AND o.sent_at IS NULL AND o.failed_at IS NULL AND o.withheld_at IS NULL
      AND o.next_try_at <= ${ctx.now()} LIMIT ${MAILS_A_STEP}`;
  while (mayStep()) {
    if ((await withholdWaiting(ctx, { ids, reason: 'stopped' })) < MAILS_A_STEP) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
