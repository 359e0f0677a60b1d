import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import {
  type listAccounts,
  listCustomersByEmail,
  listCustomersByKey,
  listSharedAccounts,
  listSharedMemberships,
} from '../accounts/list-accounts.ts';
import { listSharedDueLots } from '../accounts/list-lots.ts';
import { listNamedTotals, listTotals } from '../accounts/list-totals.ts';
import { type RuleTotal, totalsByKey } from '../accounts/root.ts';
import { type Business, getBusiness } from '../business/business.ts';
import type { SettledRow } from '../rewards/settle.ts';
import { listOrdersByKey } from './find-order-rows.ts';
import { listCounted } from './list-counted.ts';
import { listVoucherPayments } from './list-voucher-payments.ts';
import { completeOrders, orderKey } from './load-orders.ts';
import { buyerId, customerKeyId, type Order, type OrderDraft } from './order.ts';
import { type KeptCount, toSettledRow } from './page-shares.ts';
import { listLaterCounted, listNamedLaterCounted } from './queries.ts';
import { listSalesByKey } from './waiting/find-sales.ts';
import type { WaitingSale } from './waiting/sale.ts';

export type KeptCustomer = Awaited<ReturnType<typeof listCustomersByEmail>>[number];
export type KeptAccount = Awaited<ReturnType<typeof listAccounts>>[number];

/** All that is kept about some drafts, their customers and accounts: what a plan decides on. */
export interface OrderContext {
  business: Business;
  /** By `buyerId` of the drafts: emails present or former, keys of sources, ids. */
  customers: ReadonlyMap<string, KeptCustomer>;
  accounts: ReadonlyMap<string, KeptAccount>;
  /** Companies and households by name, their departments by `departmentKey`. */
  sharedByName: ReadonlyMap<string, KeptAccount>;
  departments: ReadonlyMap<string, KeptAccount>;
  /** `account id, customer id` of every membership. */
  members: ReadonlySet<string>;
  orders: ReadonlyMap<string, Order>;
  /** Sales of nobody under the names of the drafts, by `orderKey`. */
  waiting: ReadonlyMap<string, WaitingSale>;
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
 * Reads what is kept about some drafts, in one round trip; in one more when orders among them are kept already, and in
 * one before when some name their customer by a key or an id. An order that is `answered` at once needs to know what
 * counts after it.
 */
export async function loadOrderContext(
  ctx: Context,
  drafts: readonly OrderDraft[],
  { answered = null }: { answered?: OrderDraft | null } = {},
): Promise<OrderContext> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const keyed = await listKeyed(db, drafts, now);
  const emails = JSON.stringify(
    distinct(drafts.flatMap(({ buyer }) => (buyer.kind === 'email' ? buyer.email : []))),
  );
  const keyedRoots = keyed.flatMap(({ own }) => own?.id ?? []);
  const sharedNames = distinct(drafts.flatMap(({ account }) => account ?? []));
  const names = JSON.stringify(sharedNames);
  const hasShared = sharedNames.length > 0;
  const keys = JSON.stringify(drafts.map(({ source, number }) => [source, number]));
  const [business, named, totals, keyedTotals, orderRows, sales, payments, later, shared, members, dueLots] =
    await Promise.all([
      getBusiness({ ...ctx, db }),
      listCustomersByEmail(db, { emails, now }),
      listNamedTotals(db, { emails, names }),
      keyedRoots.length === 0 ? [] : listTotals(db, { ids: JSON.stringify(keyedRoots) }),
      listOrdersByKey(db, { keys }),
      listSalesByKey(db, { keys }),
      listVoucherPayments(db, { keys }),
      answered === null ? [] : listLater(db, answered, keyedRoots),
      hasShared ? listSharedAccounts(db, { names }) : [],
      hasShared ? listSharedMemberships(db, { names }) : [],
      hasShared ? listSharedDueLots(db, { names, now }) : [],
    ]);
  const customers = [...keyed, ...named];
  const own = customers.flatMap((customer) => customer.own ?? []);
  const [orders, counted] = await Promise.all([
    completeOrders(db, orderRows),
    orderRows.length === 0 ? [] : listCounted(db, { keys: countedKeys(orderRows) }),
  ]);
  return {
    business,
    customers: new Map([...customersByKey(keyed), ...customersByEmail(named)]),
    accounts: new Map([...own, ...shared].map((account) => [account.id, account])),
    sharedByName: new Map(shared.filter(({ kind }) => kind === 'shared').map((one) => [one.name, one])),
    departments: new Map(
      shared
        .filter(({ kind }) => kind === 'department')
        .map((one) => [departmentKey(one.rootId, one.name), one]),
    ),
    members: new Set([
      ...customers.flatMap(ownMembership),
      ...members.map(({ accountId, customerId }) => membershipKey(accountId, customerId)),
    ]),
    orders: new Map(orders.map((order) => [orderKey(order), order])),
    waiting: new Map(sales.map((sale) => [orderKey(sale.order), sale])),
    voucherPaid: paidByOrder(payments),
    totals: new Map(
      [...Map.groupBy([...totals, ...keyedTotals], (row) => row.rootId)].map(([id, rows]) => [
        id,
        totalsByKey(rows),
      ]),
    ),
    counted: countedByOrder(counted),
    dueLots: new Set([
      ...customers.flatMap(({ hasDueLots, own: account }) =>
        hasDueLots && account !== null ? [account.id] : [],
      ),
      ...dueLots.map(({ accountId }) => accountId),
    ]),
    later: later.map(toSettledRow),
  };
}

function ownMembership({ isMember, own, customerId }: KeptCustomer): string[] {
  return isMember && own !== null ? [membershipKey(own.id, customerId)] : [];
}

/** Those whom drafts name by what their source calls them, or by an id; mostly none. */
function listKeyed(db: Store, drafts: readonly OrderDraft[], now: number) {
  const keys = drafts.flatMap(({ source, buyer }) =>
    (buyer.kind === 'key' || buyer.kind === 'email') && buyer.key !== null ? [[source, buyer.key]] : [],
  );
  const ids = drafts.flatMap(({ buyer }) => (buyer.kind === 'customer' ? buyer.id : []));
  if (keys.length === 0 && ids.length === 0) return [];
  return listCustomersByKey(db, { keys: JSON.stringify(keys), ids: JSON.stringify(ids), now });
}

/** What counts after an order's place in the account that it says it belongs to. */
async function listLater(
  db: Store,
  { buyer, account, placedAt, number, source }: OrderDraft,
  keyedRoots: readonly string[],
): Promise<KeptCount[]> {
  const place = { placedAt: placedAt.at, number, source };
  const emails = JSON.stringify(account === null && buyer.kind === 'email' ? [buyer.email] : []);
  const names = JSON.stringify(account === null ? [] : [account]);
  const named = await listNamedLaterCounted(db, { ...place, emails, names });
  const [rootId] = keyedRoots;
  if (named.length > 0 || account !== null || rootId === undefined) return named;
  return listLaterCounted(db, { ...place, rootId });
}

export type CountedRow = Awaited<ReturnType<typeof listCounted>>[number];

export function countedByOrder(rows: readonly CountedRow[]): Map<string, SettledRow[]> {
  return new Map(
    [...Map.groupBy(rows, (row) => row.orderId)].map(([id, own]) => [id, own.map(toSettledRow)]),
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

function customersByEmail(rows: readonly KeptCustomer[]): Map<string, KeptCustomer> {
  const former = rows.flatMap((row) => (row.formerEmail === null ? [] : [[row.formerEmail, row] as const]));
  const present = rows.flatMap((row) => (row.email === null ? [] : [[row.email, row] as const]));
  return new Map([...former, ...present]);
}

function customersByKey(
  rows: readonly Awaited<ReturnType<typeof listCustomersByKey>>[number][],
): Map<string, KeptCustomer> {
  return new Map(
    rows.map(({ source, key, ...row }) => [
      source === null || key === null
        ? buyerId({ source: '', buyer: { kind: 'customer', id: row.customerId } })
        : customerKeyId(source, key),
      row,
    ]),
  );
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
