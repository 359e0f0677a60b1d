import { asc, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import { readFlag } from '../../../../db/schema/columns.ts';
import { promiseDecisions, promiseFindings, promiseTellings } from '../../../../db/schema/index.ts';
import { currentRoot, survivingCustomer } from '../../../money/accounts/survivors.ts';
import { readyAt, refundedWhole } from '../../../money/orders/late.ts';

/** So many broken promises are read at once. */
const BROKEN_A_STEP = 500;

/** Of a telling: nobody took it back. */
const stands = (id: string) =>
  sql.raw(`NOT EXISTS (SELECT 1 FROM promise_telling_withdrawals AS w WHERE w.telling_id = ${id})`);

/** What was told of benefits since a day and not taken back, by benefit. */
export const countTold = query((db) =>
  db
    .select({
      benefitId: sql<string>`benefit_id`,
      kept: sql<number>`sum(is_kept)`.mapWith(Number),
      of: sql<number>`count(*)`.mapWith(Number),
    })
    .from(sql`promise_tellings AS t`)
    .where(sql`day >= ${sql.placeholder('from')} AND ${stands('t.id')}`)
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

/** Who is in the club, those who joined last first. */
export const listNewestMembers = query((db) =>
  db
    .select({ accountId: sql<string>`m.account_id` })
    .from(sql`club_memberships m`)
    .where(sql`m.id NOT IN (SELECT membership_id FROM club_endings WHERE account_id = m.account_id)`)
    .orderBy(sql`m.id DESC`)
    .limit(sql.placeholder('limit')),
);

/** So many vouchers with a minimum are looked at, the newest. */
const VOUCHERS_MAX = 25_000;

/** Vouchers of who was in the club, used since a moment for an order below the minimum of each. */
export const countUsesBelowMinimum = query((db) =>
  db
    .select({ uses: sql<number>`count(*)`.mapWith(Number) })
    .from(
      sql`(SELECT code, account_id, minimum_minor FROM vouchers INDEXED BY vouchers_with_minimum
          WHERE minimum_minor > 0 AND issued_at >= ${sql.placeholder('since')} ORDER BY issued_at DESC LIMIT ${sql.raw(String(VOUCHERS_MAX))}) AS v
        CROSS JOIN voucher_uses AS u ON u.code = v.code
        CROSS JOIN orders AS o ON o.source = u.order_source AND o.number = u.order_number
        CROSS JOIN accounts AS a ON a.id = v.account_id`,
    )
    .where(
      sql`u.at >= ${sql.placeholder('since')} AND o.total_minor - o.discount_minor < v.minimum_minor
        AND EXISTS (SELECT 1 FROM json_each(a.club_spans) AS s
          WHERE s.value ->> 0 <= u.at AND (s.value ->> 1 IS NULL OR s.value ->> 1 > u.at))`,
    ),
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
 * day was over on `late`, behind a place; `days` is JSON of each day with its end. Left out are those made good, on hold, ready
 * for pickup in time, and placed from `placedBefore` on, when no day was promised any more.
 */
export const listBrokenDays = query((db) =>
  db
    .select({
      id: sql<string>`o.id`,
      accountId: sql<string>`o.root_id`,
      /** Who placed it, as they are by now. */
      customerId: sql<string>`${sql.raw(survivingCustomer('o.customer_id'))}`,
      number: sql<string>`o.number`,
      promisedBy: sql<string>`o.promised_by`,
    })
    .from(
      sql`(SELECT value ->> 0 AS day, value ->> 1 AS over FROM json_each(${sql.placeholder('days')}) LIMIT -1) AS d
        CROSS JOIN orders AS o INDEXED BY orders_promised ON o.promised_by = d.day AND o.is_cancelled = 0 AND o.promised_by IS NOT NULL
        CROSS JOIN accounts AS a ON a.id = o.root_id`,
    )
    .where(
      sql`(o.promised_by, o.id) > (${sql.placeholder('day')}, ${sql.placeholder('id')})
        AND o.is_held = 0 AND o.placed_at < ${sql.placeholder('placedBefore')}
        AND coalesce(${sql.raw(readyAt('o.'))} < d.over, 0) = 0
        AND (o.delivered_at >= d.over OR (o.delivered_at IS NULL AND d.day <= ${sql.placeholder('late')} AND NOT ${sql.raw(refundedWhole('o.'))}))
        AND a.club_spans IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(a.club_spans) AS s
          WHERE s.value ->> 0 <= o.placed_at AND (s.value ->> 1 IS NULL OR s.value ->> 1 > o.placed_at))
        AND NOT EXISTS (SELECT 1 FROM promise_amends AS m WHERE m.kind = 'day' AND m.subject_id = o.id)`,
    )
    .orderBy(sql`o.promised_by`, sql`o.id`)
    .limit(BROKEN_A_STEP),
);

/**
 * Broken benefits of days since `from` that were told since a moment and are not made good, behind one, each with the account as
 * it is by now; of several told of one benefit for one account and day the first.
 */
export const listBrokenTellings = query((db) =>
  db
    .select({
      id: sql<string>`t.id`,
      accountId: sql<string>`${sql.raw(currentRoot('t.account_id'))}`,
      texts: sql<string>`b.texts`,
      day: sql<string>`t.day`,
      at: sql<number>`t.at`.mapWith(Number),
    })
    .from(sql`promise_tellings t JOIN club_benefits b ON b.id = t.benefit_id`)
    .where(
      sql`t.is_kept = 0 AND (t.at, t.id) > (${sql.placeholder('since')}, ${sql.placeholder('id')}) AND t.day >= ${sql.placeholder('from')} AND ${stands('t.id')}
        AND NOT EXISTS (SELECT 1 FROM promise_tellings AS s JOIN promise_amends AS m ON m.kind = 'benefit' AND m.subject_id = s.id
          WHERE s.benefit_id = t.benefit_id AND s.account_id = t.account_id AND s.day = t.day)
        AND NOT EXISTS (SELECT 1 FROM promise_tellings AS s WHERE s.benefit_id = t.benefit_id AND s.account_id = t.account_id
          AND s.day = t.day AND s.is_kept = 0 AND s.id < t.id AND ${stands('s.id')})`,
    )
    .orderBy(asc(sql`t.at`), asc(sql`t.id`))
    .limit(BROKEN_A_STEP),
);

/** The first that was told broken of a benefit for an account and a day and not taken back. */
export const findBroken = query((db) =>
  db
    .select({ id: promiseTellings.id })
    .from(promiseTellings)
    .where(
      sql`benefit_id = ${sql.placeholder('benefitId')} AND account_id = ${sql.placeholder('accountId')}
        AND day = ${sql.placeholder('day')} AND is_kept = 0 AND ${stands('promise_tellings.id')}`,
    )
    .orderBy(asc(promiseTellings.id))
    .limit(1),
);

const tellingColumns = {
  id: sql<string>`t.id`,
  benefitId: sql<string>`t.benefit_id`,
  texts: sql<string>`b.texts`,
  /** The root account by now. */
  accountId: sql<string>`${sql.raw(currentRoot('t.account_id'))}`,
  isKept: sql<boolean>`t.is_kept`.mapWith(readFlag),
  day: sql<string>`t.day`,
  note: sql<string | null>`t.note`,
  at: sql<number>`t.at`.mapWith(Number),
  by: sql<string>`coalesce((SELECT email FROM staff WHERE t.actor = 'staff:' || staff.id), t.actor)`,
  withdrawnAt: sql<number | null>`w.at`,
  withdrawnReason: sql<string | null>`w.reason`,
  withdrawnBy: sql<
    string | null
  >`coalesce((SELECT email FROM staff WHERE w.actor = 'staff:' || staff.id), w.actor)`,
  /** What made it good. */
  amendsMinor: sql<bigint | null>`m.amount_minor`,
  amendsCurrency: sql<string | null>`m.currency`,
};

const tellings = sql`promise_tellings AS t JOIN club_benefits AS b ON b.id = t.benefit_id
  LEFT JOIN promise_telling_withdrawals AS w ON w.telling_id = t.id
  LEFT JOIN promise_amends AS m ON m.kind = 'benefit' AND m.subject_id = t.id`;

export const findTelling = queryOne((db) =>
  db
    .select(tellingColumns)
    .from(tellings)
    .where(sql`t.id = ${sql.placeholder('id')}`),
);

/** What was told of benefits, the newest first, behind an id, with whose they are. */
export const listTold = query((db) =>
  db
    .select({
      ...tellingColumns,
      account: sql<string | null>`CASE a.kind WHEN 'personal' THEN coalesce(c.name, c.email) ELSE a.name END`,
      customerId: sql<
        string | null
      >`coalesce(c.id, (SELECT min(customer_id) FROM memberships WHERE account_id = a.id))`,
    })
    .from(
      sql`${tellings} LEFT JOIN accounts AS a ON a.id = ${sql.raw(currentRoot('t.account_id'))} LEFT JOIN customers AS c ON c.id = a.owner_id`,
    )
    .where(sql`t.id < ${sql.placeholder('before')}`)
    .orderBy(sql`t.id DESC`)
    .limit(sql.placeholder('limit')),
);
export type ToldPromiseRow = Awaited<ReturnType<typeof listTold>>[number];

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
