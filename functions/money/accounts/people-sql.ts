import { type SQL, sql } from 'drizzle-orm';
import type { SegmentAsked } from '../../ground/segments/segment-field.ts';

/**
 * SQL of a row (root_id, value) for each person of each root account, those of its departments among them. `value` is an
 * expression over the customer `c`; `joined` joins more to it.
 */
export function peopleRows({ among }: Pick<SegmentAsked, 'among'>, value: SQL, joined = sql``): SQL {
  return sql`SELECT r.root_id AS root_id, ${value} AS value FROM memberships AS m
    JOIN accounts AS r ON r.id = m.account_id JOIN customers AS c ON c.id = m.customer_id ${joined}
    WHERE m.until IS NULL AND c.withdrawn_at IS NULL AND ${among(sql`r.root_id`)}`;
}
