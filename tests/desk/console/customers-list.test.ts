import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import { downloadCustomers } from '../../../functions/desk/console/customers/download-customers.ts';
import { findHead } from '../../../functions/desk/console/customers/find-head.ts';
import { followFigures } from '../../../functions/desk/console/customers/follow-figures.ts';
import { listCustomers } from '../../../functions/desk/console/customers/list-customers.ts';
import type { CustomersAsked } from '../../../functions/desk/console/customers/read-filter.ts';
import { previewMerge } from '../../../functions/desk/merging/merge-customers.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { defineOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { setOwnValues } from '../../../functions/people/own-fields/set-own-values.ts';
import { importCustomers } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const everyone: CustomersAsked = {
  ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
  ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
  ...{ own: '', value: '', manager: '', sort: '', order: '' },
};

const staffOf = (shop: Shop, role: Role = 'agent') =>
  ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

async function namesOf(shop: Shop, asked: Partial<CustomersAsked>): Promise<string> {
  const { items, total } = await listCustomers(staffOf(shop), { ...everyone, sort: 'name', ...asked }, null);
  expect(total).toBe(items.length);
  return items.map(({ name }) => name).join(' ');
}

const placed = (day: string) => ({ placedAt: `${day}T12:00:00Z` });

async function filledShop(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  const who = (name: string) => ({ email: `${name.toLowerCase()}@example.com`, name });
  const ann = await shop.order({ ...placed('2025-06-01'), customer: who('Ann'), totals: [50_000] });
  await shop.order({ ...placed('2026-02-10'), customer: who('Ann'), totals: [10_000], number: 'A-2' });
  await shop.order({
    ...placed('2026-01-05'),
    customer: who('Bob'),
    totals: [20_000],
    account: 'ACME',
    department: 'Paris',
  });
  await shop.order({ ...placed('2025-01-05'), customer: who('Cy'), totals: [1_000] });
  await shop.order({ ...placed('2026-02-01'), customer: who('Dee'), totals: [30_000], number: 'D-1' });
  await ctx.db.write([statement("UPDATE customers SET claimed_at = 1 WHERE name IN ('Ann', 'Dee')")]);
  await importCustomers(ctx, {
    path: aFile(
      'email,name,phone,account,account_kind,joined_at,news,news_at,news_source\n' +
        'eve@example.com,Eve,+44 20 7946 0117,,,2026-02-20,yes,2026-02-20,till\n' +
        'fay@example.com,Fay,,Smiths,household,,no,2026-02-20,till\n' +
        'ann@example.com,Ann,,,,,yes,2026-02-20,till\n',
    ),
  });
  await defineOwnField(ctx, {
    key: 'tea',
    kind: 'choice',
    names: { en: 'Tea' },
    choices: ['Green', 'Black'],
  });
  await defineOwnField(ctx, { key: 'size', kind: 'number', names: { en: 'Size' } });
  await defineOwnField(ctx, { key: 'about', kind: 'text', names: { en: 'About' } });
  await setOwnValues(ctx, {
    customerId: ann.customerId,
    values: { tea: 'Green', size: 42, about: 'Любить Assam' },
  });
  return shop;
}

test.each<[string, Partial<CustomersAsked>, string]>([
  ['all by name', {}, 'Ann Bob Cy Dee Eve Fay'],
  ['the newest first', { sort: '' }, 'Fay Eve Dee Bob Ann Cy'],
  ['the longest here first', { sort: 'joined', order: 'up' }, 'Cy Ann Bob Dee Eve Fay'],
  ['by spend', { sort: 'spend' }, 'Ann Dee Bob Cy Fay Eve'],
  ['by the last order', { sort: 'last', order: 'down', from: '1' }, 'Ann Dee Bob Cy'],
  ['people', { kind: 'personal' }, 'Ann Cy Dee Eve'],
  ['companies', { kind: 'company' }, 'Bob'],
  ['households', { kind: 'household' }, 'Fay'],
  ['who has joined', { member: 'yes' }, 'Ann Dee'],
  ['who has not', { member: 'no' }, 'Bob Cy Eve Fay'],
  ['who wants news', { news: 'yes' }, 'Ann Eve'],
  ['who spent so much', { from: '10,00', to: '300' }, 'Bob Cy Dee'],
  ['who ordered last within days', { lastSince: '2026-01-05', lastUntil: '2026-02-01' }, 'Bob Dee'],
  ['who joined within days', { joinedSince: '2026-02-01', joinedUntil: '2026-02-20' }, 'Dee Eve'],
  ['a part of a name', { search: 'nn@' }, 'Ann'],
  ['a telephone', { search: '79460117' }, 'Eve'],
  ['a company', { company: 'acme' }, 'Bob'],
  ['a department', { company: 'par' }, 'Bob'],
  ['a company, and not who is asked for', { company: 'ACME', search: 'Ann' }, ''],
  ['a choice', { own: 'tea', value: 'green' }, 'Ann'],
  ['a number however written', { own: 'size', value: '42,00' }, 'Ann'],
  ['a part of a text in other letters', { own: 'about', value: 'любить' }, 'Ann'],
  ['another choice', { own: 'tea', value: 'Black' }, ''],
  ['nobody in the club', { club: 'yes' }, ''],
  ['nobody in debt', { debt: 'yes' }, ''],
  ['nobody whose credit expired', { lapsed: 'yes' }, ''],
])('shows %s', async (_, asked, names) => {
  expect(await namesOf(await filledShop(), asked)).toBe(names);
});

test('puts names in the order of their letters, also one that became another', async () => {
  const shop = await openShop(moneyBack);
  for (const [at, name] of [
    'яна',
    'Ґанна',
    'Гнат',
    'Дана',
    'Їжак',
    'Іван',
    'Ира',
    'Йосип',
    'Zoe',
    'Öz',
    'oz',
  ].entries())
    await shop.order({ customer: { email: `${at}@example.com`, name }, number: `N-${at}` });
  expect(await namesOf(shop, {})).toBe('Öz oz Zoe Гнат Ґанна Дана Ира Іван Їжак Йосип яна');
  expect(await namesOf(shop, { order: 'down' })).toBe('яна Йосип Їжак Іван Ира Дана Ґанна Гнат Zoe oz Öz');
  await shop.ctx.db.write([statement("UPDATE customers SET name = 'аня' WHERE name = 'Zoe'")]);
  expect(await namesOf(shop, {})).toBe('Öz oz аня Гнат Ґанна Дана Ира Іван Їжак Йосип яна');
});

test('finds a part of what an own field of text holds, and of few letters its beginning', async () => {
  const shop = await filledShop();
  const find = (value: string) => namesOf(shop, { own: 'about', value });
  expect([await find('бить ass'), await find('лю'), await find('ss'), await find('green')]).toEqual([
    'Ann',
    'Ann',
    '',
    '',
  ]);
  const [row] = await shop.ctx.db.read(statement("SELECT id FROM customers WHERE name = 'Ann'"));
  await setOwnValues(shop.ctx, { customerId: String(row?.[0]), values: { about: 'Oolong' } });
  expect([await find('assam'), await find('OLON')]).toEqual(['', 'Ann']);
});

test('tells what was done a moment ago: debts, refunds, and who no longer counts', async () => {
  const shop = await filledShop();
  expect(await namesOf(shop, { debt: 'yes' })).toBe('');
  const { ctx } = shop;
  const [row] = await ctx.db.read(
    statement(
      "SELECT c.id, a.id FROM customers AS c JOIN accounts AS a ON a.owner_id = c.id WHERE c.name = 'Dee'",
    ),
  );
  const [customerId, accountId] = [String(row?.[0]), String(row?.[1])];
  await ctx.db.write([
    statement("UPDATE accounts SET club_spans = '[[1,2],[3,null]]' WHERE id = ?", accountId),
  ]);
  await redeem(ctx, {
    ...{ customerId, accountId, kind: 'till', amount: 1500n },
    ...{ currency: 'EUR', reference: null },
  });
  await shop.refund('D-1', '1', 10_000);
  expect(await namesOf(shop, { debt: 'yes' })).toBe('Dee');
  expect(await namesOf(shop, { debt: 'no' })).toBe('Ann Bob Cy Eve Fay');
  expect(await namesOf(shop, { club: 'yes' })).toBe('Dee');
  expect(await namesOf(shop, { from: '200', to: '200' })).toBe('Bob Dee');
});

test('refuses days, amounts and values that are none', async () => {
  const shop = await filledShop();
  const asked = { ...everyone, from: 'much', lastSince: '2026-02-30', own: 'size', value: 'big' };
  await expect(listCustomers(staffOf(shop), asked, null)).rejects.toMatchObject({
    errors: [{ path: 'from' }, { path: 'lastSince' }, { path: 'value' }],
  });
  await expect(listCustomers(staffOf(shop), everyone, 'no-cursor')).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('shows analysts no telephone and no own field, and lets nobody else in', async () => {
  const shop = await filledShop();
  const page = await listCustomers(
    staffOf(shop, 'analyst'),
    { ...everyone, own: 'tea', value: 'Green' },
    null,
  );
  expect(page.fields).toEqual([]);
  expect(page.items).toHaveLength(6);
  for (const { phone, own } of page.items) expect([phone, own.size]).toEqual([null, 0]);
  const customer = { ...shop.ctx, actor: { kind: 'customer', id: 'x' } } as const;
  for (const read of [
    () => listCustomers(customer, everyone, null),
    () => downloadCustomers(customer, everyone, []),
  ])
    await expect(read()).rejects.toMatchObject({ code: 'forbidden' });
});

test('writes what is seen as a CSV, in its order and columns, and into the log who took it', async () => {
  const shop = await filledShop();
  const asked = { ...everyone, sort: 'spend', from: '0.01' };
  const text = async (role: Role) =>
    new Response(
      await downloadCustomers(staffOf(shop, role), asked, ['spend', 'phone', 'account', 'own:tea']),
    ).text();
  expect(await text('agent')).toBe(
    'name,phone,account,spend,own:tea\nAnn,,,600.00,Green\nDee,,,300.00,\nBob,,ACME,200.00,\nCy,,,10.00,\n',
  );
  expect(await text('analyst')).toBe('name,phone,account,spend\n,,,600.00\n,,,300.00\n,,,200.00\n,,,10.00\n');
  const acts = await shop.ctx.db.read(
    statement("SELECT count(*) FROM audit_log WHERE act = 'customers.exported'"),
  );
  expect(Number(acts[0]?.[0])).toBe(2);
});

test('writes no CSV of a list that is not complete', async () => {
  const { ctx } = await filledShop();
  const write = () => Promise.reject(new StoreUnavailable('SQLITE_BUSY'));
  const busy: Context = {
    ...ctx,
    db: { ...ctx.db, write },
    actor: { kind: 'staff', id: 's1', role: 'agent' },
  };
  expect(await listCustomers(busy, everyone, null)).toMatchObject({ isBehind: true });
  await expect(downloadCustomers(busy, everyone, [])).rejects.toMatchObject({
    errors: [{ code: 'incomplete' }],
  });
});

interface Person {
  name: string;
  spend: number;
  last: number;
  joined: number;
  isShared: boolean;
}

test('filters and pages as a plain filter over everybody would, in any order', {
  timeout: 60_000,
}, async () => {
  const shop = await openShop(moneyBack);
  const people: Person[] = [];
  for (let index = 0; index < 120; index += 1) {
    const day = Date.UTC(2025, 0, 1) + ((index * 37) % 400) * 86_400_000;
    const totals = [((index * 7919) % 50) * 1000 + 100];
    const name = `P${(index * 61) % 120}`;
    await shop.order({
      customer: { email: `${name.toLowerCase()}@example.com`, name },
      ...{ number: `N-${index}`, totals, placedAt: new Date(day).toISOString() },
      ...(index % 5 === 0 ? { account: `Firm ${index}` } : {}),
    });
    people.push({ name, spend: totals[0] ?? 0, last: day, joined: day, isShared: index % 5 === 0 });
  }
  while ((await followFigures(shop.ctx)).passed > 0);
  const by = {
    name: (p: Person) => p.name,
    spend: (p: Person) => p.spend,
    last: (p: Person) => p.last,
    joined: (p: Person) => p.joined,
  };
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        sort: fc.constantFrom('name' as const, 'spend' as const, 'last' as const, 'joined' as const),
        order: fc.constantFrom('up', 'down'),
        kind: fc.constantFrom('', 'personal', 'company'),
        from: fc.constantFrom('', '100', '251'),
        to: fc.constantFrom('', '300'),
        lastSince: fc.constantFrom('', '2025-06-01'),
        joinedUntil: fc.constantFrom('', '2025-11-30'),
      }),
      async (asked) => {
        const wanted = people.filter(
          (one) =>
            (asked.kind === '' || (asked.kind === 'company') === one.isShared) &&
            (asked.from === '' || one.spend >= Number(asked.from) * 100) &&
            (asked.to === '' || one.spend <= Number(asked.to) * 100) &&
            (asked.lastSince === '' || one.last >= Date.parse('2025-05-31T23:00:00Z')) &&
            (asked.joinedUntil === '' || one.joined < Date.parse('2025-12-01T00:00:00Z')),
        );
        const found: { name: string | null }[] = [];
        for (let cursor: string | null = null; ; ) {
          const page: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(
            staffOf(shop),
            { ...everyone, ...asked },
            cursor,
          );
          expect(page.total).toBe(wanted.length);
          found.push(...page.items);
          cursor = page.nextCursor;
          if (cursor === null) break;
        }
        const keys = found.map(({ name }) => {
          const person = people.find((one) => one.name === name);
          return person === undefined ? null : by[asked.sort](person);
        });
        const compare = (a: string | number, b: string | number) =>
          (a < b ? -1 : a > b ? 1 : 0) * (asked.order === 'up' ? 1 : -1);
        expect(keys).toEqual(wanted.map((one) => by[asked.sort](one)).sort(compare));
        expect(new Set(found.map(({ name }) => name)).size).toBe(wanted.length);
      },
    ),
    { numRuns: 40 },
  );
});

test('somebody is a customer since their first order or joining, on every page the same', async () => {
  const shop = await openShop(moneyBack);
  const first = Date.parse('1997-01-01T12:00:00Z');
  const ann = await shop.order({ ...placed('1997-01-01'), email: 'ann@example.com', totals: [10_000] });
  const bob = await shop.order({ ...placed('1998-02-03'), email: 'bob@example.com', totals: [10_000] });
  await followFigures(shop.ctx);
  const { items } = await listCustomers(staffOf(shop), { ...everyone, search: 'ann@example.com' }, null);
  const { head } = await findHead(shop.ctx, { customerId: ann.customerId, accountId: null });
  const preview = await previewMerge(shop.ctx, { survivor: bob.customerId, merged: ann.customerId });
  expect(items.map(({ joinedAt }) => joinedAt)).toEqual([first]);
  expect(head.knownSince).toBe(first);
  expect(preview.merged.knownSince).toBe(first);
  expect(preview.survivor.knownSince).toBe(Date.parse('1998-02-03T12:00:00Z'));
});
