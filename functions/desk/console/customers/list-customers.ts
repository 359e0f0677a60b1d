import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import type { Row, Store } from '../../../../db/store.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../../ground/platform/cursor.ts';
import { expectedOf } from '../../../insight/forecasts/list-expected.ts';
import { listOwnValues } from '../../../people/own-fields/list-own-fields.ts';
import type { OwnField } from '../../../people/own-fields/own-field.ts';
import type { CustomerOrder } from './customer-filter.ts';
import {
  type CustomerPlace,
  countFiltered,
  type FoundCustomers,
  findFiltered,
  type Sought,
  seek,
} from './find-filtered.ts';
import { catchUp } from './follow-figures.ts';
import { type MeantCustomers, readMeant } from './meant.ts';
import type { CustomersAsked } from './read-filter.ts';

/** A customer as the list tells of them: the figures are those of the account that is shown first. */
export interface ListedCustomer {
  id: string;
  email: string | null;
  /** What a source calls them, after its name; null for most. */
  key: string | null;
  name: string | null;
  memberNumber: string | null;
  /** To all but analysts. */
  phone: string | null;
  kind: 'personal' | 'household' | 'company';
  /** Of the company or household. */
  accountName: string | null;
  isClaimed: boolean;
  isInClub: boolean;
  wantsNews: boolean;
  joinedAt: number;
  orderCount: number;
  spendMinor: bigint;
  /** In the last 365 days, and expected in the next; null where that cannot be told. */
  yearSpendMinor: bigint;
  expectedMinor: bigint | null;
  balanceMinor: bigint;
  lastPlacedAt: number | null;
  isPinned: boolean;
  rootId: string;
  /** Who of the team has the account; null for nobody who still works here. */
  manager: string | null;
  /** What own fields hold, by key; to all but analysts. */
  own: ReadonlyMap<string, string>;
}

export interface CustomersPage {
  items: ListedCustomer[];
  nextCursor: string | null;
  /** At most {@link COUNTED_MAX}. */
  total: number;
  /** There may be more than the total says: it is counted no further. */
  isTotalOpen: boolean;
  /** It was looked through enough before the page was full; the next one goes on. */
  isShort: boolean;
  /** More was found by a text than is looked at. */
  isCut: boolean;
  /** Not everything that happened is in the list yet, as after an import of many. */
  isBehind: boolean;
  /** Names are being put in order: until then the list is in another order, see {@link orderFor}. */
  isUnsorted: boolean;
  currency: string | null;
  /** What there is to choose from; none for analysts. */
  fields: readonly OwnField[];
}

const ROWS_A_PAGE = 50;
const place = z.tuple([z.union([z.int(), z.string().max(500)]), z.string().max(100)]);

/**
 * The customers that staff ask for, in the order they ask for, with how many there are. Whatever is kept, it reads hardly
 * more than it shows.
 * @throws {AppError} `validation_failed`, `unauthenticated`, `forbidden`
 */
export async function listCustomers(
  ctx: Context,
  asked: CustomersAsked,
  cursor: string | null,
): Promise<CustomersPage> {
  const read = await readMeant(ctx, asked);
  const { isBehind, isUnsorted } = await catchUp(ctx);
  const after = cursor === null ? null : placeIn(cursor);
  const meant = { ...read, order: orderFor(read.order, { isUnsorted, after }) };
  const sought = await seek(ctx.db, meant.filter);
  const [total, { items, places, goOn }] = await Promise.all([
    countFiltered(ctx.db, sought),
    listPage(ctx, { ...meant, sought }, { after, limit: ROWS_A_PAGE + 1 }),
  ]);
  const { business, fields, isCut } = meant;
  const next = places.length > ROWS_A_PAGE ? (places[ROWS_A_PAGE - 1] ?? null) : goOn;
  return {
    items: items.slice(0, ROWS_A_PAGE),
    nextCursor: next === null ? null : encodeCursor([next.by, next.id]),
    ...{
      total: total.count,
      isTotalOpen: total.isOpen,
      isShort: goOn !== null && places.length < ROWS_A_PAGE,
    },
    ...{ isCut, isBehind, isUnsorted: meant.order.sort !== read.order.sort },
    ...{ currency: business.currency, fields },
  };
}

/**
 * The order that everybody stands in: not that of names while some wait to be put into it, as after an upgrade. What began
 * in an order goes on in it.
 */
export function orderFor(
  order: CustomerOrder,
  { isUnsorted, after = null }: { isUnsorted: boolean; after?: CustomerPlace | null },
): CustomerOrder {
  const isOther = after === null ? isUnsorted : typeof after.by === 'number';
  return order.sort === 'name' && isOther ? { sort: 'joined', isFalling: true } : order;
}

/** A page of them after a place, with the place of each and where to go on where it is short. */
export async function listPage(
  { db }: Context,
  {
    sought,
    order,
    isPrivate,
    business,
  }: Pick<MeantCustomers, 'order' | 'isPrivate' | 'business'> & {
    sought: Sought;
  },
  at: { after: CustomerPlace | null; limit: number },
): Promise<FoundCustomers & { items: ListedCustomer[] }> {
  const found = await findFiltered(db, sought, { order, ...at });
  const items = await listByIds(
    db,
    found.places.map(({ id }) => id),
    { isPrivate, currency: business.currency },
  );
  return { items, ...found };
}

/** @throws {AppError} `validation_failed` for a cursor that no list gave */
function placeIn(cursor: string): CustomerPlace {
  const [by, id] = decodeCursor(place, cursor);
  return { by, id };
}

/** Some customers in the order of their ids given. */
async function listByIds(
  db: Store,
  ids: readonly string[],
  { isPrivate, currency }: { isPrivate: boolean; currency: string | null },
): Promise<ListedCustomer[]> {
  if (ids.length === 0) return [];
  const [rows, own] = await Promise.all([
    db.read(statement(listed, JSON.stringify(ids), currency ?? '')),
    listOwnValues(db, isPrivate ? ids : []),
  ]);
  const byId = new Map(rows.map((row) => [String(row[0]), row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toCustomer(row, { isPrivate, own: own.get(id) ?? new Map() })];
  });
}

const listed = `SELECT c.id, c.email, c.name, c.member_number, c.phone,
    (SELECT source || ' ' || key FROM customer_keys WHERE customer_id = c.id ORDER BY source, key LIMIT 1),
    f.kind, CASE WHEN f.kind <> 'personal' THEN r.name END, f.is_claimed, f.is_in_club, f.wants_news, f.joined_at,
    f.order_count, CAST(f.spend_minor AS TEXT), CAST(f.balance_minor AS TEXT), f.last_placed_at,
    EXISTS (SELECT 1 FROM account_pins WHERE root_id = f.root_id), f.root_id,
    (SELECT coalesce(s.name, s.email) FROM account_managers AS m JOIN staff AS s ON s.id = m.staff_id AND s.disabled_at IS NULL
      WHERE m.account_id = f.root_id AND m.ended_at IS NULL),
    CAST(coalesce(y.spend_minor, 0) AS TEXT), e.orders_365_milli, CAST(e.spend_day_minor AS TEXT)
  FROM json_each(?1) AS wanted CROSS JOIN customers AS c ON c.id = wanted.value
  CROSS JOIN customer_figures AS f ON f.customer_id = c.id CROSS JOIN accounts AS r ON r.id = f.root_id
  LEFT JOIN account_years AS y ON y.root_id = f.root_id AND y.currency = ?2
  LEFT JOIN account_forecasts AS e ON e.account_id = f.root_id`;

function toCustomer(
  row: Row,
  { isPrivate, own }: { isPrivate: boolean; own: ReadonlyMap<string, string> },
): ListedCustomer {
  const text = (at: number) => (row[at] === null || row[at] === undefined ? null : String(row[at]));
  const isSo = (at: number) => Number(row[at]) === 1;
  const number = (at: number) => (text(at) === null ? null : Number(text(at)));
  const exact = (at: number) => (text(at) === null ? null : BigInt(text(at) ?? '0'));
  const kind = text(6);
  return {
    id: text(0) ?? '',
    email: text(1),
    name: text(2),
    memberNumber: text(3),
    phone: isPrivate ? text(4) : null,
    key: text(5),
    kind: kind === 'household' || kind === 'company' ? kind : 'personal',
    accountName: text(7),
    isClaimed: isSo(8),
    isInClub: isSo(9),
    wantsNews: isSo(10),
    joinedAt: Number(row[11]),
    orderCount: Number(row[12]),
    spendMinor: BigInt(text(13) ?? '0'),
    yearSpendMinor: BigInt(text(19) ?? '0'),
    expectedMinor: expectedOf({ orders365Milli: number(20), spendDayMinor: exact(21) }),
    balanceMinor: BigInt(text(14) ?? '0'),
    lastPlacedAt: Number(row[15]) === 0 ? null : Number(row[15]),
    isPinned: isSo(16),
    rootId: text(17) ?? '',
    manager: text(18),
    own,
  };
}
