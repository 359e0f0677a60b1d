import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { downloadCustomers } from '../../../functions/desk/console/customers/download-customers.ts';
import { followFigures } from '../../../functions/desk/console/customers/follow-figures.ts';
import { listCustomers } from '../../../functions/desk/console/customers/list-customers.ts';
import type { CustomersAsked } from '../../../functions/desk/console/customers/read-filter.ts';
import { listConsoleOrders } from '../../../functions/desk/console/orders/list-orders.ts';
import { askedNames } from '../../../functions/desk/console/orders/read-filter.ts';
import { search } from '../../../functions/desk/console/search.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const everyone: CustomersAsked = {
  ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
  ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
  ...{ own: '', value: '', manager: '', sort: '', order: '' },
};

const staffOf = (shop: Shop, role: Role = 'agent') =>
  ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const find = (shop: Shop, asked: Partial<CustomersAsked>, cursor: string | null = null) =>
  listCustomers(staffOf(shop), { ...everyone, ...asked }, cursor);

const csvOf = async (shop: Shop, asked: Partial<CustomersAsked>) =>
  new Response(await downloadCustomers(staffOf(shop), { ...everyone, ...asked }, [])).text();

/** A shop with so many more customers, all of the one account of whoever ordered. */
async function openFullShop(many: number, more: readonly Statement[] = []): Promise<Shop> {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ customer: { email: 'ann@example.com', name: 'Ann' } });
  await find(shop, {});
  await shop.ctx.db.write([
    statement(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO customers (id, email, name, created_at) SELECT 'n' || i, 'n' || i || '@example.com', printf('N%05d', i), i FROM n`,
      many,
    ),
    statement(
      `INSERT INTO customer_figures (customer_id, root_id, kind, is_claimed, joined_at, spend_minor, order_count,
         year_spend_minor, last_placed_at, balance_minor, is_in_club, wants_news, has_lapsed)
       SELECT c.id, f.root_id, f.kind, 0, c.created_at, 0, 0, 0, 0, 0, 0, 0, 0
       FROM customers AS c CROSS JOIN customer_figures AS f ON f.customer_id = ? WHERE c.id LIKE 'n%'`,
      customerId,
    ),
    ...more,
  ]);
  return shop;
}

test('finds in an own field of text what newer customers have in another one, and says where it was too much', async () => {
  const field = (key: string) =>
    statement(
      `INSERT INTO own_fields (key, kind, names, choices, customers, at, actor) VALUES (?, 'text', '{"en":"It"}', '[]', 'nothing', 1, 'x')`,
      key,
    );
  const values = (key: string, value: string, where: string) =>
    statement(
      `INSERT INTO own_field_values (customer_id, field_key, value, at, actor) SELECT id, ?, ?, 1, 'x' FROM customers WHERE id LIKE 'n%' AND ${where}`,
      ...[key, value],
    );
  const shop = await openFullShop(2600, [
    ...[field('tea'), field('cup')],
    values('tea', 'Grün', 'created_at <= 10'),
    values('cup', 'grün', 'created_at BETWEEN 11 AND 1500'),
    values('tea', 'schwarz', 'created_at BETWEEN 11 AND 1500'),
    values('cup', 'rot wie Ziegel', 'created_at > 1500'),
  ]);
  expect(await find(shop, { own: 'tea', value: 'grün' })).toMatchObject({ total: 10, isCut: false });
  expect(await find(shop, { own: 'cup', value: 'ziegel' })).toMatchObject({ total: 1000, isCut: true });
  expect(await find(shop, { own: 'cup', value: 'ro' })).toMatchObject({ total: 1000, isCut: true });
  const rows = (await csvOf(shop, { own: 'tea', value: 'grün' })).trim().split('\n');
  expect(rows).toHaveLength(11);
  await expect(csvOf(shop, { own: 'cup', value: 'ziegel' })).rejects.toMatchObject({
    errors: [{ code: 'too_many_found' }],
  });
});

test('says that more companies have a name that begins so than are looked at, however few their people', async () => {
  const shop = await openFullShop(10);
  const companies = (from: number, to: number) =>
    shop.ctx.db.write([
      statement(
        `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
         INSERT INTO accounts (id, root_id, kind, name, form, history_seq, ledger_seq, ledger_hash, balance_minor, settled_revision, created_at)
         SELECT 'a' || i, 'a' || i, 'shared', printf('Firm %05d', i), 'company', 0, 0, '', 0, 0, 1 FROM n`,
        from,
        to,
      ),
    ]);
  await companies(1, 1000);
  await shop.ctx.db.write([
    statement(
      `INSERT INTO memberships (account_id, customer_id, since) SELECT 'a' || created_at, id, 1 FROM customers WHERE id LIKE 'n%'`,
    ),
  ]);
  expect(await find(shop, { company: 'firm' })).toMatchObject({ total: 10, isCut: false });
  await companies(1001, 1001);
  expect(await find(shop, { company: 'firm' })).toMatchObject({ total: 10, isCut: true });
  expect(await find(shop, { company: 'Firm 0100' })).toMatchObject({ total: 0, isCut: false });
});

test('says so as soon as a text finds one more customer than are looked at', async () => {
  expect(await find(await openFullShop(1000), { search: 'N0' })).toMatchObject({ total: 1000, isCut: false });
  expect(await find(await openFullShop(1001), { search: 'N0' })).toMatchObject({ total: 1000, isCut: true });
});

test('finds nobody by telephone for an analyst, on no page that searches', async () => {
  const shop = await openFullShop(30, [
    statement(
      "UPDATE customers SET phone = '+44 20 7946 0' || printf('%03d', created_at) WHERE id LIKE 'n%'",
    ),
    statement("UPDATE customers SET phone = '+44 20 7946 0999' WHERE name = 'Ann'"),
    statement(
      "INSERT INTO customer_keys (source, key, customer_id, since) VALUES ('till', '20 7946', 'n1', 1)",
    ),
  ]);
  const seen = async (role: Role, text: string) => {
    const ctx = staffOf(shop, role);
    const none = Object.fromEntries(askedNames.map((name) => [name, '']));
    const list = await listCustomers(ctx, { ...everyone, search: text }, null);
    const orders = await listConsoleOrders(
      ctx,
      { ...none, search: text } as Parameters<typeof listConsoleOrders>[1],
      null,
    );
    return [list.total, (await search(ctx, { text })).customers.length, orders.items.length];
  };
  expect(await seen('agent', '79460999')).toEqual([1, 1, 1]);
  expect(await seen('analyst', '79460999')).toEqual([0, 0, 0]);
  expect(await seen('analyst', '0999')).toEqual([0, 0, 0]);
  // What an analyst reads on the page is found by, among others who have it in their telephone.
  expect(await seen('agent', '20 7946')).toEqual([31, 20, 1]);
  expect(await seen('analyst', '20 7946')).toEqual([1, 1, 0]);
  expect(await seen('analyst', 'XAMPLE.com')).toEqual([31, 20, 1]);
});

test('keeps a customer in the order of names while an order of theirs is brought into the list', async () => {
  const shop = await openShop(moneyBack);
  const { db } = shop.ctx;
  const seen: string[] = [];
  const watched: Store = {
    ...db,
    read: db.read.bind(db),
    fresh: db.fresh,
    write: async (statements) => {
      const written = await db.write(statements);
      const rows = await db.read(
        statement('SELECT name_key, order_count FROM customer_figures ORDER BY customer_id'),
      );
      seen.push(rows.map(([key, orders]) => `${key} ${orders}`).join(', '));
      return written;
    },
  };
  await followFigures(shop.ctx);
  for (const _ of [1, 2]) {
    await shop.order({ customer: { email: 'ann@example.com', name: 'Ann' } });
    await followFigures({ ...shop.ctx, db: watched });
  }
  expect([...new Set(seen)]).toEqual(['ann 1', 'ann 2']);
});

test('shows everybody, also while names are put in order after an upgrade', async () => {
  const shop = await openFullShop(1500);
  const pages = async (first: Awaited<ReturnType<typeof find>>) => {
    const names = first.items.map(({ name }) => name);
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page = await find(shop, { sort: 'name' }, cursor);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    return names;
  };
  const csv = await csvOf(shop, { sort: 'name' });
  expect(new Set(csv.trim().split('\n')).size).toBe(1502);
  await shop.ctx.db.write([statement('UPDATE customer_figures SET name_key = NULL')]);
  const first = await find(shop, { sort: 'name' });
  expect(first).toMatchObject({ total: 1501, isUnsorted: true });
  const names = await pages(first);
  expect([names.length, new Set(names).size]).toEqual([1501, 1501]);
  while ((await followFigures(shop.ctx)).passed > 0);
  const sorted = await find(shop, { sort: 'name' });
  expect(sorted.isUnsorted).toBe(false);
  expect(await pages(sorted)).toEqual([...names].sort());
});

test('takes no more steps than a run of jobs has left, and leaves half of them to others', async () => {
  const shop = await openFullShop(1500);
  let asked = 0;
  const { db } = shop.ctx;
  const counted = new Proxy(db, {
    get: (target, name) => {
      if (name === 'fresh') return counted;
      const value = Reflect.get(target, name);
      if (name !== 'read' && name !== 'write') return value;
      return (...args: unknown[]) => {
        asked += 1;
        return Reflect.apply(value, target, args);
      };
    },
  });
  const steps = { left: 4 };
  const small = { name: 'customer-list', start: 'beginning', step: 100, stepsMax: 200 } as const;
  await followFigures({ ...shop.ctx, db: counted, steps }, small);
  // One step behind the changes, and two for names, of which there are fifteen hundred.
  expect(steps.left).toBe(1);
  expect(asked).toBeLessThanOrEqual(8);
  const [row] = await db.read(statement('SELECT count(*) FROM customer_figures WHERE name_key IS NULL'));
  expect(Number(row?.[0])).toBe(1300);
});
