import { type SQL, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { periodTotals } from '../../../db/schema/index.ts';
import { listed, totalColumns } from './account-columns.ts';

/** Root accounts by what orders say of them: the own ones of some emails, present or former, and shared ones by name. */
export const namedRoots = sql`(SELECT id FROM accounts WHERE owner_id IN (
    SELECT id FROM customers WHERE email IN ${listed('emails')}
    UNION ALL SELECT customer_id FROM former_emails WHERE email IN ${listed('emails')})
  UNION ALL SELECT id FROM accounts WHERE kind = 'shared' AND name IN ${listed('names')})`;

const totalsOf = (roots: SQL) =>
  query((db) => db.select(totalColumns).from(periodTotals).where(sql`${periodTotals.rootId} IN ${roots}`));

/** All totals of some root accounts. `ids` is a JSON array. */
export const listTotals = totalsOf(listed('ids'));

/** The same of {@link namedRoots}. */
export const listNamedTotals = totalsOf(namedRoots);
