import { and, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { campaignActs, campaigns } from '../../../db/schema/index.ts';
import { hiddenReasons } from '../../ground/outbox/withhold.ts';
import { withMergedCustomers } from '../../money/accounts/survivors.ts';

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

const hidden = sql.raw(hiddenReasons.map((reason) => `'${reason}'`).join(', '));

/**
 * Somebody's row of a campaign that told them, under their record or one that went into it, what was mailed first; none where it was
 * stopped before their turn, or let be since they were not meant to have it.
 */
export const findRecipient = queryOne((db) =>
  db
    .select({
      rootId: sql<string>`r.root_id`,
      voucherCode: sql<string | null>`r.voucher_code`,
    })
    .from(
      sql`campaign_recipients AS r CROSS JOIN campaigns AS c ON c.id = r.campaign_id
        LEFT JOIN outbox AS o ON o.id = r.mail_id`,
    )
    .where(
      sql`r.campaign_id = ${sql.placeholder('id')} AND r.share = 'told' AND r.customer_id IN ${withMergedCustomers(sql`${sql.placeholder('customerId')}`)}
        AND (o.withheld_at IS NULL OR o.failure NOT IN (${hidden}))
        AND (c.state <> 'stopped' OR coalesce(o.sent_at, o.failed_at, o.withheld_at, o.id IS NULL) <> 0)`,
    )
    .orderBy(sql`o.sent_at IS NULL, r.customer_id <> ${sql.placeholder('customerId')}, o.id`)
    .limit(1),
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

/** Some people by id, with an address; asked with `{ ids }`, a JSON array. */
export const listPeople = query((db) =>
  db
    .select({ email: sql<string>`c.email`, name: sql<string | null>`c.name` })
    .from(sql`json_each(${sql.placeholder('ids')}) AS j CROSS JOIN customers AS c ON c.id = j.value`)
    .where(sql`c.email IS NOT NULL AND c.withdrawn_at IS NULL`)
    .orderBy(sql`j.key`),
);
