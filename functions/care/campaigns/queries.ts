import { and, desc, eq, sql } from 'drizzle-orm';
import { ask, query, queryOne } from '../../../db/query.ts';
import { campaignActs, campaigns } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { isInAudienceNow } from '../../money/programme/audience.ts';

const columns = {
  id: campaigns.id,
  name: campaigns.name,
  state: campaigns.state,
  actSeq: campaigns.actSeq,
  contentSeq: campaigns.contentSeq,
  segmentId: campaigns.segmentId,
  sendAt: campaigns.sendAt,
  startedAt: campaigns.startedAt,
  drawnAt: campaigns.drawnAt,
  endedAt: campaigns.endedAt,
  afterCustomerId: campaigns.afterCustomerId,
  at: campaigns.at,
  actor: campaigns.actor,
  content: sql<string>`${campaignActs.content}`,
};

const ofContent = and(eq(campaignActs.campaignId, campaigns.id), eq(campaignActs.seq, campaigns.contentSeq));

export const findRow = queryOne((db) =>
  db
    .select(columns)
    .from(campaigns)
    .innerJoin(campaignActs, ofContent)
    .where(eq(campaigns.id, sql.placeholder('id'))),
);

/** The newest first. */
export const listRows = query((db) =>
  db
    .select(columns)
    .from(campaigns)
    .innerJoin(campaignActs, ofContent)
    .orderBy(desc(campaigns.id))
    .limit(500),
);

/** Those that the job has something to do for. */
export const listWorked = query((db) =>
  db
    .select(columns)
    .from(campaigns)
    .innerJoin(campaignActs, ofContent)
    .where(
      sql`${campaigns.state} = 'sending' OR (${campaigns.state} = 'scheduled' AND ${campaigns.sendAt} <= ${sql.placeholder('now')})
        OR (${campaigns.state} = 'stopped' AND ${campaigns.endedAt} IS NULL)`,
    )
    .orderBy(campaigns.sendAt, campaigns.id),
);

/** How many people of a campaign are told, and how many are held back. */
export const countShares = query((db) =>
  db
    .select({ share: sql<'told' | 'held'>`share`, people: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`campaign_recipients`)
    .where(sql`campaign_id = ${sql.placeholder('id')}`)
    .groupBy(sql`share`),
);

export const listSkips = query((db) =>
  db
    .select({ reason: sql<string>`reason`, people: sql<number>`people`.mapWith(Number) })
    .from(sql`campaign_skips`)
    .where(sql`campaign_id = ${sql.placeholder('id')}`)
    .orderBy(sql`people DESC, reason`),
);

/** What became of the mails of a campaign. */
export const countMails = query((db) =>
  db
    .select({
      state: sql<'sent' | 'withheld' | 'failed' | 'waiting'>`CASE WHEN o.sent_at IS NOT NULL THEN 'sent'
        WHEN o.withheld_at IS NOT NULL THEN 'withheld' WHEN o.failed_at IS NOT NULL THEN 'failed' ELSE 'waiting' END AS state`,
      reason: sql<string>`CASE WHEN o.withheld_at IS NOT NULL THEN o.failure ELSE '' END AS reason`,
      mails: sql<number>`count(*)`.mapWith(Number),
    })
    .from(sql`campaign_recipients AS r CROSS JOIN outbox AS o ON o.id = r.mail_id`)
    .where(sql`r.campaign_id = ${sql.placeholder('id')}`)
    .groupBy(sql`1, 2`),
);

/** Somebody's row of a campaign, if it told or holds them back. */
export const findRecipient = queryOne((db) =>
  db
    .select({
      share: sql<'told' | 'held'>`share`,
      rootId: sql<string>`root_id`,
      mailId: sql<string | null>`mail_id`,
      voucherCode: sql<string | null>`voucher_code`,
    })
    .from(sql`campaign_recipients`)
    .where(sql`campaign_id = ${sql.placeholder('id')} AND customer_id = ${sql.placeholder('customerId')}`),
);

/** Somebody as a campaign speaks to them. */
export const findPerson = queryOne((db) =>
  db
    .select({
      name: sql<string | null>`c.name`,
      email: sql<string | null>`c.email`,
      language: sql<string | null>`c.language`,
      addressForm: sql<
        string | null
      >`(SELECT answer FROM profile_answers WHERE customer_id = c.id AND question = 'address_form')`,
    })
    .from(sql`customers AS c`)
    .where(sql`c.id = ${sql.placeholder('customerId')} AND c.withdrawn_at IS NULL`),
);

export const findStaffMail = queryOne((db) =>
  db
    .select({ email: sql<string>`s.email` })
    .from(sql`staff AS s`)
    .where(sql`s.id = ${sql.placeholder('id')} AND s.disabled_at IS NULL`),
);

/** Three people who would be among the readers of a campaign, by chance of the first 5,000. */
export function listSampled(db: Store, segmentId: string | null) {
  const isMeant = segmentId === null ? sql`1` : isInAudienceNow(sql`a.root_id`, sql`${segmentId}`);
  return ask(db, (builder) =>
    builder
      .select({ email: sql<string>`c.email`, name: sql<string | null>`c.name` })
      .from(
        sql`(SELECT id FROM (SELECT DISTINCT m.customer_id AS id FROM memberships AS m CROSS JOIN accounts AS a ON a.id = m.account_id
            WHERE m.until IS NULL AND ${isMeant} LIMIT 5000) ORDER BY random() LIMIT 20) AS s
          CROSS JOIN customers AS c ON c.id = s.id`,
      )
      .where(sql`c.email IS NOT NULL AND c.withdrawn_at IS NULL AND c.closed_at IS NULL`)
      .limit(3),
  );
}
