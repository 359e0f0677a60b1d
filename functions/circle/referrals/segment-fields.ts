import { sql } from 'drizzle-orm';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { currentRoot } from '../../money/accounts/survivors.ts';

const counted = (condition: string): SegmentField['source'] => {
  const root = sql.raw(currentRoot('n.referrer_root_id'));
  return ({ amongMerged }) => ({
    rows: sql`SELECT root_id, count(*) AS value FROM (SELECT ${root} AS root_id FROM referrals AS n
      WHERE ${sql.raw(condition)} AND ${amongMerged(sql`n.referrer_root_id`)}) GROUP BY root_id`,
  });
};

/** What segments ask about recommendations: those that were not declined, and those that were rewarded. */
export const referralFields: readonly SegmentField[] = [
  {
    ...{ name: 'referrals.count', kind: 'count', otherwise: 0 },
    source: counted("n.state <> 'declined'"),
  },
  {
    ...{ name: 'referrals.rewarded', kind: 'count', otherwise: 0 },
    source: counted("n.state = 'rewarded'"),
  },
];
