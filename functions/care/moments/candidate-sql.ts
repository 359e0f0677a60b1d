import { type SQL, sql } from 'drizzle-orm';
import { readFlag } from '../../../db/schema/columns.ts';
import type { MomentName } from '../../ground/settings/moment.ts';
import type { groupSql } from '../../insight/facts/find-groups.ts';

/** What is read of a customer `c` and their account `a`, to be told of a subject once. */
export const candidateColumns = (subject: SQL, standing: ReturnType<typeof groupSql>) => ({
  reader: sql<string>`c.id`,
  customerId: sql<string>`c.id`,
  subject: sql<string>`${subject}`,
  rootId: sql<string>`a.id`,
  isPremium: sql`(${standing.group}) = 'premium'`.mapWith(readFlag),
  product: sql<string | null>`${lastProduct}`,
});

/** SQL of whether a customer `c` has joined and can be written to. */
export const isReachable = sql.raw(
  'c.claimed_at IS NOT NULL AND c.email IS NOT NULL AND c.closed_at IS NULL AND c.withdrawn_at IS NULL',
);

/** SQL of whether a reader was not told of a subject yet. */
export const isUntold = (subject: SQL, reader: SQL): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM notices AS n WHERE n.subject = ${subject} AND n.reader = ${reader})`;

/** SQL of whether a reader was told nothing by a moment since, whatever the cause was. */
export const isRested = (name: MomentName, { reader, since }: { reader: SQL; since: number }): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM notices AS r WHERE r.reader = ${reader} AND r.subject > ${`${name} `}
    AND r.subject < ${`${name}!`} AND r.at > ${since})`;

/** SQL of what the newest order of an account `a` was about; null where that has no name. */
const lastProduct = sql`(SELECT o.first_product FROM orders AS o INDEXED BY orders_root_placed
  WHERE o.root_id = a.id AND o.is_cancelled = 0 ORDER BY o.placed_at DESC LIMIT 1)`;
