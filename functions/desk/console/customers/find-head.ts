import { eq, sql } from 'drizzle-orm';
import { query, statement } from '../../../../db/query.ts';
import { customers } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { findPinnedAt } from '../../../insight/levels/pin-account.ts';
import { type AccountChoice, choiceOf, choosePlace } from '../../../money/accounts/own-places.ts';
import { listPlaces, type Place } from '../../../money/accounts/places.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findWaived, type Waived } from '../../../money/redemptions/waivers.ts';
import { noteLook } from '../../../people/looks/note-look.ts';
import { findManagersOf, type Manager } from '../../../people/managers/find-manager.ts';
import { YEAR_MS, yearSpend } from './follow-figures.ts';

/** A customer of the console's pages, and which of their accounts is meant; null for the first that ever bought something. */
export interface CustomerAsked {
  customerId: string;
  accountId: string | null;
}

/** What stands on top of each page about a customer. */
export interface CustomerHead {
  id: string;
  email: string | null;
  /** What a source calls them, after its name; null for most. */
  key: string | null;
  name: string | null;
  memberNumber: string | null;
  claimedAt: number | null;
  /** A customer since then: the account's first order or joining, whichever was earlier, else when they were recorded. */
  knownSince: number;
  /** To all but analysts, as the address. */
  phone: string | null;
  address: string | null;
  /** When the account was kept among the key accounts. */
  pinnedAt: number | null;
  account: AccountChoice;
  /** What the account's orders came to in the currency of the business, to date and in the last 365 days. */
  value: { currency: string; spendMinor: bigint; yearSpendMinor: bigint; orders: number } | null;
  accounts: AccountChoice[];
  /** Who of the team has the account; null for nobody who works here. */
  manager: Manager | null;
  /** That the account need not reach a minimum now; null where it has to. */
  waived: Waived | null;
}

const findCustomer = query((db) =>
  db
    .select({
      id: customers.id,
      email: customers.email,
      key: sql<
        string | null
      >`(SELECT source || ' ' || key FROM customer_keys WHERE customer_id = ${customers.id}
        ORDER BY source, key LIMIT 1)`,
      name: customers.name,
      memberNumber: customers.memberNumber,
      claimedAt: customers.claimedAt,
      createdAt: customers.createdAt,
      phone: customers.phone,
      address: customers.address,
      withdrawnAt: customers.withdrawnAt,
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);

/**
 * Who a page is about, with the account that is meant and whether its reader is told more of them.
 * @throws {AppError} `not_found`, `unauthenticated`, `forbidden`
 */
export async function findHead(
  ctx: Context,
  { customerId, accountId }: CustomerAsked,
): Promise<{ head: CustomerHead; place: Place; isPrivate: boolean }> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const [[found], places] = await Promise.all([
    findCustomer(ctx.db, { customerId }),
    listPlaces(ctx.db, customerId),
  ]);
  if (found === undefined || found.withdrawnAt !== null || places.length === 0)
    throw new AppError('not_found', 'There is no such customer.');
  noteLook(ctx, { customerId, what: 'page' });
  const place = await choosePlace(ctx, places, accountId);
  const [value, pinnedAt, managerOf, waived] = await Promise.all([
    findValue(ctx, place),
    findPinnedAt(ctx.db, place.rootId),
    findManagersOf(ctx, [customerId]),
    findWaived(ctx, [place.rootId]),
  ]);
  const isPrivate = mayReadPrivate(ctx.actor);
  const { withdrawnAt: _, createdAt, ...customer } = found;
  const moments = [place.firstPlacedAt, place.signedUpAt].filter((at) => at !== null);
  const head = {
    ...customer,
    pinnedAt,
    knownSince: moments.length === 0 ? createdAt : Math.min(...moments),
    ...(isPrivate ? {} : { phone: null, address: null }),
    account: choiceOf(place),
    value,
    accounts: places.map(choiceOf),
    manager: managerOf(customerId, place.rootId),
    waived: shownTo(isPrivate, waived.get(place.rootId) ?? null),
  };
  return { head, place, isPrivate };
}

/** Why somebody of the team let a customer off is theirs alone; what the club gives is told to all. */
const shownTo = (isPrivate: boolean, waived: Waived | null): Waived | null =>
  waived === null || isPrivate || waived.by === 'club' ? waived : { ...waived, reason: '–' };

/** The same for a page that shows nothing of it but the head. @throws as {@link findHead} */
export async function getConsoleHead(ctx: Context, asked: CustomerAsked): Promise<CustomerHead> {
  return (await findHead(ctx, asked)).head;
}

async function findValue(ctx: Context, { rootId }: Place): Promise<CustomerHead['value']> {
  const { currency } = await getBusiness(ctx);
  if (currency === null) return null;
  const [row] = await ctx.db.read(
    statement(
      `SELECT CAST(coalesce(s.spend_minor, 0) AS TEXT), CAST(${yearSpend('r.id', { currency: '?2', since: '?3' })} AS TEXT),
         coalesce(s.order_count, 0)
       FROM accounts AS r LEFT JOIN account_spend AS s ON s.root_id = r.id AND s.currency = ?2 WHERE r.id = ?1`,
      rootId,
      currency,
      ctx.now() - YEAR_MS,
    ),
  );
  const minor = (at: number) => BigInt(String(row?.[at] ?? '0'));
  return { currency, spendMinor: minor(0), yearSpendMinor: minor(1), orders: Number(row?.[2] ?? 0) };
}
