import { type SQL, sql } from 'drizzle-orm';
import { toStatement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { queueMails } from '../../../ground/outbox/queue-mails.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import type { Campaign } from '../get-campaign.ts';
import { sentKinds } from '../letters/kinds.ts';
import type { DrawnSlice } from './draw-slice.ts';

/**
 * Writes what was drawn, with the mails and the cursor, in one batch: it holds where the campaign still goes out and stands where
 * it was drawn from, so that a slice is written once however often it is tried, and none behind a stop.
 */
export async function writeSlice(ctx: Context, campaign: Campaign, slice: DrawnSlice): Promise<void> {
  const { id, content } = campaign;
  const stands = standsIn(campaign);
  const rows = slice.drawn.map((one) => ({ ...one, mailId: one.share === 'told' ? newId() : null }));
  const mails = rows.flatMap(({ customerId, rootId, mailId }) =>
    mailId === null ? [] : [{ id: mailId, customerId, params: { campaignId: id, rootId } }],
  );
  const listed = rows.map(({ customerId, rootId, share, mailId }) => [customerId, rootId, share, mailId]);
  await ctx.db.write([
    toStatement(sql`INSERT INTO campaign_recipients (campaign_id, customer_id, root_id, share, mail_id, day, at)
      SELECT ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, ${slice.day}, ${ctx.now()}
      FROM json_each(${JSON.stringify(listed)}) WHERE ${stands}`),
    queueMails(ctx, { template: sentKinds[content.kind], mails, when: stands }),
    ...moveOn(campaign, slice),
  ]);
}

/** Counts whom a slice left out, and moves the cursor behind it. */
export function moveOn(campaign: Campaign, { skipped, upTo }: DrawnSlice): Statement[] {
  const { id, afterCustomerId } = campaign;
  const stands = standsIn(campaign);
  return [
    toStatement(sql`INSERT INTO campaign_skips (campaign_id, reason, people)
      SELECT ${id}, value ->> 0, value ->> 1 FROM json_each(${JSON.stringify([...skipped])}) WHERE ${stands}
      ON CONFLICT (campaign_id, reason) DO UPDATE SET people = people + excluded.people`),
    toStatement(sql`UPDATE campaigns SET after_customer_id = ${upTo ?? afterCustomerId}
      WHERE id = ${id} AND state = 'sending' AND after_customer_id = ${afterCustomerId}`),
  ];
}

/** SQL of whether a campaign still goes out and stands where it was read, so that what rests on that may be written. */
export const standsIn = ({ id, afterCustomerId }: Campaign): SQL =>
  sql`EXISTS (SELECT 1 FROM campaigns WHERE id = ${id} AND state = 'sending' AND after_customer_id = ${afterCustomerId})`;
