import type { Store } from '../../../db/store.ts';
import type { Days, SheetRow, Table } from '../../ground/formats/table.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { allowNamedFile } from '../../ground/platform/personal.ts';
import { joiningDayOf } from '../../money/accounts/root.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listOwnFields, listOwnValues } from '../../people/own-fields/list-own-fields.ts';
import type { OwnField } from '../../people/own-fields/own-field.ts';
import { listCustomerPage, listEmaillessCustomerPage } from './account-queries.ts';
import { momentText, spanOf } from './days.ts';

/** As they are imported again, see `imports/customers/columns.ts`. */
const exportedColumns = [
  ...['email', 'customer_key', 'source', 'name', 'phone', 'address', 'birthday', 'language', 'tone'],
  ...['account', 'account_kind', 'department', 'member_number', 'joined_at', 'why_us', 'interests'],
  ...['news', 'news_at', 'news_source', 'note'],
] as const;

const CUSTOMERS_PER_PAGE = 1000;

/**
 * Every customer by email, once per account they belong to; `account` is empty for their own. `joined_at` is the
 * account's joining day (DOMAIN §2, Periods), which `since` and `until` refer to; empty while there is none. It names people, so
 * analysts do not get it.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function exportCustomers(ctx: Context, days: Days): Promise<Table> {
  allow(ctx.actor, 'customers:read');
  allowNamedFile(ctx.actor);
  const { timeZone } = await getBusiness(ctx);
  spanOf(days, timeZone);
  const fields = await listOwnFields(ctx.db);
  return {
    columns: [...exportedColumns, ...fields.map(({ key }) => `own:${key}`)],
    pages: listPages(ctx, { days, timeZone, fields }),
  };
}

interface Terms {
  days: Days;
  timeZone: string;
  fields: readonly OwnField[];
}

/** Customers without an email first, by id; then by email. */
async function* listPages(ctx: Context, terms: Terms): AsyncGenerator<SheetRow[]> {
  const limit = CUSTOMERS_PER_PAGE;
  for (let after = ''; ; ) {
    const members = await listEmaillessCustomerPage(ctx.db, { after, limit });
    yield await rowsOf(ctx.db, members, terms);
    const last = members.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (let after = ''; ; ) {
    const members = await listCustomerPage(ctx.db, { after, limit });
    yield await rowsOf(ctx.db, members, terms);
    const last = members.at(-1);
    if (last === undefined) return;
    after = last.email ?? '';
  }
}

async function rowsOf(
  db: Store,
  members: Awaited<ReturnType<typeof listCustomerPage>>,
  { days, timeZone, fields }: Terms,
): Promise<SheetRow[]> {
  const ids = fields.length === 0 ? [] : [...new Set(members.map(({ id }) => id))];
  const values = await listOwnValues(db, ids);
  return members.flatMap((member) => {
    const { firstPlacedAt, signedUpAt } = member;
    const hasJoined = firstPlacedAt !== null || signedUpAt !== null;
    const joined = hasJoined ? joiningDayOf({ firstPlacedAt, signedUpAt }, timeZone, 0) : null;
    if (!isWithin(joined, days)) return [];
    const own = values.get(member.id);
    const row = rowOf(member, joined);
    return [[...row, ...fields.map(({ key }) => own?.get(key) ?? null)]];
  });
}

function isWithin(day: string | null, { since, until }: Days): boolean {
  if (day === null) return since === null && until === null;
  return (since === null || day >= since) && (until === null || day < until);
}

type Member = Awaited<ReturnType<typeof listCustomerPage>>[number];

function rowOf(member: Member, joined: string | null): SheetRow {
  const { email, key, source, name, phone, address, language, account, form, department } = member;
  const tone = member.addressForm === 'first_name' ? 'first' : member.addressForm;
  return [
    ...[email, key, source, name, phone, address, birthdayOf(member), language, tone],
    ...[account, form, department, member.memberNumber, joined, member.why, member.interests],
    ...newsOf(member.news),
    notesOf(member.notes),
  ];
}

function birthdayOf({ birthday, birthYear }: Pick<Member, 'birthday' | 'birthYear'>): string | null {
  if (birthday === null) return null;
  return birthYear === null ? `--${birthday}` : `${birthYear}-${birthday}`;
}

/** Whether, when, and where they agreed to it: in words for what was agreed to elsewhere. */
function newsOf(json: string | null): (string | null)[] {
  if (json === null) return [null, null, null];
  const [isGiven, at, source, text]: [number, number, string, string] = JSON.parse(json);
  return [
    isGiven === 1 ? 'yes' : 'no',
    momentText(at, null),
    source === 'import' || source === 'staff' ? text : source,
  ];
}

/** All remarks as one text, the oldest first. */
function notesOf(json: string): string | null {
  const notes: [string, string][] = JSON.parse(json);
  if (notes.length === 0) return null;
  return notes
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, text]) => text)
    .join('\n\n');
}
