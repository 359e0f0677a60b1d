/** Of a merge in SQL, under the name `m`: nobody undid it. */
export const standsMerged = 'NOT EXISTS (SELECT 1 FROM customer_merge_undos AS u WHERE u.merge_id = m.id)';

/** Nobody is merged on more often than this; it ends a walk that rows written by no merge would send in a circle. */
const STEPS_MAX = 100;

/** Follows standing merges from one column to the other until nobody was merged on. */
const lastOf = (start: string, [from, to]: readonly [from: string, to: string], unless: string) =>
  `(WITH RECURSIVE later (id, step) AS (SELECT ${start}, 0
      UNION ALL SELECT m.${to}, later.step + 1 FROM later CROSS JOIN customer_merges AS m ON m.${from} = later.id
      WHERE later.step < ${STEPS_MAX} AND ${standsMerged} AND ${unless})
    SELECT id FROM later ORDER BY step DESC LIMIT 1)`;

const notInto = (except: string | null) => (except === null ? 'TRUE' : `m.survivor_id <> ${except}`);

/**
 * In SQL, where the orders of a root account are by now: with who survived in the end, or still there. `except` is a
 * survivor not to follow to; both are columns.
 */
export const survivingRoot = (rootId: string, except: string | null = null) =>
  lastOf(rootId, ['merged_root_id', 'survivor_root_id'], notInto(except));

/** The same of a customer. */
export const survivingCustomer = (customerId: string, except: string | null = null) =>
  lastOf(customerId, ['merged_id', 'survivor_id'], notInto(except));

/** Whether two customers have not become one, by whatever merges. */
export const areTwo = (customerId: string, otherId: string) =>
  `${survivingCustomer(customerId)} <> ${survivingCustomer(otherId)}`;
