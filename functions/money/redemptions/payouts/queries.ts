import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { type QueryBuilder, query, queryOne } from '../../../../db/query.ts';
import {
  accounts,
  customers,
  openPayouts,
  payoutSteps,
  payoutSums,
  redemptions,
  staff,
} from '../../../../db/schema/index.ts';
import { account, person } from '../person.ts';

const payoutColumns = {
  id: redemptions.id,
  kind: sql<'payout' | 'donation'>`${redemptions.kind}`,
  amountMinor: redemptions.amountMinor,
  currency: redemptions.currency,
  /** Where it goes: the account at the bank, the cause. */
  reference: redemptions.reference,
  at: redemptions.at,
  /** Where it was redeemed, or the account that went into since. */
  accountId: sql<string>`${account}`.mapWith(String),
  accountName: accounts.name,
  customerId: customers.id,
  customerName: customers.name,
  customerEmail: customers.email,
  memberNumber: customers.memberNumber,
  steps: sql<number>`coalesce(${payoutSteps.seq}, 0)`.mapWith(Number),
  last: payoutSteps.kind,
  lastAt: payoutSteps.at,
  lastReference: payoutSteps.reference,
  lastActor: payoutSteps.actor,
  lastBy: sql<string | null>`coalesce(${staff.name}, ${staff.email})`.mapWith(String),
  returnReason: sql<
    string | null
  >`(SELECT reason FROM reversals WHERE redemption_id = ${redemptions.id})`.mapWith(String),
};

const isLast = sql`${payoutSteps.seq} = (SELECT max(seq) FROM payout_steps WHERE redemption_id = ${redemptions.id})`;

const isBy = sql`${staff.id} = substr(${payoutSteps.actor}, 7) AND ${payoutSteps.actor} LIKE 'staff:%'`;

const selectPayouts = (db: QueryBuilder) =>
  db
    .select(payoutColumns)
    .from(redemptions)
    .leftJoin(payoutSteps, and(eq(payoutSteps.redemptionId, redemptions.id), isLast))
    .innerJoin(accounts, eq(accounts.id, redemptions.accountId))
    .leftJoin(customers, sql`${customers.id} = ${person}`)
    .leftJoin(staff, isBy);

const isPayout = sql`${redemptions.kind} IN ('payout', 'donation')`;
const isOfKind = sql`${redemptions.kind} = coalesce(${sql.placeholder('kind')}, ${redemptions.kind})`;

export const findPayout = queryOne((db) =>
  selectPayouts(db).where(and(eq(redemptions.id, sql.placeholder('id')), isPayout)),
);
export type PayoutRow = NonNullable<Awaited<ReturnType<typeof findPayout>>>;

/** `ids` is a JSON array. */
export const listPayoutsByIds = query((db) =>
  selectPayouts(db).where(
    and(sql`${redemptions.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`, isPayout),
  ),
);

const after = (at: SQL | typeof redemptions.at, sign: '<' | '>') =>
  sql`(${at}, ${redemptions.id}) ${sql.raw(sign)} (${sql.placeholder('afterAt')}, ${sql.placeholder('afterId')})`;

const selectOpen = (db: QueryBuilder) =>
  db
    .select(payoutColumns)
    .from(openPayouts)
    .innerJoin(redemptions, eq(redemptions.id, openPayouts.redemptionId))
    .leftJoin(payoutSteps, and(eq(payoutSteps.redemptionId, redemptions.id), isLast))
    .innerJoin(accounts, eq(accounts.id, redemptions.accountId))
    .leftJoin(customers, sql`${customers.id} = ${person}`)
    .leftJoin(staff, isBy);

const isOpenAfter = sql`(${openPayouts.at}, ${openPayouts.redemptionId}) > (${sql.placeholder('afterAt')}, ${sql.placeholder('afterId')})`;

/** What is to pay, asked for first coming first. */
export const listToPay = query((db) =>
  selectOpen(db)
    .where(isOpenAfter)
    .orderBy(asc(openPayouts.at), asc(openPayouts.redemptionId))
    .limit(sql.placeholder('limit')),
);

/** The same of one kind. */
export const listToPayOfKind = query((db) =>
  selectOpen(db)
    .where(and(eq(openPayouts.kind, sql.placeholder('kind')), isOpenAfter))
    .orderBy(asc(openPayouts.at), asc(openPayouts.redemptionId))
    .limit(sql.placeholder('limit')),
);

/** What was paid or returned and still is, the last coming first. */
export const listDone = query((db) =>
  db
    .select(payoutColumns)
    .from(payoutSteps)
    .innerJoin(redemptions, eq(redemptions.id, payoutSteps.redemptionId))
    .innerJoin(accounts, eq(accounts.id, redemptions.accountId))
    .leftJoin(customers, sql`${customers.id} = ${person}`)
    .leftJoin(staff, isBy)
    .where(
      and(
        eq(payoutSteps.kind, sql.placeholder('step')),
        sql`${payoutSteps.at} >= ${sql.placeholder('since')} AND ${payoutSteps.at} < ${sql.placeholder('until')}`,
        isLast,
        isOfKind,
        after(sql`${payoutSteps.at}`, '<'),
      ),
    )
    .orderBy(desc(payoutSteps.at), desc(redemptions.id))
    .limit(sql.placeholder('limit')),
);

/** All that happened to one, the first coming first. */
export const listSteps = query((db) =>
  db
    .select({
      kind: payoutSteps.kind,
      at: payoutSteps.at,
      reference: payoutSteps.reference,
      actor: payoutSteps.actor,
      by: sql<string | null>`coalesce(${staff.name}, ${staff.email})`.mapWith(String),
    })
    .from(payoutSteps)
    .leftJoin(staff, isBy)
    .where(eq(payoutSteps.redemptionId, sql.placeholder('id')))
    .orderBy(asc(payoutSteps.seq)),
);

/** What is to pay, by kind and currency. */
export const sumToPay = query((db) =>
  db
    .select({
      kind: payoutSums.kind,
      currency: payoutSums.currency,
      count: sql<number>`sum(${payoutSums.openCount})`.mapWith(Number),
      minor: sql<bigint>`sum(${payoutSums.openMinor})`.mapWith(payoutSums.openMinor),
    })
    .from(payoutSums)
    .where(sql`open_count > 0`)
    .groupBy(payoutSums.kind, payoutSums.currency)
    .orderBy(desc(payoutSums.kind), asc(payoutSums.currency)),
);

/** A page of what donations come to by the cause they name, what is owed most coming first. */
export const listCauses = query((db) =>
  db
    .select({
      cause: payoutSums.cause,
      currency: payoutSums.currency,
      owed: payoutSums.openCount,
      owedMinor: payoutSums.openMinor,
      passedMinor: payoutSums.paidMinor,
    })
    .from(payoutSums)
    .where(
      sql`kind = 'donation' AND (open_count > 0 OR paid_minor > 0) AND open_minor <= ${sql.placeholder('afterMinor')}
        AND (open_minor < ${sql.placeholder('afterMinor')} OR (cause, currency) > (${sql.placeholder('afterCause')}, ${sql.placeholder('afterCurrency')}))`,
    )
    .orderBy(sql`open_minor DESC, cause, currency`)
    .limit(sql.placeholder('limit')),
);

/** The donations of a cause that are to pass on, oldest first. */
export const listOwedOfCause = query((db) =>
  db
    .select({ id: redemptions.id, amountMinor: redemptions.amountMinor })
    .from(openPayouts)
    .innerJoin(redemptions, eq(redemptions.id, openPayouts.redemptionId))
    .where(
      sql`open_payouts.kind = 'donation' AND ${openPayouts.cause} = ${sql.placeholder('cause')} AND ${openPayouts.currency} = ${sql.placeholder('currency')}`,
    )
    .orderBy(asc(openPayouts.at), asc(openPayouts.redemptionId)),
);
