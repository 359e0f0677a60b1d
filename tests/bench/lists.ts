import { openEmbedded } from '../../db/embedded.ts';
import { statement } from '../../db/query.ts';
import type { Store } from '../../db/store.ts';
import { customerSorts } from '../../functions/desk/console/customers/customer-filter.ts';
import { listCustomers } from '../../functions/desk/console/customers/list-customers.ts';
import type { CustomersAsked } from '../../functions/desk/console/customers/read-filter.ts';
import { listConsoleOrders } from '../../functions/desk/console/orders/list-orders.ts';
import type { OrdersAsked } from '../../functions/desk/console/orders/read-filter.ts';
import { search } from '../../functions/desk/console/search.ts';
import { getToday } from '../../functions/desk/today/get-today.ts';
import { median } from './compare.ts';
import { fillLists } from './lists-seed.ts';
import { contextOn } from './seed.ts';

/** Processor time of a page of a list, ours and the bare query's, in milliseconds. */
export interface ListRow {
  what: string;
  ours_ms: number;
  /** Null where nothing bare could stand beside it. */
  bare_ms: number | null;
}

const CALLS = 41;

/**
 * The lists of the console over so many customers with an order each, beside the least that reads the same rows: one table
 * with all that is shown and an index for the question, asked by kept statements, its rows counted as far as ours are.
 */
export async function measureLists(customers: number, folder: string): Promise<ListRow[]> {
  const db = openEmbedded(await fillLists(customers, folder));
  const ctx = contextOn(db);
  try {
    const rows: ListRow[] = [];
    const compare = async (
      what: string,
      ours: () => Promise<unknown>,
      bare: (() => Promise<unknown>) | null,
    ) => {
      const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
      for (let call = 0; call < CALLS; call += 1) {
        times.ours.push(await timeOf(ours));
        if (bare !== null) times.bare.push(await timeOf(bare));
      }
      rows.push({ what, ours_ms: median(times.ours), bare_ms: bare === null ? null : median(times.bare) });
    };
    for (const [what, asked, where] of customerFilters) {
      for (const sort of what === 'everybody' ? customerSorts : customerSorts.slice(0, 3)) {
        const bare = await openBare(db, where, sort);
        await compare(
          `customers: ${what}, by ${sort}`,
          () => listCustomers(ctx, { ...anybody, ...asked, sort }, null),
          bare,
        );
      }
    }
    await compare(
      'customers: a part of a name',
      () => listCustomers(ctx, { ...anybody, search: 'rname17' }, null),
      bareSearch(db, 'rname17'),
    );
    await compare(
      'search: a part of a name',
      () => search(ctx, { text: 'rname17' }),
      bareSearch(db, 'rname17'),
    );
    for (const [what, asked, where, index] of orderFilters)
      await compare(
        `orders: ${what}`,
        () => listConsoleOrders(ctx, { ...anyOrder, ...asked }, null),
        bareOrders(db, where, index),
      );
    await compare('today', () => getToday(ctx, { period: 'month', since: '', until: '' }), null);
    return rows;
  } finally {
    db.close();
  }
}

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What is asked, and the same of the bare table. */
const customerFilters: [string, Partial<CustomersAsked>, string][] = [
  ['everybody', {}, '1'],
  ['companies', { kind: 'company' }, "kind = 'company'"],
  ['the club', { club: 'yes' }, 'is_in_club = 1'],
  ['members', { member: 'yes' }, 'is_claimed = 1'],
  ['debts', { debt: 'yes' }, 'balance_minor < 0'],
  ['lapsed credit', { lapsed: 'yes' }, 'has_lapsed = 1'],
  ['who wants news', { news: 'yes' }, 'wants_news = 1'],
  ['spend up to', { to: '1' }, 'spend_minor <= 100'],
  ['spend from', { from: '100' }, 'spend_minor >= 10000'],
  ['last order since', { lastSince: '2026-11-01' }, `last_placed_at >= ${Date.UTC(2026, 10, 1)}`],
  ['last order until', { lastUntil: '2023-06-30' }, `last_placed_at < ${Date.UTC(2023, 6, 1)}`],
  ['joined since', { joinedSince: '2026-11-01' }, `joined_at >= ${Date.UTC(2026, 10, 1)}`],
  ['joined until', { joinedUntil: '2023-06-30' }, `joined_at < ${Date.UTC(2023, 6, 1)}`],
  ['an own field', { own: 'tea', value: 'Green' }, "tea = 'Green'"],
];

const anybody: CustomersAsked = {
  ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
  ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
  ...{ own: '', value: '', manager: '', sort: '', order: 'up' },
};

const anyOrder: OrdersAsked = {
  ...{ search: '', since: '', until: '', state: '', source: '' },
  ...{ currency: '', from: '', to: '', promise: '', customer: '' },
};

const orderFilters: [string, Partial<OrdersAsked>, string, string][] = [
  ['the newest', {}, "currency = 'EUR'", 'orders_listed'],
  [
    'of a day',
    { since: '2026-11-01', until: '2026-11-01' },
    `currency = 'EUR' AND placed_at >= ${Date.UTC(2026, 10, 1)} AND placed_at < ${Date.UTC(2026, 10, 2)}`,
    'orders_listed',
  ],
  ['on the way', { state: 'shipped' }, "status = 'shipped' AND status <> 'delivered'", 'orders_by_state'],
  ['of a small source', { source: 'web' }, "currency = 'EUR' AND source = 'web'", 'orders_listed'],
];

/** Fifty with one more, and how many, by an index made for it. */
async function openBare(db: Store, where: string, sort: (typeof customerSorts)[number]) {
  const column = {
    name: 'name_key',
    joined: 'joined_at',
    spend: 'spend_minor',
    last: 'last_placed_at',
    balance: 'balance_minor',
  }[sort];
  await db.script(
    `DROP INDEX IF EXISTS bare_sorted; CREATE INDEX bare_sorted ON bare_list (${column}, customer_id) WHERE ${where}`,
  );
  return async () => {
    await db.read(
      statement(
        `SELECT * FROM bare_list INDEXED BY bare_sorted WHERE ${where} ORDER BY ${column}, customer_id LIMIT 51`,
      ),
    );
    await db.read(
      statement(
        `SELECT count(*) FROM (SELECT 1 FROM bare_list INDEXED BY bare_sorted WHERE ${where} LIMIT 10001)`,
      ),
    );
  };
}

const bareSearch = (db: Store, text: string) => () =>
  db.read(
    statement(
      `SELECT b.* FROM customer_words AS w CROSS JOIN search_texts AS s ON s.id = w.rowid CROSS JOIN bare_list AS b
       ON b.customer_id = s.subject_id WHERE customer_words MATCH ? ORDER BY w.rowid DESC LIMIT 1000`,
      `"${text}"`,
    ),
  );

const bareOrders = (db: Store, where: string, index: string) => async () => {
  await db.read(
    statement(`SELECT o.*, c.* FROM (SELECT id FROM orders INDEXED BY ${index} WHERE ${where} ORDER BY placed_at DESC, id DESC LIMIT 51) AS found
    CROSS JOIN orders AS o ON o.id = found.id CROSS JOIN customers AS c ON c.id = o.customer_id`),
  );
  if (index !== 'orders_listed' || where.includes('placed_at') || where.includes('source'))
    await db.read(
      statement(
        `SELECT count(*), sum(total_minor - discount_minor - refunded_minor) FROM orders INDEXED BY ${index} WHERE ${where}`,
      ),
    );
};
