import { type SQL, sql } from 'drizzle-orm';
import { ask, query } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';
import type { Store } from '../../../../db/store.ts';
import { standsMerged } from '../../../money/accounts/survivors.ts';
import { isInAudienceNow } from '../../../money/programme/audience.ts';

/** A customer whose turn it is. */
export interface CampaignCandidate {
  id: string;
  /** The account they are told for: their own first; null for who is not in the segment, or cannot be written to. */
  rootId: string | null;
}

/** Of accounts that somebody belongs to by more than an order, the first, where it is in the segment. */
const rootOf = (segmentId: string | null): SQL =>
  sql`(SELECT r.id FROM memberships AS m CROSS JOIN accounts AS a ON a.id = m.account_id
      CROSS JOIN accounts AS r ON r.id = a.root_id AND r.withdrawn_at IS NULL
    WHERE m.customer_id = c.id AND m.until IS NULL AND (r.kind = 'personal' OR m.role IS NOT NULL)
      AND ${segmentId === null ? sql`1` : isInAudienceNow(sql`r.id`, sql`${segmentId}`)}
    ORDER BY r.kind <> 'personal', r.id LIMIT 1)`;

/** Somebody has it already: under their record, or under one that went into it. */
const isRecipient = (campaignId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM campaign_recipients AS h WHERE h.campaign_id = ${campaignId} AND h.customer_id IN (
    SELECT c.id UNION ALL SELECT m.merged_id FROM customer_merges AS m WHERE m.survivor_id = c.id AND ${sql.raw(standsMerged)}))`;

/**
 * The next customers behind one, in the order of ids, whoever they are: so each step looks at as many, however few of them are
 * in the segment.
 */
export async function listCandidates(
  db: Store,
  {
    campaignId,
    segmentId,
    after,
    limit,
  }: { campaignId: string; segmentId: string | null; after: string; limit: number },
): Promise<CampaignCandidate[]> {
  const rows = await ask(db, (builder) =>
    builder
      .select({
        id: sql<string>`c.id`,
        rootId: sql<
          string | null
        >`CASE WHEN c.email IS NOT NULL AND c.withdrawn_at IS NULL AND c.closed_at IS NULL
          AND NOT ${isRecipient(campaignId)} THEN ${rootOf(segmentId)} END`,
      })
      .from(sql`customers AS c`)
      .where(sql`c.id > ${after}`)
      .orderBy(sql`c.id`)
      .limit(limit),
  );
  return rows;
}

/** Whether somebody was sent a campaign under another record that is theirs by now; asked with `{ campaignId, customerId, mailId }`. */
export const findToldBefore = query((db) =>
  db
    .select({ isTold: sql<boolean>`1`.mapWith(readFlag) })
    .from(
      sql`customer_merges AS m CROSS JOIN campaign_recipients AS h ON h.customer_id IN (m.merged_id, m.survivor_id)
        AND h.campaign_id = ${sql.placeholder('campaignId')} AND h.mail_id <> ${sql.placeholder('mailId')}
        CROSS JOIN outbox AS o ON o.id = h.mail_id AND o.sent_at IS NOT NULL`,
    )
    .where(
      sql`(m.survivor_id = ${sql.placeholder('customerId')} OR m.merged_id = ${sql.placeholder('customerId')})
        AND ${sql.raw(standsMerged)}`,
    )
    .limit(1),
);
