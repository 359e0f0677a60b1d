import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { downloadRelated } from '../../../functions/desk/console/insight/download-relationships.ts';
import { addDays } from '../../../functions/ground/platform/calendar.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { encodeCursor } from '../../../functions/ground/platform/cursor.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getLevels } from '../../../functions/insight/levels/get-levels.ts';
import { countRelated, listRelated, readRelated } from '../../../functions/insight/levels/list-related.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = ({ ctx }: Shop, role: Role = 'analyst') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const placed = (day: string, name: string) => ({
  ...{ placedAt: `${day}T12:00:00Z`, totals: [1000] },
  customer: { email: `${name.toLowerCase()}@example.com`, name },
});

test('a list goes on behind its last account', async () => {
  const shop = await openShop(moneyBack);
  const names = Array.from({ length: 53 }, (_, at) => `N${String(at).padStart(2, '0')}`);
  for (const [at, name] of names.entries()) await shop.order(placed(addDays('2026-02-01', at % 5), name));
  await workFacts(shop.ctx);
  const asked = { by: 'level', level: 'first', month: '2026-03' } as const;
  const first = await listRelated(staffOf(shop), asked);
  const rest = await listRelated(staffOf(shop), asked, first.nextCursor);
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([50, 3, null]);
  expect(new Set([...first.items, ...rest.items].map(({ name }) => name))).toEqual(new Set(names));
  for (const place of ['nowhere', '1-2~x', encodeCursor(['1-2', 'x']), encodeCursor(['9'.repeat(24), 'x'])])
    await expect(listRelated(staffOf(shop), { by: 'group', group: 'buyer' }, place)).rejects.toMatchObject({
      ...{ code: 'validation_failed', errors: [{ path: 'cursor' }] },
    });
});

test('a list of a group is walked by the key, without sorting everybody', async () => {
  const shop = await openShop(moneyBack);
  const names = Array.from({ length: 53 }, (_, at) => `N${String(at).padStart(2, '0')}`);
  for (const name of names) await shop.order(placed('2026-02-01', name));
  await workFacts(shop.ctx);
  const asked = { by: 'group', group: 'buyer' } as const;
  const sorted: string[] = [];
  const read: typeof shop.ctx.db.read = async (asking) => {
    const plan = await shop.ctx.db.read({ ...asking, sql: `EXPLAIN QUERY PLAN ${asking.sql}` });
    if (asking.sql.includes('account_facts')) sorted.push(...plan.map((row) => String(row[3])));
    return shop.ctx.db.read(asking);
  };
  const watched = { ...staffOf(shop), db: { ...shop.ctx.db, read } };
  const first = await listRelated(watched, asked);
  const rest = await listRelated(watched, asked, first.nextCursor);
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([50, 3, null]);
  expect(new Set([...first.items, ...rest.items].map(({ name }) => name))).toEqual(new Set(names));
  expect(sorted.join('\n')).toContain('account_id<?');
  expect(sorted.filter((step) => step.includes('ORDER BY'))).toEqual([]);
});

/** All pages of a list, so many accounts at a time. */
async function pagesOf(shop: Shop, asked: Record<string, string>, limit: number): Promise<string[][]> {
  const read = readRelated(asked, '2026-03-01');
  if (read === null) throw new Error('nothing is asked for');
  const pages: string[][] = [];
  for (let after: string | null = null; ; ) {
    const { items, nextCursor } = await listRelated(staffOf(shop), read, after, limit);
    pages.push(items.map(({ name }) => name));
    if (nextCursor === null) return pages;
    after = nextCursor;
  }
}

test('whoever is premium by club and by spend stands in the list once, page by page', async () => {
  const shop = await openShop(moneyBack);
  const spend = async (name: string, total: number) => {
    for (const day of ['2026-02-01', '2026-02-02', '2026-02-03'])
      await shop.order({ ...placed(day, name), totals: [total] });
  };
  await setPolicy(shop.ctx, 'premiumShare', '60');
  for (const [name, total] of [
    ['Ann', 900],
    ['Bea', 800],
    ['Cy', 800],
    ['Dee', 100],
    ['Eve', 50],
  ] as const)
    await spend(name, total);
  await shop.ctx.db.write([
    statement(
      `UPDATE accounts SET club_spans = '[[0,null]]' WHERE owner_id IN (SELECT id FROM customers WHERE name IN ('Bea', 'Eve'))`,
    ),
  ]);
  await workFacts(shop.ctx);
  const whole = (await pagesOf(shop, { group: 'premium' }, 50)).flat();
  expect(whole.toSorted()).toEqual(['Ann', 'Bea', 'Cy', 'Eve']);
  expect([whole[0], whole[3]]).toEqual(['Ann', 'Eve']);
  for (const limit of [1, 2, 3])
    expect((await pagesOf(shop, { group: 'premium' }, limit)).flat()).toEqual(whole);
  const read = { by: 'group', group: 'premium' } as const;
  expect(await countRelated(staffOf(shop), read)).toBe(4);
  expect((await getLevels(staffOf(shop))).groups).toMatchObject({ premium: 4, byClub: 2, bySpend: 2 });
});

test('who moved is listed page by page, counted, and a CSV of all of them', async () => {
  const shop = await openShop(moneyBack);
  const names = Array.from({ length: 7 }, (_, at) => `N${at}`);
  for (const [at, name] of names.entries()) {
    await shop.order(placed('2026-01-10', name));
    await shop.order(placed(addDays('2026-02-10', at % 3), name));
  }
  await shop.order(placed('2026-02-20', 'New'));
  await workFacts(shop.ctx);
  const asked = { move: 'first-repeat', month: '2026-02' };
  const whole = (await pagesOf(shop, asked, 50)).flat();
  expect(whole.toSorted()).toEqual(names);
  expect((await pagesOf(shop, asked, 2)).map((page) => page.length)).toEqual([2, 2, 2, 1]);
  expect((await pagesOf(shop, asked, 2)).flat()).toEqual(whole);
  const read = readRelated(asked, '2026-03-01');
  if (read === null) throw new Error('nothing is asked for');
  expect(await countRelated(staffOf(shop), read)).toBe(7);
  const text = async (role: Role) =>
    (await new Response(await downloadRelated(staffOf(shop, role), read)).text()).trim().split(/\r?\n/);
  const lines = await text('manager');
  expect(lines[0]).toBe('account_id,account,kind,since,cause,last_on,purchase_days,currency,year_spend');
  expect(lines.length).toBe(8);
  expect(lines[1]).toContain(`,${whole[0]},personal,2026-02-12,order,2026-02-12,2,EUR,20.00`);
  expect((await text('analyst'))[1]).toContain(',,personal,2026-02-12');
});
