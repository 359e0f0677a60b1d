/**
 * SQL of the kind under which figures count an entry `l` of the ledger: its own, or `moved` where it was written by merging two
 * customers, by undoing that, or by bringing an order to another account. It is told by the moment of writing, so that what an
 * account earned within the same millisecond may count as moved, too.
 */
export const movementKind = `CASE WHEN l.kind IN ('earn', 'clawback') AND (
    EXISTS (SELECT 1 FROM customer_merges AS m LEFT JOIN customer_merge_undos AS u ON u.merge_id = m.id
      WHERE (m.survivor_root_id = l.account_id OR m.merged_root_id = l.account_id) AND l.recorded_at IN (m.at, u.at))
    OR EXISTS (SELECT 1 FROM orders AS o JOIN order_moves AS v ON v.order_id = o.id
      WHERE o.source = l.order_source AND o.number = l.order_number AND v.at = l.recorded_at
        AND l.account_id = CASE l.kind WHEN 'earn' THEN v.to_root_id ELSE v.from_root_id END))
  OR l.kind = 'adjust' AND EXISTS (SELECT 1 FROM customer_merge_entries AS c WHERE c.adjustment_id = l.cause)
  THEN 'moved' ELSE l.kind END`;

/** What figures are read under: another time zone, or another way to count, begins anew. */
export const figureTerms = (timeZone: string): string => `posted ${timeZone}`;
