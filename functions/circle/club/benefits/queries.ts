import { asc, eq, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { clubBenefits, clubWithdrawals } from '../../../../db/schema/index.ts';

/** All benefits there ever were, each with its withdrawal. */
export const listAllBenefits = query((db) =>
  db
    .select({
      id: clubBenefits.id,
      kind: clubBenefits.kind,
      texts: clubBenefits.texts,
      detail: clubBenefits.detail,
      from: clubBenefits.from,
      until: clubBenefits.until,
      level: clubBenefits.level,
      withdrawnAt: clubWithdrawals.at,
      reason: clubWithdrawals.reason,
      bonusMinor: clubWithdrawals.bonusMinor,
      currency: clubWithdrawals.currency,
    })
    .from(clubBenefits)
    .leftJoin(clubWithdrawals, eq(clubWithdrawals.benefitId, clubBenefits.id))
    .orderBy(asc(clubBenefits.at), asc(clubBenefits.id)),
);

/** Benefits in force at `now` that waive a voucher's minimum, with the level that has each. */
export const listWaiving = query((db) =>
  db
    .select({ id: clubBenefits.id, level: clubBenefits.level, texts: clubBenefits.texts })
    .from(clubBenefits)
    .where(
      sql`kind = 'waived_minimum' AND "from" <= ${sql.placeholder('now')}
        AND ("until" IS NULL OR "until" > ${sql.placeholder('now')})
        AND id NOT IN (SELECT benefit_id FROM club_withdrawals)`,
    )
    .orderBy(asc(clubBenefits.at), asc(clubBenefits.id)),
);

/** Withdrawals of which some member may still have to be told. */
export const listOpenWithdrawals = query((db) =>
  db
    .select({
      id: clubWithdrawals.id,
      at: clubWithdrawals.at,
      reason: clubWithdrawals.reason,
      bonusMinor: clubWithdrawals.bonusMinor,
      currency: clubWithdrawals.currency,
      texts: clubBenefits.texts,
      level: clubBenefits.level,
    })
    .from(clubWithdrawals)
    .innerJoin(clubBenefits, eq(clubBenefits.id, clubWithdrawals.benefitId))
    .where(sql`'withdrawal ' || ${clubWithdrawals.id} NOT IN (SELECT name FROM club_sweeps)`)
    .orderBy(asc(clubWithdrawals.at)),
);

/** Members at the moment of a withdrawal, as was known then: what is told later of the past changes nothing. */
const wereMembers = (accountId: string, at: string) =>
  `EXISTS (SELECT 1 FROM club_memberships m WHERE m.account_id = ${accountId} AND m.at <= ${at} AND m.since <= ${at}
    AND NOT EXISTS (SELECT 1 FROM club_endings e WHERE e.membership_id = m.id AND e.at <= ${at}))`;

export const listUntoldMembers = query((db) =>
  db
    .selectDistinct({
      reader: sql<string>`x.account_id`,
      subject: sql<string>`'withdrawal ' || ${sql.placeholder('id')}`,
    })
    .from(sql`club_memberships x`)
    .where(
      sql`x.account_id > ${sql.placeholder('after')}
        AND EXISTS (SELECT 1 FROM club_withdrawals w WHERE w.id = ${sql.placeholder('id')}
          AND ${sql.raw(wereMembers('x.account_id', 'w.at'))})
        AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.subject = 'withdrawal ' || ${sql.placeholder('id')}
          AND n.reader = x.account_id)`,
    )
    .orderBy(sql`x.account_id`)
    .limit(100),
);

/**
 * What withdrawals owe some root accounts that the job has reached; `ids` is a JSON array. Who had a level is known by whom the
 * job told: what is bought or returned later moves levels of that day, and takes nothing back.
 */
export const listOwed = query((db) =>
  db
    .select({
      accountId: sql<string>`ids.value`,
      id: sql<string>`w.id`,
      amountMinor: sql<bigint>`w.bonus_minor`.mapWith(BigInt),
    })
    .from(
      sql`club_withdrawals w JOIN club_benefits b ON b.id = w.benefit_id, json_each(${sql.placeholder('ids')}) ids`,
    )
    .where(
      sql`w.bonus_minor > 0 AND ${sql.raw(wereMembers('ids.value', 'w.at'))}
        AND (EXISTS (SELECT 1 FROM notices n WHERE n.subject = 'withdrawal ' || w.id AND n.reader = ids.value)
          OR (b.level IS NULL AND 'withdrawal ' || w.id IN (SELECT name FROM club_sweeps)))`,
    ),
);
