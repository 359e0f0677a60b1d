import { and, eq, isNull, sql } from 'drizzle-orm';
import { query, queryOne, rowsWithin } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { accountSpend, accounts, lots, memberships, periodTotals } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { totalColumns } from '../../money/accounts/account-columns.ts';
import type { OpenLot } from '../../money/accounts/build-balance.ts';
import {
  areOwnPlaces,
  ownPlaceColumns,
  type Place,
  placeColumns,
  placeOrder,
  placesOf,
  roots,
} from '../../money/accounts/places.ts';
import { type RuleTotal, totalsByKey } from '../../money/accounts/root.ts';
import { businessStamp } from '../../money/business/business.ts';

/** A customer's place with all that their figures there are made of. */
export interface AccountStanding extends Place {
  totals: ReadonlyMap<string, RuleTotal>;
  /** The lots that hold something. */
  lots: readonly OpenLot[];
  /** Per currency; the one with the most orders first. */
  spend: readonly { currency: string; spendMinor: bigint }[];
  /** Of the business at that moment; see `businessAt`. */
  stamp: string;
}

const lotColumns = { seq: lots.seq, remaining: lots.remainingMinor, expiresAt: lots.expiresAt };
const spendColumns = {
  currency: accountSpend.currency,
  spendMinor: accountSpend.spendMinor,
  orderCount: accountSpend.orderCount,
};

const figureColumns = {
  totals: rowsWithin(totalColumns, sql`${periodTotals} WHERE ${periodTotals.rootId} = ${roots.id}`),
  lots: rowsWithin(
    lotColumns,
    sql`${lots} WHERE ${lots.accountId} = ${roots.id} AND ${lots.remainingMinor} > 0`,
  ),
  spend: rowsWithin(spendColumns, sql`${accountSpend} WHERE ${accountSpend.rootId} = ${roots.id}`),
  stamp: businessStamp,
};

/** What a standing is made of, one row a membership. */
export const standingColumns = { ...ownPlaceColumns, ...figureColumns };

const listOfCustomer = query((db) =>
  db
    .select(standingColumns)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .innerJoin(roots, eq(roots.id, accounts.rootId))
    .where(areOwnPlaces)
    .orderBy(...placeOrder),
);
type StandingRow = Awaited<ReturnType<typeof listOfCustomer>>[number];

/** Whether a place is the customer's only membership. */
export const isOnly =
  sql`(SELECT count(*) FROM memberships WHERE customer_id = ${sql.placeholder('customerId')}) = 1`.mapWith(
    readFlag,
  );

/** Any one of them. */
const findOfCustomer = queryOne((db) =>
  db
    .select({ ...standingColumns, isOnly })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .innerJoin(roots, eq(roots.id, accounts.rootId))
    .where(areOwnPlaces),
);

const listOfAccount = query((db) =>
  db
    .select({
      ...placeColumns,
      mayRedeem: sql<boolean | null>`NULL`,
      role: sql<'member' | 'manager' | null>`NULL`,
      customerId: sql<string>`''`,
      ...figureColumns,
    })
    .from(accounts)
    .innerJoin(roots, eq(roots.id, accounts.rootId))
    .where(and(eq(accounts.id, sql.placeholder('accountId')), isNull(roots.withdrawnAt))),
);

/**
 * The root accounts of a customer with their figures, as `listPlaces` orders them. Most have one alone, and one row is
 * read for two thirds of what a list of one costs; but not where a second read would be a round trip.
 */
export async function listStandings(db: Store, customerId: string): Promise<AccountStanding[]> {
  const one = db.engine === 'embedded' ? await findOfCustomer(db, { customerId }) : null;
  const rows = one?.isOnly ? [one] : await listOfCustomer(db, { customerId });
  return placesOf(rows, figuresOf);
}

/** The root of an account with its figures, whatever customer it belongs to. */
export async function findStanding(db: Store, accountId: string): Promise<AccountStanding | null> {
  return placesOf(await listOfAccount(db, { accountId }), figuresOf)[0] ?? null;
}

/** What a place's figures are made of. */
export function figuresOf(row: StandingRow): Pick<AccountStanding, 'totals' | 'lots' | 'spend' | 'stamp'> {
  const { lots, stamp } = row;
  const spend = row.spend.sort((a, b) => b.orderCount - a.orderCount || (a.currency < b.currency ? -1 : 1));
  return { totals: totalsByKey(row.totals), lots, spend, stamp };
}
