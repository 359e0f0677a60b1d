import type { Store } from '../../db/store.ts';
import {
  type listAccounts,
  listCustomersByEmail,
  listNamedTotals,
  listSharedAccounts,
  listSharedDueLots,
  listSharedMemberships,
} from '../accounts/queries.ts';
import { type RuleTotal, totalsByKey } from '../accounts/root.ts';
import type { Context } from '../platform/context.ts';
import { type Business, getBusiness } from '../programme/business.ts';
import type { SettledRow } from '../rewards/settle.ts';
import { completeOrders, orderKey } from './load-orders.ts';
import type { Order, OrderDraft } from './order.ts';
import { listCounted, listNamedLaterCounted, listOrdersByKey, listVoucherPayments } from './queries.ts';

export type KnownCustomer = Awaited<ReturnType<typeof listCustomersByEmail>>[number];
export type KnownAccount = Awaited<ReturnType<typeof listAccounts>>[number];

/** All that is kept about some drafts, their customers and accounts: what a plan decides on. */
export interface Known {
  business: Business;
  /** By the email the drafts use, present or former. */
  customers: ReadonlyMap<string, KnownCustomer>;
  accounts: ReadonlyMap<string, KnownAccount>;
  /** Companies and households by name, their departments by `departmentKey`. */
  sharedByName: ReadonlyMap<string, KnownAccount>;
  departments: ReadonlyMap<string, KnownAccount>;
  /** `account id, customer id` of every membership. */
  members: ReadonlySet<string>;
  orders: ReadonlyMap<string, Order>;
  voucherPaid: ReadonlyMap<string, bigint>;
  totals: ReadonlyMap<string, ReadonlyMap<string, RuleTotal>>;
  /** By order id. */
  counted: ReadonlyMap<string, SettledRow[]>;
  dueLots: ReadonlySet<string>;
  /** What counts after the order that is answered at once. */
  later: readonly SettledRow[];
}

export const departmentKey = (rootId: string, name: string) => `${rootId} ${name}`;
export const membershipKey = (accountId: string, customerId: string) => `${accountId} ${customerId}`;

/**
 * Reads what is kept about some drafts, in one round trip (two when orders among them are kept already). An order
 * that is `answered` at once needs to know what counts after it.
 */
export async function loadKnown(
  ctx: Context,
  drafts: readonly OrderDraft[],
  { answered = null }: { answered?: OrderDraft | null } = {},
): Promise<Known> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const emails = JSON.stringify(distinct(drafts.map(({ email }) => email)));
  const sharedNames = distinct(drafts.flatMap(({ account }) => account ?? []));
  const names = JSON.stringify(sharedNames);
  const hasShared = sharedNames.length > 0;
  const keys = JSON.stringify(drafts.map(({ source, number }) => [source, number]));
  const [business, customers, totals, orderRows, payments, later, shared, members, dueLots] =
    await Promise.all([
      getBusiness({ ...ctx, db }),
      listCustomersByEmail(db, { emails, now }),
      listNamedTotals(db, { emails, names }),
      listOrdersByKey(db, { keys }),
      listVoucherPayments(db, { keys }),
      answered === null ? [] : listLater(db, answered),
      hasShared ? listSharedAccounts(db, { names }) : [],
      hasShared ? listSharedMemberships(db, { names }) : [],
      hasShared ? listSharedDueLots(db, { names, now }) : [],
    ]);
  const own = customers.flatMap((customer) => customer.own ?? []);
  const [orders, counted] = await Promise.all([
    completeOrders(db, orderRows),
    orderRows.length === 0 ? [] : listCounted(db, { keys: countedKeys(orderRows) }),
  ]);
  return {
    business,
    customers: customersByEmail(customers),
    accounts: new Map([...own, ...shared].map((account) => [account.id, account])),
    sharedByName: new Map(shared.filter(({ kind }) => kind === 'shared').map((one) => [one.name, one])),
    departments: new Map(
      shared
        .filter(({ kind }) => kind === 'department')
        .map((one) => [departmentKey(one.rootId, one.name), one]),
    ),
    members: new Set([
      ...customers.flatMap(({ isMember, own: account, customerId }) =>
        isMember && account !== null ? [membershipKey(account.id, customerId)] : [],
      ),
      ...members.map(({ accountId, customerId }) => membershipKey(accountId, customerId)),
    ]),
    orders: new Map(orders.map((order) => [orderKey(order), order])),
    voucherPaid: paidByOrder(payments),
    totals: new Map(
      [...Map.groupBy(totals, (row) => row.rootId)].map(([id, rows]) => [id, totalsByKey(rows)]),
    ),
    counted: countedByOrder(counted),
    dueLots: new Set([
      ...customers.flatMap(({ hasDueLots, own: account }) =>
        hasDueLots && account !== null ? [account.id] : [],
      ),
      ...dueLots.map(({ accountId }) => accountId),
    ]),
    later: later.map(settledRowOf),
  };
}

/** What counts after an order's place in the account that it says it belongs to. */
function listLater(
  db: Store,
  { email, account, placedAt, number, source }: OrderDraft,
): Promise<CountedRow[]> {
  return listNamedLaterCounted(db, {
    emails: JSON.stringify(account === null ? [email] : []),
    names: JSON.stringify(account === null ? [] : [account]),
    placedAt: placedAt.at,
    number,
    source,
  });
}

export type CountedRow = Awaited<ReturnType<typeof listCounted>>[number];

/** A kept row as the rewards core knows it. */
export function settledRowOf(row: CountedRow): SettledRow {
  return {
    ruleId: row.ruleId,
    version: row.version,
    period: { start: row.periodStart, end: row.periodEnd },
    counted: row.countedMinor,
    settlesAt: row.settlesAt,
    isSettled: row.isSettled,
  };
}

export function countedByOrder(rows: readonly CountedRow[]): Map<string, SettledRow[]> {
  return new Map(
    [...Map.groupBy(rows, (row) => row.orderId)].map(([id, own]) => [id, own.map(settledRowOf)]),
  );
}

/** The keys under which the counted rows of some orders stand. */
export function countedKeys(
  orders: readonly { rootId: string; placedAt: number; number: string; source: string }[],
): string {
  return JSON.stringify(
    orders.map(({ rootId, placedAt, number, source }) => [rootId, placedAt, number, source]),
  );
}

export function paidByOrder(
  payments: readonly { source: string; number: string; amountMinor: bigint }[],
): Map<string, bigint> {
  const paid = new Map<string, bigint>();
  for (const payment of payments) {
    paid.set(orderKey(payment), (paid.get(orderKey(payment)) ?? 0n) + payment.amountMinor);
  }
  return paid;
}

function customersByEmail(rows: readonly KnownCustomer[]): Map<string, KnownCustomer> {
  const former = rows.flatMap((row) => (row.formerEmail === null ? [] : [[row.formerEmail, row] as const]));
  return new Map([...former, ...rows.map((row) => [row.email, row] as const)]);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
