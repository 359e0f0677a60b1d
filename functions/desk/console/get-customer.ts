import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customerNotes, customers, staff } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { choosePlace } from '../../money/accounts/own-places.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { findProfile, listConsentRows } from '../../people/joining/find-profile.ts';
import { questions } from '../../people/joining/questions.ts';
import { listSuppressed } from '../../people/mail/list-suppressed.ts';
import { getOverviewForStaff } from '../portal/get-overview.ts';
import { listOrders } from '../portal/list-orders.ts';
import { listHistory } from './list-history.ts';
import type { CustomerFile } from './types.ts';

export interface CustomerFileQuery {
  customerId: string;
  /** Null for the first that ever bought something. */
  accountId: string | null;
  ordersPage: number;
  historyPage: number;
}

const findCustomer = query((db) =>
  db
    .select({
      email: customers.email,
      key: sql<
        string | null
      >`(SELECT source || ' ' || key FROM customer_keys WHERE customer_id = ${customers.id}
        ORDER BY source, key LIMIT 1)`,
      name: customers.name,
      memberNumber: customers.memberNumber,
      phone: customers.phone,
      address: customers.address,
      claimedAt: customers.claimedAt,
      createdAt: customers.createdAt,
      withdrawnAt: customers.withdrawnAt,
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);

const listNotes = query((db) =>
  db
    .select({
      id: customerNotes.id,
      text: customerNotes.text,
      at: customerNotes.at,
      by: sql<string | null>`coalesce(${staff.name}, ${staff.email})`,
    })
    .from(customerNotes)
    .leftJoin(staff, sql`${customerNotes.actor} = 'staff:' || ${staff.id}`)
    .where(eq(customerNotes.customerId, sql.placeholder('customerId')))
    .orderBy(desc(customerNotes.at), desc(customerNotes.id))
    .limit(50),
);

/**
 * One customer for staff to read: balance and orders exactly as the customer sees them, and the whole history of the
 * account, in and out; what they told about themselves to all but analysts. A page beyond the last shows the last.
 * @throws {AppError} `not_found`, `unauthenticated`, `forbidden`
 */
export async function getCustomer(ctx: Context, asked: CustomerFileQuery): Promise<CustomerFile> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const { customerId, accountId } = asked;
  const [[customer], places] = await Promise.all([
    findCustomer(ctx.db, { customerId }),
    listPlaces(ctx.db, customerId),
  ]);
  if (customer === undefined || customer.withdrawnAt !== null || places.length === 0)
    throw new AppError('not_found', 'There is no such customer.');
  const place = await choosePlace(ctx, places, accountId);
  const asCustomer: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const shown = { accountId: accountId ?? place.rootId };
  const isAnalyst = ctx.actor.kind === 'staff' && ctx.actor.role === 'analyst';
  const [overview, orders, history, notes, consents, suppressed, [profile]] = await Promise.all([
    getOverviewForStaff(ctx, { customerId, ...shown }),
    listOrders(asCustomer, { ...shown, search: null, state: null, year: null, page: asked.ordersPage }),
    listHistory(ctx, { rootId: place.rootId, customerId, page: asked.historyPage }),
    listNotes(ctx.db, { customerId }),
    listConsentRows(ctx.db, { customerId }),
    listSuppressed(ctx.db, { customerId, address: null }),
    isAnalyst ? [] : findProfile(ctx.db, { customerId, now: ctx.now() }),
  ]);
  const { email, key, name, memberNumber, claimedAt, createdAt } = customer;
  return {
    email,
    key,
    name,
    memberNumber,
    phone: isAnalyst ? null : customer.phone,
    address: isAnalyst ? null : customer.address,
    claimedAt,
    knownSince: createdAt,
    accounts: overview.accounts,
    overview,
    orders,
    history,
    notes,
    answers: questions.flatMap((question) => {
      const answer = profile?.answers.find((one) => one.question === question)?.answer ?? null;
      return answer === null ? [] : [{ question, answer }];
    }),
    consents,
    suppressed: suppressed.map(({ reason }) => reason),
    formKey: newId(),
  };
}
