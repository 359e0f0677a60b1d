import { describe, expect, it, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { getLevels } from '../../../functions/insight/levels/get-levels.ts';
import { listRelated, readRelated } from '../../../functions/insight/levels/list-related.ts';
import {
  firstOfMonth,
  isMonth,
  lastOfMonth,
  monthAfter,
  monthsUpTo,
} from '../../../functions/insight/levels/months.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = ({ ctx }: Shop, role: Role = 'analyst') =>
  ({ ...ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

const placed = (day: string, name: string) => ({
  ...{ placedAt: `${day}T12:00:00Z`, totals: [1000] },
  customer: { email: `${name.toLowerCase()}@example.com`, name },
});

/** Today is 1 March 2026. */
async function filledShop() {
  const shop = await openShop(moneyBack);
  await shop.order(placed('2025-11-03', 'Ann'));
  await shop.order(placed('2026-02-10', 'Ann'));
  const bea = await shop.order(placed('2026-02-11', 'Bea'));
  await shop.order(placed('2026-01-20', 'Cy'));
  await shop.order(placed('2026-02-20', 'Dee'));
  await shop.order(placed('2026-02-21', 'Dee'));
  const away = await shop.order(placed('2026-02-21', 'Eve'));
  await shop.event(away.number, { status: 'cancelled' });
  await praise(shop, bea, '2026-02-15');
  return shop;
}

/** Words that were accepted on that day, as their room keeps them. */
async function praise({ ctx }: Shop, { accountId }: { accountId: string }, day: string) {
  const at = Date.parse(`${day}T12:00:00Z`);
  await ctx.db.write([
    statement(
      `INSERT INTO testimonials (id, root_id, customer_id, text, name_form, shown_name, consent, language, source, key, at)
       SELECT 't' || ?1, ?1, owner_id, 'Good.', 'none', '', 'Yes.', 'en', 'portal', ?1, ?2 FROM accounts WHERE id = ?1`,
      accountId,
      at,
    ),
    statement(
      `INSERT INTO testimonial_decisions (testimonial_id, seq, decision, at, actor) VALUES ('t' || ?, 1, 'approve', ?, 'system')`,
      accountId,
      at,
    ),
  ]);
}

const ways = (view: Awaited<ReturnType<typeof getLevels>>) =>
  view.moves
    .filter(({ accounts }) => accounts > 0)
    .map(({ from, to, accounts }) => `${from} ${to} ${accounts}`);

const namesOf = async (shop: Shop, asked: Record<string, string>) => {
  const read = readRelated(asked, '2026-03-01');
  if (read === null) throw new Error('nothing is asked for');
  const { items } = await listRelated(staffOf(shop), read);
  return items.map(({ name, since, cause }) => [name, since, cause].filter((one) => one !== null).join(' '));
};

describe('levels', () => {
  it('counts each account on its level, with the shape that it makes', async () => {
    const shop = await filledShop();
    await workFacts(shop.ctx);
    const view = await getLevels(staffOf(shop));
    expect(view).toMatchObject({
      ...{ month: '2026-03', until: '2026-03-01', isMonthOver: false, behind: 0, total: 4 },
      counts: { first: 1, repeat: 2, advocate: 1 },
      ...{ shape: 'hexagon', ideal: 'hourglass' },
    });
    expect(ways(view)).toEqual([]);
    expect(view.months.at(-2)).toMatchObject({
      month: '2026-02',
      counts: { first: 1, repeat: 2, advocate: 1 },
    });
    expect(view.months.at(-3)).toMatchObject({
      month: '2026-01',
      counts: { first: 2, repeat: 0, advocate: 0 },
    });
  });

  it('tells who moved in a month, each once, from where it began to where it came', async () => {
    const shop = await filledShop();
    await workFacts(shop.ctx);
    const view = await getLevels(staffOf(shop), { month: '2026-02' });
    expect(view).toMatchObject({
      ...{ month: '2026-02', until: '2026-02-28', isMonthOver: true },
      before: { first: 2, repeat: 0, advocate: 0 },
    });
    expect(ways(view)).toEqual(['null repeat 1', 'null advocate 1', 'first repeat 1']);
    const month = '2026-02';
    expect(await namesOf(shop, { move: 'new-advocate', month })).toEqual(['Bea 2026-02-15 quote']);
    expect(await namesOf(shop, { move: 'first-repeat', month })).toEqual(['Ann 2026-02-10 order']);
    expect(await namesOf(shop, { move: 'new-repeat', month })).toEqual(['Dee 2026-02-21 order']);
    expect(await namesOf(shop, { move: 'new-first', month })).toEqual([]);
    expect(await namesOf(shop, { level: 'repeat' })).toEqual([
      'Dee 2026-02-21 order',
      'Ann 2026-02-10 order',
    ]);
    expect(await namesOf(shop, { level: 'repeat', month: '2026-01' })).toEqual([]);
  });

  it('falls back by itself once praise is 365 days old, without a job', async () => {
    const shop = await filledShop();
    await workFacts(shop.ctx);
    shop.clock.advance(350 * DAY_MS);
    const last = await getLevels(staffOf(shop));
    expect(last).toMatchObject({ until: '2027-02-14', counts: { first: 1, repeat: 2, advocate: 1 } });
    shop.clock.advance(DAY_MS);
    const view = await getLevels(staffOf(shop));
    expect(view.counts).toEqual({ first: 2, repeat: 2, advocate: 0 });
    expect(ways(view)).toEqual(['advocate first 1']);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('is the same whenever an order is told of', async () => {
    const shop = await filledShop();
    await workFacts(shop.ctx);
    const before = await getLevels(staffOf(shop), { month: '2026-02' });
    const late = await shop.order(placed('2026-01-02', 'Dee'));
    await workFacts(shop.ctx);
    expect(ways(await getLevels(staffOf(shop), { month: '2026-02' }))).toEqual([
      'null advocate 1',
      'first repeat 2',
    ]);
    await shop.event(late.number, { status: 'cancelled' });
    await workFacts(shop.ctx);
    expect(await getLevels(staffOf(shop), { month: '2026-02' })).toEqual(before);
  });
});

test('groups are those that each account has', async () => {
  const shop = await filledShop();
  for (const day of ['2026-01-03', '2026-01-04', '2026-01-05']) await shop.order(placed(day, 'Flo'));
  await workFacts(shop.ctx);
  const { groups } = await getLevels(staffOf(shop));
  expect(groups).toEqual({ enquirer: 1, buyer: 4, premium: 1, byClub: 0, bySpend: 1 });
  expect(await namesOf(shop, { group: 'premium' })).toEqual(['Flo']);
  expect(await namesOf(shop, { group: 'enquirer' })).toEqual(['Eve']);
  expect(new Set(await namesOf(shop, { group: 'buyer' }))).toEqual(new Set(['Ann', 'Bea', 'Cy', 'Dee']));
  const [row] = await shop.ctx.db.read(
    statement("SELECT id FROM accounts WHERE owner_id = (SELECT id FROM customers WHERE name = 'Eve')"),
  );
  await shop.ctx.db.write([
    statement("UPDATE accounts SET club_spans = '[[0,null]]' WHERE id = ?", String(row?.[0])),
  ]);
  expect((await getLevels(staffOf(shop))).groups).toEqual({
    ...{ enquirer: 0, buyer: 4, premium: 2, byClub: 1, bySpend: 1 },
  });
  expect(await namesOf(shop, { group: 'premium' })).toEqual(['Flo', 'Eve']);
});

test('are for the team alone', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order();
  await expect(getLevels(shop.as(customerId))).rejects.toMatchObject({ code: 'forbidden' });
  const asked = { by: 'group', group: 'buyer' } as const;
  await expect(listRelated(shop.as(customerId), asked)).rejects.toMatchObject({ code: 'forbidden' });
});

test('months go on over years', () => {
  expect(monthsUpTo('2026-02', 3)).toEqual(['2025-12', '2026-01', '2026-02']);
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-05', -17)]).toEqual([
    '2027-01',
    '2025-12',
    '2024-12',
  ]);
  expect([firstOfMonth('2024-02'), lastOfMonth('2024-02')]).toEqual(['2024-02-01', '2024-02-29']);
  expect(['2026-01', '1900-01', '2026-13', '2026-1', '26-01', '0000-01', '0001-01'].map(isMonth)).toEqual([
    ...[true, true, false, false, false, false, false],
  ]);
});

test.each([
  [{}, null],
  [{ level: 'none' }, null],
  [{ move: 'repeat-first' }, null],
  [
    { level: 'first', month: '2026-04' },
    { by: 'level', level: 'first', month: '2026-03' },
  ],
  [
    { level: 'first', month: 'x' },
    { by: 'level', level: 'first', month: '2026-03' },
  ],
])('an address that asks for %j', (asked, expected) => {
  expect(readRelated(asked, '2026-03-01')).toEqual(expected);
});
