import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { type QueryBuilder, query, queryOne } from '../../../../db/query.ts';
import { accounts, customers, payoutSteps, redemptions, staff } from '../../../../db/schema/index.ts';
import { account, person } from '../person.ts';
import { owedRows } from './steps.ts';

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

const selectPayouts = (db: QueryBuilder) =>
  db
    .select(payoutColumns)
    .from(redemptions)
    .leftJoin(payoutSteps, and(eq(payoutSteps.redemptionId, redemptions.id), isLast))
    .innerJoin(accounts, eq(accounts.id, redemptions.accountId))
    .leftJoin(customers, sql`${customers.id} = ${person}`)
    .leftJoin(staff, sql`${payoutSteps.actor} = 'staff:' || ${staff.id}`);

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

/** What is to pay, asked for first coming first. */
export const listToPay = query((db) =>
  selectPayouts(db)
    .where(and(sql`${redemptions.id} IN (${sql.raw(owedRows)})`, isOfKind, after(redemptions.at, '>')))
    .orderBy(asc(redemptions.at), asc(redemptions.id))
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
    .leftJoin(staff, sql`${payoutSteps.actor} = 'staff:' || ${staff.id}`)
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
    .leftJoin(staff, sql`${payoutSteps.actor} = 'staff:' || ${staff.id}`)
    .where(eq(payoutSteps.redemptionId, sql.placeholder('id')))
    .orderBy(asc(payoutSteps.seq)),
);

/** What is to pay, by kind and currency. */
export const sumToPay = query((db) =>
  db
    .select({
      kind: payoutColumns.kind,
      currency: redemptions.currency,
      count: sql<number>`count(*)`.mapWith(Number),
      minor: sql<bigint>`sum(${redemptions.amountMinor})`.mapWith(redemptions.amountMinor),
    })
    .from(redemptions)
    .where(sql`${redemptions.id} IN (${sql.raw(owedRows)})`)
    .groupBy(redemptions.kind, redemptions.currency)
    .orderBy(desc(redemptions.kind), asc(redemptions.currency)),
);

const lastKind = sql`coalesce((SELECT kind FROM payout_steps WHERE redemption_id = ${redemptions.id} ORDER BY seq DESC LIMIT 1), 'unpaid')`;
const sumWhere = (kind: string) =>
  sql<bigint>`sum(CASE WHEN ${lastKind} = ${sql.raw(`'${kind}'`)} THEN ${redemptions.amountMinor} ELSE 0 END)`.mapWith(
    redemptions.amountMinor,
  );

/** Donations by the cause they name: what is to pass on, and what was. */
export const sumDonations = query((db) =>
  db
    .select({
      cause: redemptions.reference,
      currency: redemptions.currency,
      owed: sql<number>`sum(${lastKind} = 'unpaid')`.mapWith(Number),
      owedMinor: sumWhere('unpaid'),
      passedMinor: sumWhere('paid'),
    })
    .from(redemptions)
    .where(sql`${redemptions.kind} = 'donation' AND ${lastKind} <> 'returned'`)
    .groupBy(redemptions.reference, redemptions.currency)
    .orderBy(asc(redemptions.reference), asc(redemptions.currency)),
);

/** The donations of a cause that are to pass on, oldest first. */
export const listOwedOfCause = query((db) =>
  db
    .select({ id: redemptions.id, amountMinor: redemptions.amountMinor })
    .from(redemptions)
    .where(
      sql`${redemptions.id} IN (${sql.raw(owedRows)}) AND ${redemptions.kind} = 'donation'
        AND ${redemptions.reference} IS ${sql.placeholder('cause')} AND ${redemptions.currency} = ${sql.placeholder('currency')}`,
    )
    .orderBy(asc(redemptions.at), asc(redemptions.id)),
);
