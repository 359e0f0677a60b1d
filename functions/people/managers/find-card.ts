import { sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { awaySql } from './absences/away-sql.ts';
import { readTexts } from './profile/schema.ts';

/** Who looks after somebody, as they are shown to them. */
export interface ManagerCard {
  staffId: string;
  name: string;
  phone: string | null;
  mail: string | null;
  /** By language. */
  hours: Record<string, string>;
  words: Record<string, string>;
  /** The last part of its address. */
  picture: string | null;
  /** Whom they stand in for, and the last day of it; null for who looks after the customer always. */
  standsIn: { for: string; until: string } | null;
}

/**
 * Who looks after a customer now, also for somebody else who is away: of the account named, or of the one that pages show first.
 * Nobody stands in for who works here no longer. `timeZone` is the business's, by whose days its people are away.
 */
export async function findCardOf(
  ctx: Pick<Context, 'db' | 'now'>,
  { customerId, accountId, timeZone }: { customerId: string; accountId: string | null; timeZone: string },
): Promise<ManagerCard | null> {
  const today = dayOf(ctx.now(), timeZone);
  const rows = await listPlacesWithManager(ctx.db, { customerId, today });
  const own = rows.filter(({ isConfirmed }) => isConfirmed);
  const shown =
    accountId === null
      ? (own.find(({ hasBought }) => hasBought) ?? own[0])
      : own.find((row) => row.rootId === accountId || row.accountId === accountId);
  const found = own.find(({ rootId, staffId }) => rootId === shown?.rootId && staffId !== null);
  if (found === undefined || found.staffId === null || found.name === null) return null;
  const { staffId, name, phone, mail, picture, awayName, until } = found;
  const standsIn = awayName === null || until === null ? null : { for: awayName, until };
  return {
    staffId,
    name,
    phone,
    mail,
    picture,
    standsIn,
    hours: readTexts(found.hours),
    words: readTexts(found.words),
  };
}

/** A member of the team as they are shown to customers; null for who works here no more. */
export async function findStaffCard(
  { db }: Pick<Context, 'db'>,
  staffId: string,
): Promise<ManagerCard | null> {
  const found = await findByStaff(db, { staffId });
  if (found === null || found.name === null) return null;
  return {
    ...found,
    name: found.name,
    standsIn: null,
    hours: readTexts(found.hours),
    words: readTexts(found.words),
  };
}

const findByStaff = queryOne((db) =>
  db
    .select({
      staffId: sql<string>`s.id`,
      name: sql<string | null>`coalesce(p.name, s.name)`,
      phone: sql<string | null>`p.phone`,
      mail: sql<string | null>`p.mail`,
      hours: sql<string | null>`p.hours`,
      words: sql<string | null>`p.words`,
      picture: sql<string | null>`f.name`,
    })
    .from(
      sql`staff AS s LEFT JOIN staff_profiles AS p ON p.staff_id = s.id LEFT JOIN staff_pictures AS f ON f.staff_id = s.id`,
    )
    .where(sql`s.id = ${sql.placeholder('staffId')} AND s.disabled_at IS NULL`),
);

/** Nothing where nobody looks after anybody, which is asked first: a shop without managers has none of the rest looked up. */
const listPlacesWithManager = query((db) =>
  db
    .select({
      rootId: sql<string>`r.id`,
      accountId: sql<string>`a.id`,
      hasBought: sql<boolean>`(r.first_placed_at IS NOT NULL)`.mapWith(readFlag),
      isConfirmed: sql<boolean>`(r.kind = 'personal' OR m.role IS NOT NULL)`.mapWith(readFlag),
      staffId: sql<string | null>`s.id`,
      name: sql<string | null>`coalesce(p.name, s.name)`,
      phone: sql<string | null>`p.phone`,
      mail: sql<string | null>`p.mail`,
      hours: sql<string | null>`p.hours`,
      words: sql<string | null>`p.words`,
      picture: sql<string | null>`f.name`,
      awayName: sql<
        string | null
      >`(SELECT coalesce(o.name, h.name) FROM staff AS h LEFT JOIN staff_profiles AS o ON o.staff_id = h.id
        WHERE h.id = w.staff_id)`,
      until: sql<string | null>`w.until_day`,
    })
    .from(
      sql`memberships AS m CROSS JOIN accounts AS a ON a.id = m.account_id
        CROSS JOIN accounts AS r ON r.id = a.root_id AND r.withdrawn_at IS NULL
        LEFT JOIN account_managers AS h ON h.account_id IN (a.id, r.id) AND h.ended_at IS NULL
        LEFT JOIN staff AS y ON y.id = h.staff_id AND y.disabled_at IS NULL
        LEFT JOIN ${awaySql(sql`${sql.placeholder('today')}`)} AS w ON w.staff_id = y.id
        LEFT JOIN staff AS s ON s.id = coalesce(w.stand_in_id, y.id) AND s.disabled_at IS NULL
        LEFT JOIN staff_profiles AS p ON p.staff_id = s.id
        LEFT JOIN staff_pictures AS f ON f.staff_id = s.id`,
    )
    .where(
      sql`EXISTS (SELECT 1 FROM account_managers WHERE ended_at IS NULL)
        AND m.customer_id = ${sql.placeholder('customerId')} AND m.until IS NULL`,
    )
    .orderBy(sql`r.kind`, sql`r.name`, sql`r.id`, sql`h.account_id <> a.id`, sql`a.id`),
);
