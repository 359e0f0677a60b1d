import type { Trigger } from './guard.ts';

/** What keeps the number of members of each segment: an entry is one more until it has its exit. */
export const audienceTriggers: readonly Trigger[] = [
  {
    name: 'audience_entries_counted',
    sql: `CREATE TRIGGER audience_entries_counted AFTER INSERT ON audience_entries BEGIN
      INSERT INTO audience_counts (segment_id, members) VALUES (NEW.segment_id, 1)
      ON CONFLICT (segment_id) DO UPDATE SET members = members + 1; END`,
  },
  {
    name: 'audience_exits_counted',
    sql: `CREATE TRIGGER audience_exits_counted AFTER INSERT ON audience_exits BEGIN
      UPDATE audience_counts SET members = members - 1 WHERE segment_id = NEW.segment_id; END`,
  },
];
