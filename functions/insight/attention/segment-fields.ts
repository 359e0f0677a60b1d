import { sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { attentionRuns } from '../../../db/schema/index.ts';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { type AttentionList, attentionLists } from './lists.ts';

const findLast = queryOne((db) =>
  db
    .select({ day: sql<string | null>`max(${attentionRuns.day} || ' ' || ${attentionRuns.finishedAt})` })
    .from(attentionRuns)
    .where(sql`finished_at IS NOT NULL`),
);

const fieldNames: Readonly<Record<AttentionList, string>> = {
  walks_away: 'list.walksAway',
  lapsed: 'list.lapsed',
  reorders_soon: 'list.reordersSoon',
  praises: 'list.praises',
  shifts: 'list.shifts',
  dormant_departments: 'list.dormantDepartments',
};

/** Whether an account, or a department of it, is on a list that acts, as it stands now: named, and not closed by anybody. */
export const attentionFields: readonly SegmentField[] = attentionLists.map((list) => ({
  ...{ name: fieldNames[list], kind: 'flag', otherwise: 0 },
  stamp: async ({ db }) => (await findLast(db))?.day ?? '',
  source: ({ among }) => ({
    rows: sql`SELECT DISTINCT root_id, 1 AS value FROM attention_sayings
      WHERE list = ${list} AND left_on IS NULL AND outcome IS NULL AND ${among(sql`root_id`)}`,
  }),
}));
