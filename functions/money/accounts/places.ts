import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query } from '../../../db/query.ts';
import { accounts, memberships } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';

/** A root account a customer belongs to, and how much of it is theirs to see. */
export interface Place {
  rootId: string;
  /** The company's or household's name; null for the customer's own account. */
  name: string | null;
  firstPlacedAt: number | null;
  signedUpAt: number | null;
  clubSpans: string | null;
  segmentSpans: string | null;
  balanceMinor: bigint;
  /** The departments they belong to; null when they belong to the account itself, which covers all of it. */
  departments: readonly string[] | null;
  /** Whether they may spend its balance: see `households/members.ts`. */
  mayRedeem: boolean;
  /**
   * Whose orders alone are seen, of an account they belong to by having ordered for it and by nobody's word; null where
   * somebody confirmed them, and for their own account.
   */
  onlyOrdersOf: string | null;
}

export const roots = alias(accounts, 'roots');

/** What a place is made of, one row a membership. */
export const placeColumns = {
  id: accounts.id,
  rootId: accounts.rootId,
  kind: accounts.kind,
  name: accounts.name,
  rootKind: sql<string>`${roots.kind}`,
  rootName: sql<string>`${roots.name}`,
  firstPlacedAt: roots.firstPlacedAt,
  signedUpAt: roots.signedUpAt,
  clubSpans: roots.clubSpans,
  segmentSpans: roots.segmentSpans,
  balanceMinor: roots.balanceMinor,
};

/** The same of somebody's memberships. */
export const ownPlaceColumns = {
  ...placeColumns,
  mayRedeem: memberships.mayRedeem,
  role: memberships.role,
  customerId: memberships.customerId,
};
const areThere = and(isNull(memberships.until), isNull(roots.withdrawnAt));
/** Which memberships count: those that run, of accounts that are still there. */
export const areOwnPlaces = and(eq(memberships.customerId, sql.placeholder('customerId')), areThere);
/** Their own account first. */
export const placeOrder = [asc(roots.kind), asc(roots.name), asc(roots.id), asc(accounts.name)];
type PlaceRow = Awaited<ReturnType<typeof listAccountsOfCustomer>>[number];

/** The accounts a customer belongs to, each with its root; their own first. */
const listAccountsOfCustomer = query((db) =>
  db
    .select(ownPlaceColumns)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .innerJoin(roots, eq(roots.id, accounts.rootId))
    .where(areOwnPlaces)
    .orderBy(...placeOrder),
);

/** The root accounts of a customer, each once; empty for somebody unknown. */
export async function listPlaces(db: Store, customerId: string): Promise<Place[]> {
  return placesOf(await listAccountsOfCustomer(db, { customerId }), () => ({}));
}

const listAccountsOfCustomers = query((db) =>
  db
    .select(ownPlaceColumns)
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .innerJoin(roots, eq(roots.id, accounts.rootId))
    .where(
      and(
        sql`${memberships.customerId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
        areThere,
      ),
    )
    .orderBy(...placeOrder),
);

/** The same of several customers, by their ids; whoever has none is left out. */
export async function listPlacesOfEach(
  db: Store,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Place[]>> {
  const rows = await listAccountsOfCustomers(db, { ids: JSON.stringify([...new Set(customerIds)]) });
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId);
  return new Map([...byCustomer].map(([customerId, own]) => [customerId, placesOf(own, () => ({}))]));
}

/** The root accounts of some memberships, each once, with whatever else their rows tell. */
export function placesOf<Row extends PlaceRow, More extends object>(
  rows: readonly Row[],
  moreOf: (row: Row) => More,
): (Place & More)[] {
  const places = new Map<string, Place & More>();
  const confirmed = new Set(rows.filter(isConfirmed).map(({ rootId }) => rootId));
  for (const row of rows) {
    if (confirmed.has(row.rootId) && !isConfirmed(row)) continue;
    const before = places.get(row.rootId);
    const isWhole = row.id === row.rootId || before?.departments === null;
    places.set(row.rootId, {
      rootId: row.rootId,
      name: row.rootKind === 'personal' ? null : row.rootName,
      firstPlacedAt: row.firstPlacedAt,
      signedUpAt: row.signedUpAt,
      clubSpans: row.clubSpans,
      segmentSpans: row.segmentSpans,
      balanceMinor: row.balanceMinor,
      departments: isWhole ? null : [...(before?.departments ?? []), row.id],
      mayRedeem: mayRedeemBy(row, before),
      onlyOrdersOf: isConfirmed(row) ? null : row.customerId,
      ...moreOf(row),
    });
  }
  return [...places.values()];
}

/** An order that names an account makes nobody more than the buyer of that order: somebody who may has to say so. */
function isConfirmed({ rootKind, role }: PlaceRow): boolean {
  return rootKind === 'personal' || role !== null;
}

/**
 * Whether they may spend the balance, by one more of their memberships: their own, and what somebody decided. What the
 * whole account says comes before its departments.
 */
function mayRedeemBy(row: PlaceRow, before: Place | undefined): boolean {
  if (row.id === row.rootId) return row.mayRedeem ?? row.rootKind === 'personal';
  if (before?.departments === null) return before.mayRedeem;
  return row.mayRedeem === true || before?.mayRedeem === true;
}

/**
 * The account that is meant: the customer's only one, or the one named by its own id or a department's, which has to be
 * theirs; then only that department's orders are meant.
 * @throws {AppError} `account_required` when there are several and none is named, `not_found`
 */
export async function findPlace(
  db: Store,
  asked: { customerId: string; accountId: string | null },
): Promise<Place> {
  return onlyPlace(db, await listPlaces(db, asked.customerId), asked.accountId);
}

/** The one of a customer's places that is meant; see {@link findPlace}. */
export async function onlyPlace<P extends Place>(
  db: Store,
  places: readonly P[],
  accountId: string | null,
): Promise<P> {
  const [only] = places;
  if (only === undefined)
    throw new AppError('not_found', 'There is no such customer, or it has no account yet.');
  if (accountId !== null) {
    const named = await placeNamed(db, places, accountId);
    if (named === null) throw new AppError('not_found', 'There is no such account of this customer.');
    return named;
  }
  if (places.length > 1) {
    throw new AppError(
      'account_required',
      'The customer belongs to several accounts; name one with account.',
    );
  }
  return only;
}

/** The one of some places that an account id names; null when it is none of theirs. */
export async function placeNamed<P extends Place>(
  db: Store,
  places: readonly P[],
  accountId: string,
): Promise<P | null> {
  const root = places.find(({ rootId }) => rootId === accountId);
  if (root !== undefined) return root;
  const department = places.find(({ departments }) => departments?.includes(accountId));
  if (department !== undefined) return { ...department, departments: [accountId] };
  if (places.every(({ departments }) => departments !== null)) return null;
  const [named] = await findRootId(db, { accountId });
  const whole = places.find(({ rootId, departments }) => rootId === named?.rootId && departments === null);
  return whole === undefined ? null : { ...whole, departments: [accountId] };
}

/** As `findPlace`, for who only needs the root account. */
export async function resolveRoot(db: Store, customerId: string, accountId: string | null): Promise<string> {
  return (await findPlace(db, { customerId, accountId })).rootId;
}

/** Whether an order of an account is among what a place shows. */
export function isInPlace(
  { rootId, departments, onlyOrdersOf }: Pick<Place, 'rootId' | 'departments' | 'onlyOrdersOf'>,
  order: { rootId: string; accountId: string; customerId: string },
): boolean {
  if (rootId !== order.rootId) return false;
  if (onlyOrdersOf !== null) return onlyOrdersOf === order.customerId;
  return departments === null || departments.includes(order.accountId);
}

/** The places of who belongs to them by more than an order of theirs. */
export function confirmedOnly<P extends Place>(places: readonly P[]): P[] {
  return places.filter(({ onlyOrdersOf }) => onlyOrdersOf === null);
}

const findRootId = query((db) =>
  db
    .select({ rootId: accounts.rootId })
    .from(accounts)
    .where(eq(accounts.id, sql.placeholder('accountId'))),
);
