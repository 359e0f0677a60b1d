import { standsMerged, survivingRoot } from './survivors.ts';

/** In SQL, the root account that has by now what another one had, over any number of merges; `rootId` is a column. */
export const heldBy = (rootId: string) => survivingRoot(rootId);

/** In SQL, the root accounts of which one has what they had: itself, and all that were merged into it. */
export const heldWith = (rootId: string) =>
  `(WITH RECURSIVE came(id) AS (SELECT ${rootId} UNION
     SELECT m.merged_root_id FROM came JOIN customer_merges AS m ON m.survivor_root_id = came.id
     WHERE m.merged_root_id IS NOT NULL AND ${standsMerged}) SELECT id FROM came)`;
