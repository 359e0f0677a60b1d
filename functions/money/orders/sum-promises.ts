import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { refundedWhole } from './late.ts';

/** Promised days of orders that are not cancelled, by what became of them. */
export interface PromiseSum {
  /** There on an earlier day. */
  beaten: number;
  kept: number;
  /** There on a later day, or not there while the day is over. */
  broken: number;
  /** Of those not there yet whose day is not over. */
  open: number;
}

/** What became of the promises for some business days, each with the instants at which it begins and is over. */
export async function sumPromisesOn(
  db: Store,
  days: readonly (readonly [day: string, start: number, over: number])[],
  now: number,
): Promise<PromiseSum> {
  const [row] = await db.read(
    statement(
      `WITH days AS MATERIALIZED (SELECT value ->> 0 AS day, value ->> 1 AS start, value ->> 2 AS over FROM json_each(?))
       SELECT sum(o.delivered_at < d.start), sum(o.delivered_at >= d.start AND o.delivered_at < d.over),
         sum(CASE WHEN o.delivered_at IS NULL THEN d.over <= ? AND NOT ${refundedWhole('o.')} ELSE o.delivered_at >= d.over END),
         sum(CASE WHEN o.delivered_at IS NULL THEN d.over > ? AND NOT ${refundedWhole('o.')} END)
       FROM days AS d CROSS JOIN orders AS o INDEXED BY orders_promised
         ON o.promised_by = d.day AND o.is_cancelled = 0 AND o.promised_by IS NOT NULL`,
      JSON.stringify(days),
      now,
      now,
    ),
  );
  const [beaten, kept, broken, open] = (row ?? []).map((one) => Number(one ?? 0));
  return { beaten: beaten ?? 0, kept: kept ?? 0, broken: broken ?? 0, open: open ?? 0 };
}
