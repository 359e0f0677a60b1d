import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { customerNotes, staff } from '../../../db/schema/index.ts';
import { listContacts } from '../../care/contacts/list-contacts.ts';
import { listTasks } from '../../care/contacts/tasks/list-tasks.ts';
import { listSuppressed } from '../../ground/outbox/list-suppressed.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { getFacts } from '../../insight/facts/get-facts.ts';
import { listForecasts, yearSpend } from '../../insight/forecasts/get-forecast.ts';
import { getTypical } from '../../insight/numbers/get-typical.ts';
import { getOpinions } from '../../insight/opinions/get-opinions.ts';
import { listRecommendations } from '../../insight/recommendations/list-recommendations.ts';
import { getValue, listSpend } from '../../insight/value/get-value.ts';
import { listConsentRows } from '../../people/joining/find-profile.ts';
import { mayTell } from '../../people/preferences/may-tell.ts';
import { getOverviewForStaff } from '../portal/get-overview.ts';
import { listOrders } from '../portal/list-orders.ts';
import { findHead } from './customers/find-head.ts';
import { listHistory } from './list-history.ts';
import type { CustomerFile } from './types.ts';

const RECOMMENDED = 5;
const CONTACTS = 5;

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
  const roots = head.accounts.map(({ id }) => id);
  const [
    overview,
    orders,
    history,
    notes,
    consents,
    suppressed,
    facts,
    [forecast, ...forecasts],
    value,
    spend,
    recommendations,
    typical,
    contacts,
    tasks,
    opinions,
    mayCall,
  ] = await Promise.all([
    getOverviewForStaff(ctx, { customerId, ...shown }),
    listOrders(asCustomer, { ...shown, search: null, state: null, year: null, page: asked.ordersPage }),
    listHistory(ctx, { rootId: place.rootId, customerId, page: asked.historyPage }),
    listNotes(ctx.db, { customerId }),
    listConsentRows(ctx.db, { customerId }),
    listSuppressed(ctx.db, { customerId, address: null }),
    getFacts(ctx, { accountId: place.rootId }),
    listForecasts(ctx, { accountIds: [place.rootId, ...roots.filter((id) => id !== place.rootId)] }),
    getValue(ctx, { accountId: place.rootId }),
    listSpend(ctx, roots),
    listRecommendations(ctx, { customerId, accountId: place.rootId, limit: RECOMMENDED }),
    getTypical(ctx, { accountId: place.rootId }),
    listContacts(ctx, { rootId: place.rootId, limit: CONTACTS }),
    listTasks(ctx, { rootId: place.rootId, view: 'open' }),
    getOpinions(ctx, { accountId: place.rootId, isBrief: true }),
    mayTell(ctx, { customerId, topic: 'contact', channel: 'phone', isLimited: true }),
  ]);
  assert(forecast, 'a forecast for each account asked about');
  const aheadOf = new Map([forecast, ...forecasts].map((told) => [told.accountId, yearSpend(told)]));
  const nameOf = new Map(head.accounts.map(({ id, name }) => [id, name ?? '']));
  return {
    head,
    overview,
    orders,
    history,
    notes,
    consents,
    suppressed: suppressed.map(({ reason }) => reason),
    ...{ facts, forecast, value, typical },
    relationships: (spend?.accounts ?? []).map((part) => ({
      ...part,
      name: nameOf.get(part.accountId) ?? '',
      expected: aheadOf.get(part.accountId) ?? null,
    })),
    ...{ recommendations, opinions },
    contacts: contacts.items,
    tasks: tasks.items,
    mayCall,
    formKey: newId(),
  };
}
