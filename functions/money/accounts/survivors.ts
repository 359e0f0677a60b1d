/** Of a merge in SQL, under the name `m`: nobody undid it. */
export const standsMerged = 'NOT EXISTS (SELECT 1 FROM customer_merge_undos AS u WHERE u.merge_id = m.id)';

/**
 * In SQL, where the orders of a root account are by now: with who survived, or still there. `except` is a survivor not to
 * follow to; both are columns.
 */
export const survivingRoot = (rootId: string, except: string) =>
  `coalesce((SELECT m.survivor_root_id FROM customer_merges AS m WHERE m.merged_root_id = ${rootId}
    AND m.survivor_id <> ${except} AND ${standsMerged}), ${rootId})`;

/** The same of a customer. */
export const survivingCustomer = (customerId: string, except: string) =>
  `coalesce((SELECT m.survivor_id FROM customer_merges AS m WHERE m.merged_id = ${customerId}
    AND m.survivor_id <> ${except} AND ${standsMerged}), ${customerId})`;

/** Whether two customers have not become one. */
export const areTwo = (survivorId: string, mergedId: string) =>
  `NOT EXISTS (SELECT 1 FROM customer_merges AS m WHERE m.survivor_id = ${survivorId} AND m.merged_id = ${mergedId}
    AND ${standsMerged})`;
