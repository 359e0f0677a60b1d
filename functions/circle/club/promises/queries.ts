import { asc, desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { promiseDecisions, promiseFindings } from '../../../../db/schema/index.ts';
import { refundedWhole } from '../../../money/orders/late.ts';

/** What was told of benefits since a day, by benefit. */
export const countTold = query((db) =>
  db
    .select({
      benefitId: sql<string>`benefit_id`,
      kept: sql<number>`sum(is_kept)`.mapWith(Number),
      of: sql<number>`count(*)`.mapWith(Number),
    })
    .from(sql`promise_tellings`)
    .where(sql`day >= ${sql.placeholder('from')}`)
    .groupBy(sql`benefit_id`),
);

/** Pieces of drops that members got since a moment, and those that staff took away again. */
export const countPieces = query((db) =>
  db
    .select({
      of: sql<number>`count(*)`.mapWith(Number),
      broken:
        sql<number>`coalesce(sum(e.outcome = 'cancelled' AND e.actor NOT LIKE 'customer:%'), 0)`.mapWith(
          Number,
        ),
    })
    .from(sql`drop_grants g LEFT JOIN drop_claim_endings e ON e.claim_id = g.claim_id`)
    .where(sql`g.at >= ${sql.placeholder('since')}`),
);

/** Events that began, or would have, within a time. */
export const listHeld = query((db) =>
  db
    .select({
      id: sql<string>`v.id`,
      places: sql<number>`v.places`.mapWith(Number),
      isCancelled: sql<number>`v.id IN (SELECT event_id FROM club_event_cancellations)`.mapWith(Number),
    })
    .from(sql`club_events v`)
    .where(sql`v.starts_at >= ${sql.placeholder('since')} AND v.starts_at < ${sql.placeholder('now')}`),
);

/** The newest finding of each promise with what was decided, newest first. */
export const listFindings = query((db) =>
  db
    .select({
      id: promiseFindings.id,
      promise: promiseFindings.promise,
      kept: promiseFindings.kept,
      of: promiseFindings.of,
      at: promiseFindings.at,
      decision: promiseDecisions.decision,
      note: promiseDecisions.note,
      decidedAt: promiseDecisions.at,
      by: sql<
        string | null
      >`coalesce((SELECT email FROM staff WHERE ${promiseDecisions.actor} = 'staff:' || staff.id), ${promiseDecisions.actor})`,
    })
    .from(promiseFindings)
    .leftJoin(promiseDecisions, eq(promiseDecisions.findingId, promiseFindings.id))
    .orderBy(desc(promiseFindings.at), desc(promiseFindings.id))
    .limit(200),
);
export type FindingRow = Awaited<ReturnType<typeof listFindings>>[number];

/**
 * Orders of accounts in the club when they were placed that came after their promised day, or that are not there though their
 * day was over on `late`; `days` is JSON of each day with its end. Those made good are left out.
 */
export const listBrokenDays = query((db) =>
  db
    .select({
      id: sql<string>`o.id`,
      accountId: sql<string>`o.root_id`,
      customerId: sql<string>`o.customer_id`,
      source: sql<string>`o.source`,
      number: sql<string>`o.number`,
      promisedBy: sql<string>`o.promised_by`,
      isClaimed: sql<number>`c.claimed_at IS NOT NULL AND c.withdrawn_at IS NULL`.mapWith(Number),
    })
    .from(
      sql`(SELECT value ->> 0 AS day, value ->> 1 AS over FROM json_each(${sql.placeholder('days')}) LIMIT -1) AS d
        CROSS JOIN orders AS o INDEXED BY orders_promised ON o.promised_by = d.day AND o.is_cancelled = 0 AND o.promised_by IS NOT NULL
        CROSS JOIN accounts AS a ON a.id = o.root_id CROSS JOIN customers AS c ON c.id = o.customer_id`,
    )
    .where(
      sql`(o.delivered_at >= d.over OR (o.delivered_at IS NULL AND d.day <= ${sql.placeholder('late')} AND NOT ${sql.raw(refundedWhole('o.'))}))
        AND a.club_spans IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(a.club_spans) AS s
          WHERE s.value ->> 0 <= o.placed_at AND (s.value ->> 1 IS NULL OR s.value ->> 1 > o.placed_at))
        AND NOT EXISTS (SELECT 1 FROM promise_amends AS m WHERE m.kind = 'day' AND m.subject_id = o.id)`,
    )
    .orderBy(sql`o.promised_by`, sql`o.id`)
    .limit(500),
);

/** Broken benefits that were told since a moment and are not made good. */
export const listBrokenTellings = query((db) =>
  db
    .select({
      id: sql<string>`t.id`,
      accountId: sql<string>`t.account_id`,
      texts: sql<string>`b.texts`,
      day: sql<string>`t.day`,
    })
    .from(sql`promise_tellings t JOIN club_benefits b ON b.id = t.benefit_id`)
    .where(
      sql`t.is_kept = 0 AND t.at > ${sql.placeholder('since')}
        AND NOT EXISTS (SELECT 1 FROM promise_amends AS m WHERE m.kind = 'benefit' AND m.subject_id = t.id)`,
    )
    .orderBy(asc(sql`t.at`), asc(sql`t.id`))
    .limit(500),
);

/** What amends owe some root accounts; `ids` is a JSON array. */
export const listAmends = query((db) =>
  db
    .select({
      id: sql<string>`id`,
      accountId: sql<string>`account_id`,
      amountMinor: sql<bigint>`amount_minor`.mapWith(BigInt),
    })
    .from(sql`promise_amends`)
    .where(sql`account_id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);
