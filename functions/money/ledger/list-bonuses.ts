import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { bonuses, bonusReversals } from '../../../db/schema/index.ts';

const listed = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`;

/** Every bonus of some root accounts; `ids` is a JSON array. */
export const listBonuses = query((db) =>
  db.select().from(bonuses).where(sql`${bonuses.accountId} IN ${listed}`),
);

export const listBonusReversals = query((db) =>
  db.select().from(bonusReversals).where(sql`${bonusReversals.accountId} IN ${listed}`),
);
