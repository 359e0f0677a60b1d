import { sql } from 'drizzle-orm';
import { query, statement } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listAudiences } from '../../money/programme/audience.ts';
import { ACCOUNTS_MAX, assignMany, type ManyAssigned } from './assign-many.ts';
import { listAssignable } from './list-assignable.ts';
import { loadStandingRules, type StandingRule } from './rules.ts';

export interface ManagersDesk {
  team: TeamManager[];
  /** Who left the team and has customers still. */
  left: { staffId: string; name: string; accounts: number }[];
  rules: StandingRule[];
  segments: { id: string; name: string | null }[];
}

export interface TeamManager {
  id: string;
  name: string;
  /** Accounts and departments in their hands, and how many of these rules gave. */
  accounts: number;
  byRule: number;
}

/** Who has how many customers, whose manager has left, and the rules. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getManagersDesk(ctx: Context): Promise<ManagersDesk> {
  allow(ctx.actor, 'customers:read');
  const [team, counts, { rules }, audiences] = await Promise.all([
    listAssignable(ctx),
    countHeld(ctx.db),
    loadStandingRules(ctx),
    listAudiences(ctx),
  ]);
  const held = new Map(counts.map((row) => [row.staffId, row]));
  return {
    team: team.map(({ id, name }) => {
      const { accounts = 0, byRule = 0 } = held.get(id) ?? {};
      return { id, name, accounts, byRule };
    }),
    left: counts
      .filter(({ isThere }) => !isThere)
      .map(({ staffId, name, accounts }) => ({ staffId, name, accounts })),
    rules,
    segments: audiences.map(({ id, name }) => ({ id, name })),
  };
}

const countHeld = query((db) =>
  db
    .select({
      staffId: sql<string>`m.staff_id`,
      name: sql<string>`coalesce(s.name, p.name, s.email)`,
      isThere: sql<boolean>`(s.disabled_at IS NULL)`.mapWith(readFlag),
      accounts: sql<number>`count(*)`.mapWith(Number),
      byRule: sql<number>`count(m.segment_id)`.mapWith(Number),
    })
    .from(
      sql`account_managers AS m CROSS JOIN staff AS s ON s.id = m.staff_id LEFT JOIN staff_profiles AS p ON p.staff_id = s.id
        CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL`,
    )
    .where(sql`m.ended_at IS NULL`)
    .groupBy(sql`m.staff_id`),
);

/**
 * Gives the customers of who left the team to somebody else, a thousand at a time.
 * @throws {AppError} as `assignMany`
 */
export async function assignLeft(
  ctx: Context,
  { staffId, manager }: { staffId: string; manager: string },
): Promise<ManyAssigned> {
  allow(ctx.actor, 'customers:write');
  const rows = await ctx.db.fresh.read(
    statement(
      `SELECT m.account_id FROM staff AS s CROSS JOIN account_managers AS m ON m.staff_id = s.id AND m.ended_at IS NULL
       CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
       WHERE s.id = ? AND s.disabled_at IS NOT NULL LIMIT ?`,
      staffId,
      ACCOUNTS_MAX,
    ),
  );
  const accountIds = rows.map(([id]) => String(id));
  if (accountIds.length === 0) return { given: 0, same: 0, kept: 0, left: 0 };
  return assignMany(ctx, { accountIds, manager, why: null });
}
