import { and, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { bonuses, bonusReversals } from '../../db/schema/index.ts';

/** What a bonus is for: the referral, the answer to a survey, the failed benefit of the club. */
export interface BonusCause {
  kind: (typeof bonuses.causeKind.enumValues)[number];
  id: string;
}

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

const listed = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`;

/** Every bonus of some root accounts; `ids` is a JSON array. */
export const listBonuses = query((db) =>
  db.select().from(bonuses).where(sql`${bonuses.accountId} IN ${listed}`),
);

export const listBonusReversals = query((db) =>
  db.select().from(bonusReversals).where(sql`${bonusReversals.accountId} IN ${listed}`),
);

/** A bonus that stands, as its cause's own rows say. */
export interface OwedBonus {
  accountId: string;
  cause: BonusCause;
  amountMinor: bigint;
}
