import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { Amount } from '../../../ground/platform/money.ts';
import { ROWS_A_PAGE } from '../../../ground/platform/paging.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { awaited } from '../../../money/orders/late.ts';
import { stoodInForSql } from '../../../people/managers/absences/away-sql.ts';

/** Without a word for so long, somebody should call. */
export const QUIET_DAYS = 90;
/** How long a reward may lie before somebody should tell of it. */
export const UNSEEN_DAYS = 30;

/** An account in somebody's hands, with what waits there; counts are of what is open now. */
export interface OwnCustomer {
  accountId: string;
  rootId: string;
  /** Whose page shows it; null for a company nobody belongs to. */
  customerId: string | null;
  name: string | null;
  /** Of a company, household or department. */
  accountName: string | null;
  /** Whose it is, where the reader stands in for them. */
  of: string | null;
  openCases: number;
  /** Of them those whose promised answer is overdue. */
  overdueCases: number;
  tasksDue: number;
  lateOrders: number;
  /** Credit of at least 30 days since which nobody of the account was in the portal, as far as sessions tell. */
  unseen: Amount | null;
  lastContactAt: number | null;
  /** Whether the last contact, or having them, is 90 days ago. */
  isQuiet: boolean;
}

export interface OwnCustomersAsked {
  /** Who has them, or stands in for who has. */
  staffId: string;
  /** Only those with something that waits. */
  isWaitingOnly?: boolean;
  page?: number;
  rows?: number;
}

/**
 * The accounts of a member of the team, what waits most first: overdue answers, open cases, tasks due, late orders, rewards
 * that nobody saw, and who has not been heard of for long.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listOwnCustomers(
  ctx: Context,
  { staffId, isWaitingOnly = false, page = 1, rows: size = ROWS_A_PAGE }: OwnCustomersAsked,
): Promise<{ items: OwnCustomer[]; hasMore: boolean }> {
  allow(ctx.actor, 'customers:read');
  const { timeZone, currency } = await getBusiness(ctx);
  const now = ctx.now();
  const counted = countedSql({ now, today: dayOf(now, timeZone), staffId });
  const waits = sql`(open_cases + tasks_due + late_orders + is_quiet > 0 OR unseen_minor > 0)`;
  const rows = await ask(ctx.db, (query) =>
    query
      .select(ownColumns)
      .from(sql`(${counted}) AS o`)
      .where(isWaitingOnly ? waits : sql`1`)
      .orderBy(
        sql`overdue_cases DESC, open_cases DESC, tasks_due DESC, late_orders DESC, unseen_minor > 0 DESC, is_quiet DESC,
          coalesce(account_name, name), account_id`,
      )
      .limit(size + 1)
      .offset((page - 1) * size),
  );
  return {
    items: rows.slice(0, size).map(({ unseenMinor, isQuiet, ...row }) => ({
      ...row,
      unseen: unseenMinor > 0n && currency !== null ? { minor: unseenMinor, currency } : null,
      isQuiet: isQuiet > 0,
    })),
    hasMore: rows.length > size,
  };
}

const ownColumns = {
  accountId: sql<string>`account_id`,
  rootId: sql<string>`root_id`,
  customerId: sql<string | null>`customer_id`,
  name: sql<string | null>`name`,
  accountName: sql<string | null>`account_name`,
  of: sql<string | null>`whose`,
  openCases: sql<number>`open_cases`.mapWith(Number),
  overdueCases: sql<number>`overdue_cases`.mapWith(Number),
  tasksDue: sql<number>`tasks_due`.mapWith(Number),
  lateOrders: sql<number>`late_orders`.mapWith(Number),
  unseenMinor: sql<bigint>`unseen_minor`.mapWith(BigInt),
  lastContactAt: sql<number | null>`last_contact_at`.mapWith(Number),
  isQuiet: sql<number>`is_quiet`.mapWith(Number),
};

/** A department has what is about it, a root account what is about any part of it. */
function countedSql({ now, today, staffId }: { now: number; today: string; staffId: string }) {
  const isOfIt = (alias: string) =>
    sql.raw(`(h.account_id = h.root_id OR ${alias}.account_id = h.account_id)`);
  const cases = sql`FROM feedback AS f CROSS JOIN cases AS c ON c.feedback_id = f.id AND c.state = 'open'
    WHERE f.root_id = h.root_id AND ${isOfIt('f')}`;
  const seenAt = sql`(SELECT max(s.last_seen_at) FROM accounts AS b CROSS JOIN memberships AS w ON w.account_id = b.id AND w.until IS NULL
    CROSS JOIN sessions AS s ON s.kind = 'customer' AND s.subject_id = w.customer_id WHERE b.root_id = h.root_id)`;
  return sql`WITH held AS (SELECT m.account_id, a.root_id, m.at AS since,
      coalesce(r.owner_id, (SELECT customer_id FROM memberships WHERE account_id = a.id AND until IS NULL ORDER BY since LIMIT 1),
        (SELECT customer_id FROM memberships WHERE account_id = r.id AND until IS NULL ORDER BY since LIMIT 1)) AS customer_id,
      nullif(a.name, '') AS account_name,
      CASE WHEN m.staff_id <> ${staffId} THEN (SELECT coalesce(name, email) FROM staff WHERE id = m.staff_id) END AS whose
    FROM account_managers AS m CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
      CROSS JOIN accounts AS r ON r.id = a.root_id
    WHERE m.ended_at IS NULL AND (m.staff_id = ${staffId} OR m.staff_id IN ${stoodInForSql({ staffId, today })})),
  late AS MATERIALIZED (SELECT account_id FROM orders INDEXED BY orders_awaited WHERE ${sql.raw(awaited)} AND +promised_by < ${today}),
  counted AS (SELECT h.*, (SELECT coalesce(name, email) FROM customers WHERE id = h.customer_id) AS name,
      (SELECT count(*) ${cases}) AS open_cases,
      (SELECT count(*) ${cases} AND c.reply_due_at <= ${now}) AS overdue_cases,
      (SELECT count(*) FROM contact_tasks AS t WHERE t.root_id = h.root_id AND ${isOfIt('t')} AND t.ended_at IS NULL
        AND t.due_on <= ${today}) AS tasks_due,
      (SELECT count(*) FROM late AS l CROSS JOIN accounts AS b ON b.id = l.account_id
        WHERE b.root_id = h.root_id AND (h.account_id = h.root_id OR b.id = h.account_id)) AS late_orders,
      (SELECT coalesce(sum(remaining_minor), 0) FROM lots AS k WHERE k.account_id = h.account_id AND k.remaining_minor > 0
        AND k.dated_at <= ${now - UNSEEN_DAYS * DAY_MS} AND k.dated_at > coalesce(${seenAt}, 0)) AS unseen_minor,
      (SELECT max(n.at) FROM contacts AS n WHERE n.root_id = h.root_id AND ${isOfIt('n')} AND n.withdrawn_at IS NULL
        AND n.is_missed = 0) AS last_contact_at
    FROM held AS h)
  SELECT *, CASE WHEN coalesce(last_contact_at, since) <= ${now - QUIET_DAYS * DAY_MS} THEN 1 ELSE 0 END AS is_quiet FROM counted`;
}
