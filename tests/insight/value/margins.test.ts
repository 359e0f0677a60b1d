import { expect, test } from 'vitest';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getValue } from '../../../functions/insight/value/get-value.ts';
import { marginOf, readCategoryMargins, readPercent } from '../../../functions/insight/value/margins.ts';
import { categoryMargins } from '../../../functions/insight/value/policies.ts';
import { getBusiness } from '../../../functions/money/business/business.ts';
import { policyOf, setPolicies } from '../../../functions/money/business/policies.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

test.each<[string, number | null]>([
  ['35', 3_500],
  ['27.5', 2_750],
  ['27,5', 2_750],
  ['0', 0],
  ['100', 10_000],
  ['100.01', null],
  ['-1', null],
  ['1.234', null],
  ['1,234', null],
  ['1.2,3', null],
  ['off', null],
  ['', null],
])('reads the per cent of %j', (text, expected) => {
  expect(readPercent(text)).toBe(expected);
});

test.each<[string, [string, number][] | null]>([
  ['off', []],
  ['Tea=40', [['Tea', 4_000]]],
  [
    'Tea=40; A=B=22.5;',
    [
      ['Tea', 4_000],
      ['A=B', 2_250],
    ],
  ],
  ['=10', [['', 1_000]]],
  ['Tea=40; Tea=30', null],
  ['Tea', null],
  ['Tea=140', null],
  [' ; ', null],
])('reads the margins of %j', (text, expected) => {
  const read = readCategoryMargins(text);
  expect(read === null ? null : [...read]).toEqual(expected);
});

const spent = [
  { category: 'Tea', minor: 10_001n },
  { category: 'Cups', minor: 5_000n },
];
const categories = new Map([['Tea', 4_000]]);

test.each<[string, Parameters<typeof marginOf>[1], ReturnType<typeof marginOf>]>([
  ['nothing told', { categories: new Map(), whole: null }, null],
  ['of all', { categories: new Map(), whole: 2_000 }, { minor: 3_000n, ofMinor: 15_001n }],
  ['of a category alone', { categories, whole: null }, { minor: 4_000n, ofMinor: 10_001n }],
  ['of a category and all others', { categories, whole: 2_000 }, { minor: 5_000n, ofMinor: 15_001n }],
])('what is left: %s', (_what, margins, expected) => {
  expect(marginOf(spent, margins)).toEqual(expected);
});

const valueFor = async (shop: Shop, accountId: string, role: Role = 'manager') =>
  getValue({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role } }, { accountId });

test('stands beside the value once the business tells it, and not for who serves at the till', async () => {
  const shop = await openShop(moneyBack);
  const { accountId } = await shop.order({
    lines: spent.map(({ category, minor }, at) => ({
      ...{ id: `${at}`, category, total: { amount: Number(minor), currency: 'EUR' } },
    })),
  });
  await workFacts(shop.ctx);
  expect((await valueFor(shop, accountId))?.margin).toBeNull();
  await setPolicies(shop.ctx, [['categoryMargins', 'Tea=40']]);
  const value = await valueFor(shop, accountId);
  expect(value?.margin).toEqual({ minor: 4_000n, ofMinor: 10_001n });
  const key = { ...shop.ctx, actor: { kind: 'key', id: 'till', scopes: ['customers:read'] } } as const;
  expect((await getValue(key, { accountId }))?.margin).toBeNull();
  expect((await valueFor(shop, accountId, 'agent'))?.margin).toBeNull();
  await expect(setPolicies(shop.ctx, [['margin', '140']])).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('two hundred categories of any name have their margins', async () => {
  const { ctx } = await openShop(moneyBack);
  const named = (count: number) =>
    Array.from({ length: count }, (_, at) => `${String(at).padStart(200, 'x')}=27,55`).join('; ');
  await setPolicies(ctx, [['categoryMargins', named(200)]]);
  expect(readCategoryMargins(policyOf(await getBusiness(ctx), categoryMargins))?.size).toBe(200);
  await expect(setPolicies(ctx, [['categoryMargins', named(201)]])).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
