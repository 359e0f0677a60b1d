import { type SQL, sql } from 'drizzle-orm';

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

/** In SQL, the root account under which what `rootId` did before is counted by now; most never went into another. */
export const currentRoot = (rootId: string) =>
  `CASE WHEN EXISTS (SELECT 1 FROM customer_merges AS h WHERE h.merged_root_id = ${rootId}) THEN ${survivingRoot(rootId)} ELSE ${rootId} END`;

/** In SQL, root accounts of a list with those that went into them by merges that stand, directly or not. */
export const withMergedInto = (list: SQL) =>
  sql`(WITH RECURSIVE lead (id, step) AS (SELECT value, 0 FROM json_each(${list})
      UNION ALL SELECT m.merged_root_id, lead.step + 1
      FROM lead CROSS JOIN customer_merges AS m ON m.survivor_root_id = lead.id
      WHERE lead.step < ${sql.raw(String(STEPS_MAX))} AND m.merged_root_id IS NOT NULL AND ${sql.raw(standsMerged)})
    SELECT id FROM lead)`;

/** In SQL, root accounts that a SELECT gives with those that they went into by merges that stand, one after another. */
export const withSurvivors = (ids: SQL) =>
  sql`(WITH RECURSIVE later (id, step) AS (SELECT id, 0 FROM (${ids})
      UNION ALL SELECT m.survivor_root_id, later.step + 1
      FROM later CROSS JOIN customer_merges AS m ON m.merged_root_id = later.id
      WHERE later.step < ${sql.raw(String(STEPS_MAX))} AND ${sql.raw(standsMerged)})
    SELECT id FROM later)`;

/** In SQL, the records of customers that are one person with `customerId`: it, and those that went into it by merges that stand. */
export const withMergedCustomers = (customerId: SQL) =>
  sql`(WITH RECURSIVE lead (id, step) AS (SELECT ${customerId}, 0
      UNION ALL SELECT m.merged_id, lead.step + 1 FROM lead CROSS JOIN customer_merges AS m ON m.survivor_id = lead.id
      WHERE lead.step < ${sql.raw(String(STEPS_MAX))} AND ${sql.raw(standsMerged)})
    SELECT id FROM lead)`;
