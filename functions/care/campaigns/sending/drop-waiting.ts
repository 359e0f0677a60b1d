import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { takeSteps } from '../../../ground/feed/take-steps.ts';
import { withholdWaiting } from '../../../ground/outbox/queue-mails.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { Campaign } from '../get-campaign.ts';

const MAILS_A_STEP = 2000;

/** Lets be what waits of a campaign that was stopped, some at a time, in the order of its recipients. */
export async function dropWaiting(
  ctx: Context,
  { id }: Pick<Campaign, 'id'>,
  { stepsMax }: { stepsMax: number },
): Promise<void> {
  const mayStep = takeSteps(ctx, stepsMax);
  let after = '';
  while (mayStep()) {
    const waiting = await listWaiting(ctx.db.fresh, { id, after, now: ctx.now() });
    const last = waiting.at(-1);
    if (last === undefined) return;
    const listed = JSON.stringify(waiting.map(({ mailId }) => mailId));
    await withholdWaiting(ctx, { ids: sql`SELECT value FROM json_each(${listed})`, reason: 'stopped' });
    if (waiting.length < MAILS_A_STEP) return;
    after = last.customerId;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

const listWaiting = query((db) =>
  db
    .select({ customerId: sql<string>`r.customer_id`, mailId: sql<string>`o.id` })
    .from(sql`campaign_recipients AS r CROSS JOIN outbox AS o ON o.id = r.mail_id`)
    .where(
      sql`r.campaign_id = ${sql.placeholder('id')} AND r.customer_id > ${sql.placeholder('after')} AND o.sent_at IS NULL
        AND o.failed_at IS NULL AND o.withheld_at IS NULL AND o.next_try_at <= ${sql.placeholder('now')}`,
    )
    .orderBy(sql`r.customer_id`)
    .limit(MAILS_A_STEP),
);
