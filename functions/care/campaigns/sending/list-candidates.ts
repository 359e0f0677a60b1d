import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask, query } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';
import type { Store } from '../../../../db/store.ts';
import { survivingCustomer, withMergedCustomers } from '../../../money/accounts/survivors.ts';
import { isInAudienceNow, membersNow } from '../../../money/programme/audience.ts';

/** A customer whose turn it is. */
export interface CampaignCandidate {
  id: string;
  /**
   * Of the accounts that they belong to by more than an order, those in the segment for which they are told: the shared ones, or
   * their own where there is none. Empty for who is not in the segment, cannot be written to, or was drawn already.
   */
  roots: readonly string[];
  /** All accounts that they belong to by more than an order. */
  allRoots: readonly string[];
}

/** The accounts that somebody belongs to by more than an order, each with whether it is shared and whether it is in the segment. */
const rootsOf = (segmentId: string | null): SQL =>
  sql`(SELECT json_group_array(json_array(id, is_shared, is_in)) FROM (
    SELECT DISTINCT r.id AS id, r.kind <> 'personal' AS is_shared,
      ${segmentId === null ? sql`1` : isInAudienceNow(sql`r.id`, sql`${segmentId}`)} AS is_in
    FROM memberships AS m CROSS JOIN accounts AS a ON a.id = m.account_id
      CROSS JOIN accounts AS r ON r.id = a.root_id AND r.withdrawn_at IS NULL
    WHERE m.customer_id = c.id AND m.until IS NULL AND (r.kind = 'personal' OR m.role IS NOT NULL) ORDER BY r.id))`;

const rootsText = z.array(z.tuple([z.string(), z.int(), z.int()]));

/**
 * Somebody has it already, or is held back: under their record, or under one that went into it and whose mail was sent or is to be.
 */
const isRecipient = (campaignId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM campaign_recipients AS h LEFT JOIN outbox AS o ON o.id = h.mail_id
    WHERE h.campaign_id = ${campaignId} AND h.customer_id IN ${withMergedCustomers(sql`c.id`)}
      AND (h.customer_id = c.id OR (o.withheld_at IS NULL AND o.failed_at IS NULL)))`;

const mayBeWritten = sql`c.email IS NOT NULL AND c.withdrawn_at IS NULL AND c.closed_at IS NULL`;

interface Asked {
  campaignId: string;
  segmentId: string | null;
}

/**
 * The next customers behind one, in the order of ids, whoever they are: so each step looks at as many, however few of them are
 * in the segment.
 */
export function listCandidates(
  db: Store,
  { after, limit, ...asked }: Asked & { after: string; limit: number },
): Promise<CampaignCandidate[]> {
  return readCandidates(db, asked, { where: sql`c.id > ${after}`, limit });
}

/** Some customers as {@link listCandidates} gives them. */
export function listAmong(
  db: Store,
  { ids, ...asked }: Asked & { ids: readonly string[] },
): Promise<CampaignCandidate[]> {
  const where = sql`c.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return readCandidates(db, asked, { where, limit: ids.length });
}

/** Who belongs to some root accounts and can be written to; none of accounts with more than `max` such people. */
export function listPeopleOf(
  db: Store,
  { rootIds, max }: { rootIds: readonly string[]; max: number },
): Promise<{ rootId: string; customerId: string }[]> {
  const belonging = (rootId: SQL) =>
    sql`accounts AS a CROSS JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
      CROSS JOIN customers AS c ON c.id = m.customer_id WHERE a.root_id = ${rootId} AND ${mayBeWritten}`;
  const few = sql`SELECT value AS id FROM json_each(${JSON.stringify(rootIds)})
    WHERE (SELECT count(*) FROM (SELECT 1 FROM ${belonging(sql`value`)} LIMIT ${max + 1})) <= ${max}`;
  return ask(db, (builder) =>
    builder
      .selectDistinct({ rootId: sql<string>`r.id`, customerId: sql<string>`c.id` })
      .from(
        sql`(${few}) AS r CROSS JOIN accounts AS a ON a.root_id = r.id
          CROSS JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
          CROSS JOIN customers AS c ON c.id = m.customer_id`,
      )
      .where(mayBeWritten),
  );
}

async function readCandidates(
  db: Store,
  { campaignId, segmentId }: Asked,
  { where, limit }: { where: SQL; limit: number },
): Promise<CampaignCandidate[]> {
  const rows = await ask(db, (builder) =>
    builder
      .select({
        id: sql<string>`c.id`,
        roots: sql<
          string | null
        >`CASE WHEN ${mayBeWritten} AND NOT ${isRecipient(campaignId)} THEN ${rootsOf(segmentId)} END`,
      })
      .from(sql`customers AS c`)
      .where(where)
      .orderBy(sql`c.id`)
      .limit(limit),
  );
  return rows.map(({ id, roots }) => ({ id, ...rootsFrom(roots) }));
}

function rootsFrom(text: string | null): Pick<CampaignCandidate, 'roots' | 'allRoots'> {
  const all = text === null ? [] : rootsText.parse(JSON.parse(text));
  const meant = all.filter(([, , isIn]) => isIn === 1);
  const shared = meant.filter(([, isShared]) => isShared === 1);
  const idOf = ([id]: (typeof all)[number]) => id;
  return { roots: (shared.length > 0 ? shared : meant).map(idOf), allRoots: all.map(idOf) };
}

/** Who can be written to, of a segment or of all. */
const reachable = (segmentId: string | null): SQL =>
  segmentId === null
    ? sql`SELECT c.id FROM customers AS c WHERE ${mayBeWritten}`
    : sql`SELECT DISTINCT c.id FROM accounts AS a CROSS JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
        CROSS JOIN customers AS c ON c.id = m.customer_id
      WHERE a.root_id IN (${membersNow(segmentId)}) AND ${mayBeWritten}`;

/** How many people a campaign might reach, and up to `max` of them, spread evenly over those who came first and last. */
export async function listSpread(
  db: Store,
  { segmentId, max }: { segmentId: string | null; max: number },
): Promise<{ total: number; ids: string[] }> {
  const [counted] = await ask(db, (builder) =>
    builder
      .select({ people: sql<number>`count(*)`.mapWith(Number) })
      .from(sql`(${reachable(segmentId)}) AS s`),
  );
  const total = counted?.people ?? 0;
  const step = Math.max(1, Math.ceil(total / max));
  const rows = await ask(db, (builder) =>
    builder
      .select({ id: sql<string>`n.id` })
      .from(
        sql`(SELECT s.id, row_number() OVER (ORDER BY s.id) AS place FROM (${reachable(segmentId)}) AS s) AS n`,
      )
      .where(sql`(n.place - 1) % ${step} = 0`),
  );
  return { total, ids: rows.map(({ id }) => id) };
}

/**
 * Whether somebody was sent a campaign under another record that is theirs by now, or is about to be; asked with
 * `{ campaignId, customerId, mailId }`.
 */
export const findToldBefore = query((db) =>
  db
    .select({ isTold: sql<boolean>`1`.mapWith(readFlag) })
    .from(
      sql`(SELECT ${sql.placeholder('customerId')} AS id) AS me CROSS JOIN campaign_recipients AS h
        CROSS JOIN outbox AS o ON o.id = h.mail_id`,
    )
    .where(
      sql`h.campaign_id = ${sql.placeholder('campaignId')} AND h.mail_id <> ${sql.placeholder('mailId')}
        AND h.customer_id IN ${withMergedCustomers(sql.raw(survivingCustomer('me.id')))}
        AND (o.sent_at IS NOT NULL OR (o.rendered IS NOT NULL AND o.failed_at IS NULL AND o.withheld_at IS NULL
          AND o.id < ${sql.placeholder('mailId')}))`,
    )
    .limit(1),
);
