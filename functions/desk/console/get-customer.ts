import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customerNotes, staff } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { getFacts } from '../../insight/facts/get-facts.ts';
import { listConsentRows } from '../../people/joining/find-profile.ts';
import { listSuppressed } from '../../people/mail/list-suppressed.ts';
import { getOverviewForStaff } from '../portal/get-overview.ts';
import { listOrders } from '../portal/list-orders.ts';
import { findHead } from './customers/find-head.ts';
import { listHistory } from './list-history.ts';
import type { CustomerFile } from './types.ts';

export interface CustomerFileQuery {
  customerId: string;
  /** Null for the first that ever bought something. */
  accountId: string | null;
  ordersPage: number;
  historyPage: number;
}

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
 * account, in and out. A page beyond the last shows the last.
 * @throws {AppError} `not_found`, `unauthenticated`, `forbidden`
 */
export async function getCustomer(ctx: Context, asked: CustomerFileQuery): Promise<CustomerFile> {
  const { customerId, accountId } = asked;
  const { head, place } = await findHead(ctx, asked);
  const asCustomer: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const shown = { accountId: accountId ?? place.rootId };
  const [overview, orders, history, notes, consents, suppressed, facts] = await Promise.all([
    getOverviewForStaff(ctx, { customerId, ...shown }),
    listOrders(asCustomer, { ...shown, search: null, state: null, year: null, page: asked.ordersPage }),
    listHistory(ctx, { rootId: place.rootId, customerId, page: asked.historyPage }),
    listNotes(ctx.db, { customerId }),
    listConsentRows(ctx.db, { customerId }),
    listSuppressed(ctx.db, { customerId, address: null }),
    getFacts(ctx, { accountId: place.rootId }),
  ]);
  return {
    head,
    overview,
    orders,
    history,
    notes,
    consents,
    suppressed: suppressed.map(({ reason }) => reason),
    facts,
    formKey: newId(),
  };
}
