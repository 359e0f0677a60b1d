import { and, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { bonuses, bonusReversals } from '../../../db/schema/index.ts';

/** The bonus of a cause that was not taken back; at most one. Asked with `{ rootId, kind, id }`. */
export const findOpenBonus = query((db) =>
  db
    .select({
      id: bonuses.id,
      entrySeq: bonuses.entrySeq,
      amountMinor: bonuses.amountMinor,
      currency: bonuses.currency,
    })
    .from(bonuses)
    .where(
      and(
        eq(bonuses.accountId, sql.placeholder('rootId')),
        eq(bonuses.causeKind, sql.placeholder('kind')),
        eq(bonuses.causeId, sql.placeholder('id')),
        sql`${bonuses.id} NOT IN (SELECT bonus_id FROM ${bonusReversals})`,
      ),
    ),
);
export type OpenBonus = Awaited<ReturnType<typeof findOpenBonus>>[number];
