import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { readyAt, refundedWhole } from './late.ts';

/** Promised days of orders that are not cancelled, by what became of them. */
export interface PromiseSum {
  /** There, or ready for pickup, on an earlier day. */
  beaten: number;
  kept: number;
  /** There on a later day, or not there while the day is over. */
  broken: number;
  /** Of those not there yet whose day is not over. */
  open: number;
}

/**
 * What became of the promises for some business days, each with the instants at which it begins and is over. Those placed from
 * `placedBefore` on were promised nothing.
 */
export async function sumPromisesOn(
  db: Store,
  days: readonly (readonly [day: string, start: number, over: number])[],
  now: number,
  placedBefore: number | null = null,
): Promise<PromiseSum> {
  const [row] = await db.read(
    statement(
      `WITH days AS MATERIALIZED (SELECT value ->> 0 AS day, value ->> 1 AS start, value ->> 2 AS over FROM json_each(?))
       SELECT sum(${there} < d.start), sum(${there} >= d.start AND ${there} < d.over),
         sum(CASE WHEN ${there} IS NULL THEN d.over <= ? AND ${isAwaited} ELSE ${there} >= d.over END),
         sum(CASE WHEN ${there} IS NULL THEN d.over > ? AND ${isAwaited} END)
       FROM days AS d CROSS JOIN orders AS o INDEXED BY orders_promised
         ON o.promised_by = d.day AND o.is_cancelled = 0 AND o.promised_by IS NOT NULL
         ${placedBefore === null ? '' : 'AND o.placed_at < ?'}`,
      ...[JSON.stringify(days), now, now, ...(placedBefore === null ? [] : [placedBefore])],
    ),
  );
  const [beaten, kept, broken, open] = (row ?? []).map((one) => Number(one ?? 0));
  return { beaten: beaten ?? 0, kept: kept ?? 0, broken: broken ?? 0, open: open ?? 0 };
}

/** When an order was there; one that came late, or not, was in time where it was ready for pickup. */
const there = `(CASE WHEN o.delivered_at < d.over THEN o.delivered_at ELSE coalesce(${readyAt('o.')}, o.delivered_at) END)`;

const isAwaited = `NOT ${refundedWhole('o.')}`;
