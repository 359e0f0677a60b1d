import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { premiumMarks } from '../../../db/schema/index.ts';

/** From which spend on accounts are premium, as it was found last. */
export const findMark = queryOne((db) =>
  db
    .select()
    .from(premiumMarks)
    .where(eq(premiumMarks.currency, sql.placeholder('currency'))),
);
