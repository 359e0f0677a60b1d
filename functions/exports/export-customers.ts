import { joiningDayOf } from '../accounts/root.ts';
import { getBusiness } from '../business/business.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { listCustomerPage, listEmaillessCustomerPage } from './account-queries.ts';
import { type Days, spanOf } from './days.ts';
import type { Row, Table } from './write-rows.ts';

const customerColumns = [
  ...['email', 'customer_key', 'source', 'name', 'account', 'department', 'member_number', 'joined_at'],
] as const;

const CUSTOMERS_PER_PAGE = 1000;

/**
 * Every customer by email, once per account they belong to; `account` is empty for their own. `joined_at` is the
 * account's joining day (DOMAIN §2, Periods), which `since` and `until` refer to; empty while there is none.
 */
export async function exportCustomers(ctx: Context, days: Days): Promise<Table> {
  allow(ctx.actor, 'customers:read');
  const { timeZone } = await getBusiness(ctx);
  spanOf(days, timeZone);
  return { columns: customerColumns, pages: listPages(ctx, days, timeZone) };
}

/** Customers without an email first, by id; then by email. */
async function* listPages(ctx: Context, days: Days, timeZone: string): AsyncGenerator<Row[]> {
  const limit = CUSTOMERS_PER_PAGE;
  for (let after = ''; ; ) {
    const members = await listEmaillessCustomerPage(ctx.db, { after, limit });
    yield rowsOf(members, days, timeZone);
    const last = members.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (let after = ''; ; ) {
    const members = await listCustomerPage(ctx.db, { after, limit });
    yield rowsOf(members, days, timeZone);
    const last = members.at(-1);
    if (last === undefined) return;
    after = last.email ?? '';
  }
}

function rowsOf(members: Awaited<ReturnType<typeof listCustomerPage>>, days: Days, timeZone: string): Row[] {
  return members.flatMap((member) => {
    const { email, key, source, name, account, department, memberNumber, firstPlacedAt, signedUpAt } = member;
    const hasJoined = firstPlacedAt !== null || signedUpAt !== null;
    const joined = hasJoined ? joiningDayOf({ firstPlacedAt, signedUpAt }, timeZone, 0) : null;
    if (!isWithin(joined, days)) return [];
    return [[email, key, source, name, account, department, memberNumber, joined]];
  });
}

function isWithin(day: string | null, { since, until }: Days): boolean {
  if (day === null) return since === null && until === null;
  return (since === null || day >= since) && (until === null || day < until);
}
