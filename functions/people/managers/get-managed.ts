import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { type Assignable, listAssignable } from './list-assignable.ts';
import { mayAssign } from './may-assign.ts';

/** In whose hands an account is or was. */
export interface Held {
  staffId: string;
  /** As the team calls them, else their email. */
  name: string;
  /** Whether they still work here. */
  isThere: boolean;
  /** The segment whose rule gave it; null where it was given by hand. */
  segmentId: string | null;
  /** To all but analysts. */
  why: string | null;
  since: number;
  until: number | null;
  /** Who of the team gave it; null for the rules, a program, or who is of the team no more. */
  by: string | null;
}

/** A root account, or a department of it. */
export interface ManagedAccount {
  id: string;
  /** Of the department; null for the root. */
  department: string | null;
  now: Held | null;
  /** The newest first. */
  past: Held[];
}

export interface ManagedAccounts {
  accounts: ManagedAccount[];
  /** Who may be chosen. */
  team: Assignable[];
  mayAssign: boolean;
}

const PAST_SHOWN = 20;

/** In whose hands a root account and its departments are and were. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getManaged(ctx: Context, { rootId }: { rootId: string }): Promise<ManagedAccounts> {
  allow(ctx.actor, 'customers:read');
  const isPrivate = mayReadPrivate(ctx.actor);
  const [accounts, held, team, may] = await Promise.all([
    listAccounts(ctx.db, { rootId }),
    listHeld(ctx.db, { rootId }),
    listAssignable(ctx),
    mayAssign(ctx),
  ]);
  const byAccount = Map.groupBy(held, ({ accountId }) => accountId);
  return {
    accounts: accounts.map(({ id, name }) => {
      const rows = (byAccount.get(id) ?? []).map(({ accountId: _, ...one }) =>
        isPrivate ? one : { ...one, why: null },
      );
      return {
        id,
        department: id === rootId ? null : name,
        now: rows.find(({ until }) => until === null) ?? null,
        past: rows.filter(({ until }) => until !== null).slice(0, PAST_SHOWN),
      };
    }),
    team,
    mayAssign: may,
  };
}

const listAccounts = query((db) =>
  db
    .select({ id: sql<string>`a.id`, name: sql<string>`a.name` })
    .from(sql`accounts AS a`)
    .where(sql`a.root_id = ${sql.placeholder('rootId')} AND a.withdrawn_at IS NULL`)
    .orderBy(sql`a.id <> a.root_id`, sql`a.name`),
);

const listHeld = query((db) =>
  db
    .select({
      accountId: sql<string>`m.account_id`,
      staffId: sql<string>`m.staff_id`,
      name: sql<string>`coalesce(s.name, p.name, s.email)`,
      isThere: sql<boolean>`(s.disabled_at IS NULL)`.mapWith(readFlag),
      segmentId: sql<string | null>`m.segment_id`,
      why: sql<string | null>`m.why`,
      since: sql<number>`m.at`.mapWith(Number),
      until: sql<number | null>`m.ended_at`.mapWith(Number),
      by: sql<
        string | null
      >`(SELECT coalesce(b.name, b.email) FROM staff AS b WHERE 'staff:' || b.id = m.actor)`,
    })
    .from(
      sql`accounts AS a CROSS JOIN account_managers AS m ON m.account_id = a.id CROSS JOIN staff AS s ON s.id = m.staff_id
        LEFT JOIN staff_profiles AS p ON p.staff_id = s.id`,
    )
    .where(sql`a.root_id = ${sql.placeholder('rootId')}`)
    .orderBy(sql`m.at DESC`, sql`m.id DESC`),
);
