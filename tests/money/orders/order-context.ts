import { newRoot } from '../../../functions/money/accounts/root.ts';
import type { Business } from '../../../functions/money/business/business.ts';
import {
  type KeptAccount,
  type KeptCustomer,
  membershipKey,
  type OrderContext,
} from '../../../functions/money/orders/load-order-context.ts';
import { orderKey } from '../../../functions/money/orders/load-orders.ts';
import type { Order, OrderDraft } from '../../../functions/money/orders/order.ts';
import { type DraftsPlan, planDrafts } from '../../../functions/money/orders/plan-drafts.ts';
import type { WaitingSale } from '../../../functions/money/orders/waiting/sale.ts';
import type { RuleVersion } from '../../../functions/money/rewards/types.ts';
import { portal } from '../../../src/portal.config.ts';
import { aProgramme, aVersion } from '../rewards/builders.ts';
import { aKeptOrder, march } from './builders.ts';

/** Sells in EUR by the clock of Kyiv, under these rules. */
export function aBusiness(versions: RuleVersion[] | null): Business {
  return {
    currency: 'EUR',
    timeZone: 'Europe/Kyiv',
    isTimeZoneSet: true,
    revision: 1,
    programme: null,
    compiled: versions === null ? null : aProgramme(versions),
    settings: new Map(),
    texts: new Map(),
    identity: portal,
  };
}

export function anAccount(parts: Partial<KeptAccount> = {}): KeptAccount {
  const id = parts.id ?? 'account';
  return { ...newRoot(id, 1), rootId: id, kind: 'personal', name: '', ...parts };
}

/** A customer with an own account, who is called by what stands before the @. */
export function aCustomer(email: string, own: Partial<KeptAccount> = {}): KeptCustomer {
  const customerId = email.slice(0, email.indexOf('@'));
  return {
    customerId,
    email,
    customerName: null,
    claimedAt: null,
    language: null,
    customerWithdrawnAt: null,
    formerEmail: null,
    own: anAccount({ id: `${customerId}-own`, ...own }),
    isMember: true,
    hasDueLots: false,
  };
}

export const ann = aCustomer('ann@x.example');

/** Nothing is known but a rule that gives 5.00 for every 100.00. */
export function aKnown(parts: Partial<OrderContext> = {}): OrderContext {
  return {
    business: aBusiness([aVersion(1)]),
    customers: new Map(),
    accounts: new Map(),
    sharedByName: new Map(),
    departments: new Map(),
    members: new Set(),
    orders: new Map(),
    waiting: new Map(),
    voucherPaid: new Map(),
    totals: new Map(),
    counted: new Map(),
    dueLots: new Set(),
    later: [],
    ...parts,
  };
}

/** Some customers are known, by email, with their accounts. */
export function named(customers: readonly KeptCustomer[], parts: Partial<OrderContext> = {}): OrderContext {
  const accounts = customers.flatMap(({ own }) => own ?? []);
  return aKnown({
    customers: new Map(customers.map((one) => [one.email ?? '', one])),
    accounts: new Map(accounts.map((one) => [one.id, one])),
    members: new Set(customers.map(({ own, customerId }) => membershipKey(own?.id ?? '', customerId))),
    ...parts,
  });
}

/** Order A-1 while nobody has said whose it is. */
export function aSale(parts: Partial<Order> = {}): WaitingSale {
  return {
    order: aKeptOrder({ accountId: '', rootId: '', customerId: '', ...parts }),
    customerName: null,
    account: null,
    department: null,
    receiptCode: 'AAAA-BBBB-CCCC',
    version: 1,
    actor: 'key:till',
  };
}

/** The day of March of a moment; null when there is none. */
export function dayOf(at: number | undefined): number | null {
  return at === undefined ? null : new Date(at).getUTCDate();
}

/** Ann has bought order A-1 already, of which a programme counted 100.00. */
export function withOrder(kept: Partial<Order> = {}, parts: Partial<OrderContext> = {}): OrderContext {
  const order = aKeptOrder({ customerId: 'ann', accountId: 'ann-own', rootId: 'ann-own', ...kept });
  const row = {
    ...{ ruleId: 'back', version: 1, period: { start: '2000-01-01', end: null } },
    ...{ counted: 10_000n, settlesAt: march(1).at, isSettled: true },
  };
  return named([ann], {
    orders: new Map([[orderKey(order), order]]),
    counted: new Map([[order.id, [row]]]),
    ...parts,
  });
}

export const now = march(20).at;

export function plan(
  drafts: readonly OrderDraft[],
  known: OrderContext = aKnown(),
  importId: string | null = null,
) {
  return planDrafts(drafts, known, { now, importId });
}

/** What each draft became: its kind, or the code it was refused with. */
export const outcomes = ({ outcomes: all }: DraftsPlan) =>
  all.map((one) => (one.kind === 'rejected' ? one.code : one.kind));
/** What is done to which table, in this order. */
export const acts = ({ statements }: DraftsPlan) =>
  statements.map(({ sql }) => {
    const [, act, table] = /^(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)/.exec(sql) ?? [];
    return `${act?.split(' ')[0]?.toLowerCase()} ${table}`;
  });
/** What the rules count before and after each change. */
export const counted = ({ account }: DraftsPlan) =>
  account.changes.map(({ before, after }) => [
    before.map((row) => row.counted),
    after.map((row) => row.counted),
  ]);
export const spend = ({ account }: DraftsPlan) =>
  [...account.spend].map(([code, sums]) => [code, sums.minor, sums.orders]);
