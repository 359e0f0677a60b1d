import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { downloadProfile } from '../../../functions/desk/console/insight/download-profile.ts';
import { downloadKeyAccounts } from '../../../functions/desk/console/insight/download-relationships.ts';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import { downloadMargins } from '../../../functions/desk/console/margins/download-margins.ts';
import { getMarginsDesk } from '../../../functions/desk/console/margins/get-margins-desk.ts';
import { importMargins } from '../../../functions/desk/console/margins/import-margins.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { createAccountQueue } from '../../../functions/ground/platform/account-queue.ts';
import type { Context, Role, Scope } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { listKeyAccounts } from '../../../functions/insight/levels/list-key-accounts.ts';
import { listMargins } from '../../../functions/insight/margins/list-margins.ts';
import { setMargins } from '../../../functions/insight/margins/set-margins.ts';
import { countNumbers } from '../../../functions/insight/numbers/count-numbers.ts';
import { getSegmentProfile } from '../../../functions/insight/numbers/get-segment-profile.ts';
import { setAndAsk } from '../../../functions/insight/segments/set-and-ask.ts';
import { getValue } from '../../../functions/insight/value/get-value.ts';
import { fileInMemory } from '../../../functions/reach/imports/file-in-memory.ts';
import { speechIn } from '../../../src/locale.ts';
import { detailBeside, subjectWords } from '../../../src/words/act-subjects.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { post } from '../../support/test-api.ts';

const staffOf = (ctx: Context, role: Role = 'manager') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

interface Sold {
  sku?: string;
  product?: string;
  category?: string;
  minor: number;
}

const buy = (shop: Shop, lines: readonly Sold[], more: { email?: string; placedAt?: string } = {}) =>
  shop.order({
    ...more,
    lines: lines.map(({ minor, ...line }, at) => ({
      ...{ id: `${at}`, ...line, total: { amount: minor, currency: 'EUR' } },
    })),
  });

const valueFor = async (ctx: Context, accountId: string) =>
  (await getValue(ctx, { accountId }))?.margin ?? null;
const shares = (margin: Awaited<ReturnType<typeof valueFor>>) =>
  margin?.toDate.parts.map(({ kind, name, bps, spentMinor }) => `${kind} ${name} ${bps} ${spentMinor}`);

test('a SKU goes before the name of its product, that before its category, and that before the rest', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await buy(shop, [
    { sku: 'T-1', product: 'Sencha', category: 'Tea', minor: 10_000 },
    { sku: 'T-2', product: 'Assam', category: 'Tea', minor: 7_000 },
    { sku: 'T-3', product: 'Earl Grey', category: 'Tea', minor: 5_000 },
    { product: 'Cup', category: 'Cups', minor: 3_000 },
    { minor: 1_000 },
  ]);
  await workFacts(shop.ctx);
  expect(await valueFor(shop.ctx, accountId)).toBeNull();
  await setMargins(shop.ctx, {
    items: [
      { kind: 'product', name: 'T-1', percent: '10' },
      { kind: 'product', name: 'Sencha', percent: '99' },
      { kind: 'product', name: 'Assam', percent: '20' },
      { kind: 'category', name: 'Tea', percent: '30' },
    ],
  });
  const some = await valueFor(shop.ctx, accountId);
  expect(shares(some)).toEqual([
    'product T-1 1000 10000',
    'product Assam 2000 7000',
    'category Tea 3000 5000',
    'none  null 4000',
  ]);
  expect(some?.toDate).toMatchObject({ minor: 3_900n, ofMinor: 22_000n, spentMinor: 26_000n });
  await setMargins(shop.ctx, {
    items: [
      { kind: 'rest', percent: '40' },
      { kind: 'category', name: '', percent: '50' },
      { kind: 'product', name: 'T-1', percent: null },
    ],
  });
  const all = await valueFor(shop.ctx, accountId);
  expect(shares(all)).toEqual([
    'product Sencha 9900 10000',
    'product Assam 2000 7000',
    'category Tea 3000 5000',
    'rest  4000 3000',
    'category  5000 1000',
  ]);
  expect(all?.toDate.ofMinor).toBe(all?.toDate.spentMinor);
});

test('counts refunds and the year as spend does, and neither cancelled orders nor other currencies', async () => {
  const shop = await openShop(moneyBack);
  await setMargins(shop.ctx, { items: [{ kind: 'rest', percent: '50' }] });
  const { accountId } = await buy(shop, [{ minor: 40_000 }], { placedAt: '2025-03-01T23:59:59Z' });
  await shop.order({ placedAt: '2025-03-02T00:00:00Z', number: 'A', totals: [10_000, 20_000] });
  await shop.refund('A', '1', 4_000);
  await shop.order({ placedAt: '2026-01-02T12:00:00Z', totals: [7_000], currency: 'USD' });
  await shop.order({ placedAt: '2026-01-03T12:00:00Z', number: 'B', totals: [9_000], status: 'placed' });
  await shop.event('B', { status: 'cancelled' });
  await workFacts(shop.ctx);
  const value = await getValue(shop.ctx, { accountId });
  expect(value?.margin?.toDate).toMatchObject({ minor: 33_000n, spentMinor: value?.spendMinor });
  expect(value?.margin?.year).toMatchObject({ minor: 13_000n, spentMinor: value?.yearSpendMinor });
});

test('is seen by owners, managers, analysts and keys of the scope alone', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await buy(shop, [{ category: 'Tea', minor: 10_000 }]);
  await setMargins(staffOf(shop.ctx), { items: [{ kind: 'rest', percent: '25' }] });
  await workFacts(shop.ctx);
  const keyOf = (...scopes: Scope[]): Context => ({
    ...shop.ctx,
    actor: { kind: 'key', id: 'till', scopes },
  });
  const seen = async (ctx: Context) => [
    (await valueFor(ctx, accountId))?.toDate.minor,
    (await listKeyAccounts(ctx)).first[0]?.margin?.minor,
  ];
  for (const role of ['owner', 'manager', 'analyst'] as const)
    expect(await seen(staffOf(shop.ctx, role))).toEqual([2_500n, 2_500n]);
  expect(await seen(keyOf('customers:read', 'settings:read'))).toEqual([2_500n, 2_500n]);
  expect(await seen(staffOf(shop.ctx, 'agent'))).toEqual([undefined, undefined]);
  expect(await seen(keyOf('customers:read'))).toEqual([undefined, undefined]);
  const item = { items: [{ kind: 'rest' as const, percent: '1' }] };
  for (const role of ['agent', 'analyst'] as const)
    await expect(setMargins(staffOf(shop.ctx, role), item)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(setMargins(keyOf('settings:read'), item)).rejects.toMatchObject({ code: 'scope_missing' });
  await expect(listMargins(staffOf(shop.ctx, 'agent'))).rejects.toMatchObject({ code: 'forbidden' });
});

test.each<
  [string, { kind: 'product' | 'category' | 'rest'; name?: string; percent: string }[], string, string]
>([
  ['a product without a name', [{ kind: 'product', percent: '1' }], 'items.0.name', 'required'],
  ['the rest with a name', [{ kind: 'rest', name: 'Tea', percent: '1' }], 'items.0.name', 'not_empty'],
  ['above a hundred', [{ kind: 'rest', percent: '100.01' }], 'items.0.percent', 'invalid_percent'],
  [
    'one twice',
    [
      { kind: 'category', name: 'Tea', percent: '1' },
      { kind: 'category', name: ' Tea ', percent: '2' },
    ],
    'items.1.name',
    'twice',
  ],
])('refuses %s, and keeps what was', async (_what, items, path, code) => {
  const { ctx } = await openShop(moneyBack);
  await expect(setMargins(ctx, { items })).rejects.toMatchObject({
    ...{ code: 'validation_failed', errors: [{ path, code }] },
  });
  expect((await listMargins(ctx)).items).toEqual([]);
});

test('each change stands in the log with what was before, and what stays the same does not', async () => {
  const { ctx } = await openShop(moneyBack);
  const tell = (percent: string | null) =>
    setMargins(ctx, { items: [{ kind: 'category', name: 'Tea', percent }] });
  expect(await tell('40')).toEqual({ set: 1, removed: 0, unchanged: 0 });
  expect(await tell('40,00')).toEqual({ set: 0, removed: 0, unchanged: 1 });
  await tell('-2.5');
  expect(await tell(null)).toEqual({ set: 0, removed: 1, unchanged: 0 });
  await setMargins(ctx, { items: [{ kind: 'rest', percent: '5' }] });
  const { items } = await listActs(ctx, { actor: null, subject: 'margin', day: null, after: null });
  expect(items.map(({ act, subjectId, detail }) => [act, subjectId, Object.fromEntries(detail)])).toEqual([
    ['margin.set', '–', { kind: 'rest', before: '–', value: '5 %' }],
    ['margin.removed', 'Tea', { kind: 'category', before: '-2.5 %', value: '–' }],
    ['margin.set', 'Tea', { kind: 'category', before: '40 %', value: '-2.5 %' }],
    ['margin.set', 'Tea', { kind: 'category', before: '–', value: '40 %' }],
  ]);
  const english = speechIn('en', ['en']).t;
  expect(items.slice(0, 2).map((item) => subjectWords(item, english))).toEqual([
    'Margin of everything else',
    'Margin of the category Tea',
  ]);
  expect(items.flatMap((item) => detailBeside(item).map(([name]) => name))).not.toContain('kind');
});

const fileOf = (text: string) => fileInMemory({ name: 'margins.csv', bytes: new TextEncoder().encode(text) });

test('go out and come in as a CSV, with the categories that have none; wrong rows are told and left out', async () => {
  const shop = await openShop(moneyBack);
  await buy(shop, [
    { category: 'Tea', minor: 10_000 },
    { category: '=Cups', minor: 5_000 },
  ]);
  await setMargins(shop.ctx, {
    items: [
      { kind: 'rest', percent: '-5' },
      { kind: 'category', name: 'Tea', percent: '40' },
      { kind: 'product', name: 'Pot, "large"', percent: '12.5' },
    ],
  });
  await workFacts(shop.ctx);
  await countNumbers(shop.ctx);
  const analyst = staffOf(shop.ctx, 'analyst');
  const text = await new Response(await downloadMargins(analyst)).text();
  const unproven = { ...analyst, actor: { ...analyst.actor, provenAt: 0 } };
  await expect(downloadMargins(unproven)).rejects.toMatchObject({ code: 'proof_needed' });
  expect(text.trim().split(/\r?\n/)).toEqual([
    'kind,name,percent',
    'category,Tea,40',
    'product,"Pot, ""large""",12.5',
    'rest,,-5',
    "category,'=Cups,",
  ]);
  const untouched = { set: 0, removed: 0, unchanged: 4, errors: [], rejected: 0 };
  expect(await importMargins(shop.ctx, { file: fileOf(text) })).toEqual(untouched);
  const changed = [
    'percent;kind;name',
    '45;category;Tea',
    ';product;"Pot, ""large"""',
    '30;category;=Cups',
    '31;category;=Cups',
    '101;category;Coffee',
    '5;rest;Coffee',
    '5;goods;Coffee',
    '5;product;',
    '5;product',
  ].join('\n');
  const wrong = { set: 2, removed: 1, unchanged: 0 };
  const rehearsed = await importMargins(shop.ctx, { file: fileOf(changed), isDryRun: true });
  expect((await listMargins(shop.ctx)).items.length).toBe(3);
  const done = await importMargins(shop.ctx, { file: fileOf(changed) });
  expect(done).toEqual(rehearsed);
  expect(done).toMatchObject(wrong);
  expect(done.errors.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '5 twice',
    '6 percent',
    '7 name',
    '8 kind',
    '9 name',
    '10 cells',
  ]);
  expect((await listMargins(shop.ctx)).items.map(({ kind, name, bps }) => `${kind} ${name} ${bps}`)).toEqual([
    'category =Cups 3000',
    'category Tea 4500',
    'rest  -500',
  ]);
  await expect(importMargins(shop.ctx, { file: fileOf('name,margin\nTea,40') })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(importMargins(analyst, { file: fileOf(changed) })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

const products = (from: number, to: number, percent: number | '') =>
  Array.from({ length: to - from }, (_, at) => `product,P-${String(from + at).padStart(5, '0')},${percent}`);
const tableOf = (rows: readonly string[]) => fileOf(['kind,name,percent', ...rows].join('\n'));

test('a file that makes too many changes nothing, and a rehearsal says the same', async () => {
  const { ctx } = await openShop(moneyBack);
  const categories = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `category,C-${from + at},10`);
  await importMargins(ctx, { file: tableOf([...products(0, 600, 30), ...categories(0, 900)]) });
  const tooMany = [...products(0, 600, 40), ...categories(900, 1_001)];
  for (const isDryRun of [true, false])
    await expect(importMargins(ctx, { file: tableOf(tooMany), isDryRun })).rejects.toMatchObject({
      errors: [{ path: 'file', code: 'too_many' }],
    });
  const { items } = await listMargins(ctx, { kind: 'product', limit: 1_000 });
  expect(items.filter(({ bps }) => bps !== 3_000)).toEqual([]);
  // What the file takes away makes room for what it tells, wherever that stands.
  const exchanged = [
    ...categories(900, 1_500),
    ...Array.from({ length: 600 }, (_, at) => `category,C-${at},`),
  ];
  for (const isDryRun of [true, false])
    expect(await importMargins(ctx, { file: tableOf(exchanged), isDryRun })).toEqual({
      ...{ set: 600, removed: 600, unchanged: 0, errors: [], rejected: 0 },
    });
  await expect(importMargins(ctx, { file: tableOf(products(0, 11_002, '')) })).rejects.toMatchObject({
    errors: [{ path: 'file', code: 'too_many' }],
  });
});

test('of many wrong rows a hundred are told, and all are counted', async () => {
  const { ctx } = await openShop(moneyBack);
  const rows = [...products(0, 101, 101), 'rest,,35'];
  const done = await importMargins(ctx, { file: tableOf(rows) });
  expect([done.set, done.rejected, done.errors.length, done.errors.at(-1)?.line]).toEqual([1, 101, 100, 101]);
});

test('a file that a spreadsheet saved in Windows-1251 is read, and damaged rows have their own reason', async () => {
  const { ctx } = await openShop(moneyBack);
  const cyrillic = (text: string) =>
    Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
    });
  const text = ['kind;name;percent', 'category;Чай;40', 'category;Кава та какао;22,5'].join('\r\n');
  const file = fileInMemory({ name: 'margins.csv', bytes: cyrillic(text) });
  expect(await importMargins(ctx, { file })).toMatchObject({ set: 2, errors: [] });
  expect((await listMargins(ctx)).items.map(({ name, bps }) => `${name} ${bps}`)).toEqual([
    'Кава та какао 2250',
    'Чай 4000',
  ]);
  const marked = new TextEncoder().encode('\ufeffkind,name,percent\ncategory,?,1\nrest,,2\n');
  marked[marked.indexOf('?'.charCodeAt(0))] = 0xff;
  expect(
    await importMargins(ctx, { file: fileInMemory({ name: 'margins.csv', bytes: marked }) }),
  ).toMatchObject({ set: 1, errors: [{ line: 2, code: 'damaged' }] });
});

test('margins that several processes tell at once are told one after the other, each with what was before', async () => {
  const { ctx } = await openShop(moneyBack);
  const all = ['10', '20', '30', '40'];
  await Promise.all(
    all.map((percent) =>
      setMargins({ ...ctx, queue: createAccountQueue() }, { items: [{ kind: 'rest', percent }] }),
    ),
  );
  const { items } = await listActs(ctx, { actor: null, subject: 'margin', day: null, after: null });
  const acts = items.map(({ detail }) => Object.fromEntries(detail)).reverse();
  expect(acts.map(({ before }) => before)).toEqual(['–', ...acts.slice(0, -1).map(({ value }) => value)]);
});

test('a file of more margins than are told at once is taken in parts', async () => {
  const { ctx } = await openShop(moneyBack);
  const rows = Array.from(
    { length: 1_201 },
    (_, at) => `product,P-${String(at).padStart(4, '0')},${at % 100}`,
  );
  const text = ['kind,name,percent', ...rows].join('\n');
  expect(await importMargins(ctx, { file: fileOf(text) })).toMatchObject({ set: 1_201, errors: [] });
  const pages: number[] = [];
  for (let after: string | null = null; ; ) {
    const { items, nextCursor } = await listMargins(ctx, { kind: 'product', after });
    pages.push(items.length);
    if (nextCursor === null) break;
    after = nextCursor;
  }
  expect([pages.length, pages.at(-1), pages.reduce((sum, count) => sum + count, 0)]).toEqual([25, 1, 1_201]);
});

const all = (...rules: unknown[]) => ({ combinator: 'and', not: false, rules });

/** Twelve who bought tea in two years, and twelve who bought a cup once. */
async function segmentedShop() {
  const shop = await openShop({ ...moneyBack, from: '2020-01-01' });
  for (let at = 0; at < 12; at += 1) {
    for (const day of ['2024-01-01', '2025-04-01'])
      await buy(shop, [{ sku: 'T-1', category: 'Tea', minor: 10_000 }], {
        email: `tea${at}@example.com`,
        placedAt: `${day}T12:00:00Z`,
      });
    await buy(shop, [{ category: 'Cups', minor: 20_000 }], {
      email: `cup${at}@example.com`,
      placedAt: '2025-05-01T12:00:00Z',
    });
  }
  await workFacts(shop.ctx);
  await setAndAsk(shop.ctx, {
    id: 'tea',
    definition: all({ field: 'orders.count', operator: '>=', value: 2 }),
  });
  return shop;
}

test('stands in the value of segments, counted anew once other margins are told, by categories and by products alike', async () => {
  const shop = await segmentedShop();
  const told = async (ctx: Context = shop.ctx) => {
    shop.clock.advance(11 * 60_000);
    await countNumbers(shop.ctx);
    const profile = await getSegmentProfile(ctx, { id: 'tea' });
    return [profile?.own?.margin, profile?.whole.margin] as const;
  };
  expect(await told()).toEqual([null, null]);
  await setMargins(shop.ctx, { items: [{ kind: 'category', name: 'Tea', percent: '40' }] });
  const byCategory = await told();
  expect(byCategory).toMatchObject([
    {
      minor: 96_000n,
      ofMinor: 240_000n,
      spentMinor: 240_000n,
      parts: [{ kind: 'category', name: 'Tea' }],
      others: 0,
    },
    { minor: 96_000n, ofMinor: 240_000n, spentMinor: 480_000n },
  ]);
  await setMargins(shop.ctx, {
    items: [
      { kind: 'category', name: 'Tea', percent: '1' },
      { kind: 'product', name: 'T-1', percent: '40' },
      { kind: 'rest', percent: '10' },
    ],
  });
  expect(await told()).toMatchObject([
    { minor: 96_000n, parts: [{ kind: 'product', name: 'T-1', bps: 4_000 }] },
    { minor: 120_000n, ofMinor: 480_000n, parts: [{ kind: 'product' }, { kind: 'rest' }] },
  ]);
  expect(await told(staffOf(shop.ctx, 'agent'))).toEqual([null, null]);
  const csv = await new Response(await downloadProfile(staffOf(shop.ctx), { id: 'tea' })).text();
  expect(csv.split(/\r?\n/)).toEqual(
    expect.arrayContaining([
      'margin_share,0.4,0.25,EUR',
      'margin_known_of,1,1,EUR',
      'mean_year_margin,40.00,37.50,EUR',
    ]),
  );
  const desk = await getMarginsDesk(staffOf(shop.ctx), null);
  expect(desk).toMatchObject({
    ...{ rest: 1_000, margin: { bps: 2_500, knownBps: 10_000 } },
    categories: [
      { name: 'Cups', bps: null, spentMinor: 240_000n },
      { name: 'Tea', bps: 100, spentMinor: 240_000n },
    ],
    products: { items: [{ name: 'T-1', bps: 4_000 }], nextCursor: null },
  });
});

test('stands beside key accounts for the year, and in their CSV', async () => {
  const shop = await openShop(moneyBack);
  await setMargins(shop.ctx, { items: [{ kind: 'category', name: 'Tea', percent: '40' }] });
  await buy(shop, [{ category: 'Tea', minor: 90_000 }], { placedAt: '2025-02-01T12:00:00Z' });
  await buy(shop, [
    { category: 'Tea', minor: 10_000 },
    { category: 'Cups', minor: 5_000 },
  ]);
  await workFacts(shop.ctx);
  const { first, hasMargins } = await listKeyAccounts(staffOf(shop.ctx));
  expect([hasMargins, first[0]?.margin]).toEqual([true, { minor: 4_000n, ofMinor: 10_000n }]);
  const lines = (await new Response(await downloadKeyAccounts(staffOf(shop.ctx))).text()).split(/\r?\n/);
  expect(lines[0]).toContain('referred_spend,year_margin,year_margin_of,year_orders');
  expect(lines[1]).toContain(',40.00,100.00,1,');
});

test('programs read and tell them, once under one key', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await buy(shop, [{ category: 'Tea', minor: 10_000 }]);
  await workFacts(shop.ctx);
  const app = createApp({ runtime: shop.ctx, openStore: () => shop.ctx.db });
  const bearer = async (...scopes: Scope[]) => ({
    Authorization: `Bearer ${(await addKey(shop.ctx, { name: 'erp', scopes })).key}`,
  });
  const keys = { ...(await bearer('settings:write')), 'Idempotency-Key': 'margins-1' };
  const body = { items: [{ kind: 'category', name: 'Tea', percent: '27.5' }] };
  for (const replayed of [null, 'true']) {
    const answer = await app.request('/api/v1/margins', post(body, keys));
    expect([answer.status, answer.headers.get('Idempotency-Replayed')]).toEqual([200, replayed]);
    expect(await answer.json()).toEqual({ set: 1, removed: 0, unchanged: 0 });
  }
  const read = async (path: string, ...scopes: Scope[]) =>
    (await app.request(`/api/v1${path}`, { headers: await bearer(...scopes) })).json();
  expect(await read('/margins', 'settings:read')).toEqual({
    items: [{ kind: 'category', name: 'Tea', percent: '27.5' }],
    nextCursor: null,
  });
  const path = `/customers/${customerId}/value`;
  expect(await read(path, 'customers:read', 'settings:read')).toMatchObject({
    margin: {
      toDate: {
        ...{ margin: { amount: 2_750 }, of: { amount: 10_000 } },
        parts: [{ kind: 'category', name: 'Tea', percent: '27.5', spend: { amount: 10_000 } }],
      },
      expected: null,
    },
  });
  expect((await read(path, 'customers:read')).margin).toBeNull();
});
