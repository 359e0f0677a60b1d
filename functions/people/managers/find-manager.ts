import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { awaySql } from './absences/away-sql.ts';

/** Somebody who works here, as the team calls them. */
interface Colleague {
  staffId: string;
  email: string;
  name: string | null;
}

/** Who has an account of a customer. */
export interface Manager extends Colleague {
  /** Who stands in for them now, and the last day of it; null while they are there. */
  standIn: (Colleague & { until: string }) | null;
}

const listOfCustomers = query((db) =>
  db
    .select({
      customerId: sql<string>`m.customer_id`,
      staffId: sql<string>`s.id`,
      email: sql<string>`s.email`,
      name: sql<string | null>`coalesce(s.name, p.name)`,
      rootId: sql<string>`r.id`,
      standInId: sql<string | null>`i.id`,
      standInEmail: sql<string | null>`i.email`,
      standInName: sql<string | null>`coalesce(i.name, q.name)`,
      until: sql<string | null>`w.until_day`,
    })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN memberships AS m ON m.customer_id = wanted.value AND m.until IS NULL
        CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
        CROSS JOIN accounts AS r ON r.id = a.root_id AND r.withdrawn_at IS NULL
        CROSS JOIN account_managers AS h ON h.account_id IN (a.id, r.id) AND h.ended_at IS NULL
        CROSS JOIN staff AS s ON s.id = h.staff_id AND s.disabled_at IS NULL
        LEFT JOIN staff_profiles AS p ON p.staff_id = s.id
        LEFT JOIN ${awaySql(sql`${sql.placeholder('today')}`)} AS w ON w.staff_id = s.id
        LEFT JOIN staff AS i ON i.id = w.stand_in_id LEFT JOIN staff_profiles AS q ON q.staff_id = i.id`,
    )
    .orderBy(sql`r.kind`, sql`r.name`, sql`r.id`, sql`h.account_id <> a.id`, sql`a.id`),
);

/**
 * Who has some customers: of a department its own before its root's, of several accounts the one that pages show first. Those
 * who work here no longer have nobody.
 */
export async function findManagersOf(
  ctx: Pick<Context, 'cache' | 'config' | 'db' | 'defaults' | 'house' | 'now'>,
  customerIds: readonly string[],
): Promise<(customerId: string, rootId?: string | null) => Manager | null> {
  const { timeZone } = await getBusiness(ctx);
  const asked = { ids: JSON.stringify(customerIds), today: dayOf(ctx.now(), timeZone) };
  const rows = customerIds.length === 0 ? [] : await listOfCustomers(ctx.db, asked);
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId);
  return (customerId, rootId = null) => {
    const found = byCustomer.get(customerId)?.find((row) => rootId === null || row.rootId === rootId);
    return found === undefined ? null : toManager(found);
  };
}

function toManager(row: Awaited<ReturnType<typeof listOfCustomers>>[number]): Manager {
  const { staffId, email, name, standInId, standInEmail, standInName, until } = row;
  const isAway = standInId !== null && standInEmail !== null && until !== null;
  return {
    ...{ staffId, email, name },
    standIn: isAway ? { staffId: standInId, email: standInEmail, name: standInName, until } : null,
  };
}
