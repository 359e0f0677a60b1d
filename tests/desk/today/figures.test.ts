import { describe, expect, test } from 'vitest';
import { downloadFigures } from '../../../functions/desk/today/download-figures.ts';
import { downloadOwed } from '../../../functions/desk/today/download-owed.ts';
import { getFigures, type StretchFigures } from '../../../functions/desk/today/get-figures.ts';
import { getOwed } from '../../../functions/desk/today/get-owed.ts';
import { keepFigures, rebuildFigures } from '../../../functions/desk/today/keep-figures.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { goBack } from '../../../functions/ground/feed/positions.ts';
import { dayOf } from '../../../functions/ground/platform/business-time.ts';
import { addDays } from '../../../functions/ground/platform/calendar.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';
import { busyShop } from './busy-shop.ts';

const month = { period: 'month', since: '', until: '' };

describe('orders and spend', () => {
  test('count on the business day on which they were placed, midnight being that of the business', async () => {
    // London is an hour ahead of UTC in summer: 23:30 in UTC is the next day.
    const summer = await openShop(moneyBack);
    summer.clock.advance(150 * DAY_MS);
    for (const placedAt of [
      '2026-06-30T22:59:00Z',
      '2026-06-30T23:00:00Z',
      '2026-07-01T22:59:59Z',
      '2026-07-01T23:00:00Z',
    ])
      await summer.order({ placedAt, totals: [1000] });
    const of = async (since: string) =>
      (await getFigures(summer.ctx, { period: 'days', since, until: since })).now.orders;
    expect([await of('2026-06-30'), await of('2026-07-01'), await of('2026-07-02')]).toEqual([1, 2, 1]);
  });

  test('leave out what was refunded, also long afterwards, and what was cancelled, and tell other currencies apart', async () => {
    const shop = await openShop(moneyBack);
    const placedAt = '2026-02-10T12:00:00Z';
    const refunded = await shop.order({ placedAt, totals: [4200, 800] });
    const cancelled = await shop.order({ placedAt, totals: [9900], email: 'bob@x.example' });
    await shop.order({ placedAt, totals: [7000], currency: 'USD', email: 'carl@x.example' });
    shop.clock.advance(20 * DAY_MS);
    await shop.refund(refunded.number, '1', 1200);
    await shop.event(cancelled.number, { status: 'cancelled' });
    const { now, currency } = await getFigures(shop.ctx, {
      period: 'days',
      since: '2026-02-10',
      until: '2026-02-10',
    });
    expect(currency).toBe('EUR');
    expect(now).toMatchObject({ orders: 2, cancelled: 1, spendMinor: 3800n, active: 2 });
    expect(now.others).toEqual([{ currency: 'USD', orders: 1, cancelled: 0, spendMinor: 7000n }]);
  });

  test('stand beside those of the days before, part by part', async () => {
    const shop = await openShop(moneyBack);
    for (const [placedAt, total] of [
      ['2026-02-27T10:00:00Z', 100],
      ['2026-02-28T10:00:00Z', 200],
      ['2026-03-01T10:00:00Z', 400],
    ] as const)
      await shop.order({ placedAt, totals: [total] });
    const { now, before } = await getFigures(shop.ctx, {
      period: 'days',
      since: '2026-02-28',
      until: '2026-03-01',
    });
    expect(now.parts.map(({ spendMinor }) => spendMinor)).toEqual([200n, 400n]);
    expect(before.parts.map(({ spendMinor }) => spendMinor)).toEqual([0n, 100n]);
    const file = await downloadFigures(shop.ctx, {
      period: 'days',
      since: '2026-02-28',
      until: '2026-03-01',
    });
    expect(file).toContain('now,2026-03-01,2026-03-01,EUR,1,0,4.00,');
    expect(file).toContain('before,2026-02-27,2026-02-27,EUR,1,0,1.00,');
  });

  test('are those of an independent count, whatever came in and went', async () => {
    const shop = await busyShop();
    for (const asked of [
      month,
      { ...month, period: 'year' },
      { period: 'days', since: '2025-12-03', until: '2026-02-17' },
    ]) {
      const { now, period } = await getFigures(shop.ctx, asked);
      const counted = await countOrders(shop.ctx, period);
      expect({
        orders: now.orders,
        cancelled: now.cancelled,
        spend: now.spendMinor,
        active: now.active,
      }).toEqual(counted);
      expect(now.parts.reduce((sum, { orders }) => sum + orders, 0)).toBe(counted.orders);
    }
  });
});

describe('rewards by day', () => {
  test('are those of the ledgers, entry by entry, and verify says so', async () => {
    const shop = await busyShop();
    await keepFigures(shop.ctx);
    expect(await daysOf(shop.ctx)).toEqual(await countDays(shop.ctx, 'Europe/London'));
    const { now } = await getFigures(shop.ctx, { period: 'days', since: '2025-01-01', until: '2026-12-31' });
    const [row] = await shop.ctx.db.read({ sql: 'SELECT sum(balance_minor) FROM accounts', args: [] });
    expect(grownBy(now)).toBe(BigInt(row?.[0] ?? 0));
    expect(now.redeemedMinor).toBeGreaterThan(0n);
    expect((await verify(shop.ctx)).differences).toBe(0);
    await shop.ctx.db.write([{ sql: 'UPDATE ledger_days SET amount_minor = amount_minor + 1', args: [] }]);
    expect((await verify(shop.ctx)).found[0]?.what).toMatch(/^figures of /);
  });

  test('count each entry once, by many at once, read again, and rebuilt from nothing', async () => {
    const shop = await busyShop();
    await Promise.all(Array.from({ length: 10 }, () => keepFigures(shop.ctx)));
    const first = await daysOf(shop.ctx);
    expect(first).toEqual(await countDays(shop.ctx, 'Europe/London'));
    await goBack(shop.ctx, { name: 'figures', position: 0 });
    await Promise.all(Array.from({ length: 5 }, () => keepFigures(shop.ctx)));
    expect(await daysOf(shop.ctx)).toEqual(first);
    await shop.ctx.db.write([{ sql: 'DELETE FROM ledger_days', args: [] }]);
    await rebuildFigures(shop.ctx);
    expect(await daysOf(shop.ctx)).toEqual(first);
  });

  test('go to the day on which an entry was posted, also for a late order', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ placedAt: '2026-02-20T12:00:00Z', totals: [10_000] });
    await keepFigures(shop.ctx);
    await shop.order({ placedAt: '2026-02-10T12:00:00Z', totals: [10_000] });
    await keepFigures(shop.ctx);
    expect(await daysOf(shop.ctx)).toEqual(['2026-03-01 EUR earn 1000 2']);
  });

  test('begin anew in another time zone', async () => {
    const shop = await openShop();
    await shop.order({ email: 'ann@x.example' });
    await setSetting(shop.ctx, 'currency', 'EUR');
    await setSetting(shop.ctx, 'timeZone', 'Europe/London');
    await adjust(shop.ctx, { account: 'ann@x.example', amount: 500n, reason: 'Sorry' });
    await keepFigures(shop.ctx);
    expect(await daysOf(shop.ctx)).toEqual(['2026-03-01 EUR adjust 500 1']);
    await setSetting(shop.ctx, 'timeZone', 'Pacific/Auckland');
    await Promise.all([keepFigures(shop.ctx), keepFigures(shop.ctx)]);
    await keepFigures(shop.ctx);
    expect(await daysOf(shop.ctx)).toEqual(['2026-03-02 EUR adjust 500 1']);
    expect((await verify(shop.ctx)).differences).toBe(0);
  });
});

test('promises are beaten, kept, broken and open by the day of the business', async () => {
  const shop = await openShop(moneyBack);
  const promisedBy = '2026-02-20';
  for (const [placedAt, deliveredAt] of [
    ['2026-02-15T12:00:00Z', '2026-02-19T23:59:59Z'],
    ['2026-02-15T12:00:00Z', '2026-02-20T00:00:00Z'],
    ['2026-02-15T12:00:00Z', '2026-02-20T23:59:59Z'],
    ['2026-02-15T12:00:00Z', '2026-02-21T00:00:00Z'],
    ['2026-02-15T12:00:00Z', null],
  ] as const) {
    const order = await shop.order({ placedAt, promisedBy, status: 'placed' });
    if (deliveredAt !== null) await shop.event(order.number, { status: 'delivered', at: deliveredAt });
  }
  const gone = await shop.order({ placedAt: '2026-02-15T12:00:00Z', promisedBy, status: 'placed' });
  await shop.event(gone.number, { status: 'cancelled' });
  await shop.order({ promisedBy: '2026-03-01', status: 'placed' });
  const of = async (since: string) =>
    (await getFigures(shop.ctx, { period: 'days', since, until: since })).now.promises;
  expect(await of(promisedBy)).toEqual({ beaten: 1, kept: 2, broken: 2, open: 0 });
  expect(await of('2026-03-01')).toEqual({ beaten: 0, kept: 0, broken: 0, open: 1 });
});

test('what is owed comes to what is available, by age and by when it lapses', async () => {
  const shop = await busyShop();
  const owed = await getOwed(shop.ctx);
  const [row] = await shop.ctx.db.read({
    sql: 'SELECT sum(remaining_minor) FROM lots WHERE expires_at IS NULL OR expires_at > ?',
    args: [shop.ctx.now()],
  });
  for (const steps of [owed.byAge, owed.byLapse])
    expect(steps.reduce((sum, { minor }) => sum + minor, 0n)).toBe(BigInt(row?.[0] ?? 0));
  const file = async (role: 'analyst' | 'agent') => {
    const actor = { kind: 'staff', id: 's', role } as const;
    return (await new Response(await downloadOwed({ ...shop.ctx, actor })).text()).trimEnd().split('\n');
  };
  const [head, ...lines] = await file('analyst');
  expect(head).toBe('by,over_days,within_days,currency,amount');
  const steps = lines.map((line) => line.split(',').slice(0, 3).join(' '));
  expect(steps).toEqual([
    ...['age  30', 'age 30 90', 'age 90 180', 'age 180 365', 'age 365 '],
    ...['lapse  30', 'lapse 30 90', 'lapse 90 180', 'lapse 180 365', 'lapse 365 ', 'lapse  '],
  ]);
  for (const by of ['age', 'lapse'])
    expect(
      lines
        .filter((line) => line.startsWith(`${by},`))
        .reduce((sum, line) => sum + Math.round(Number(line.split(',').at(-1)) * 100), 0),
    ).toBe(Number(row?.[0] ?? 0));
  await expect(file('agent')).rejects.toMatchObject({ code: 'forbidden' });
});

test('strangers and customers read no figures', async () => {
  const shop = await openShop(moneyBack);
  for (const actor of [{ kind: 'anonymous' } as const, { kind: 'customer', id: 'c' } as const])
    await expect(getFigures({ ...shop.ctx, actor }, month)).rejects.toMatchObject({
      code: actor.kind === 'anonymous' ? 'unauthenticated' : 'forbidden',
    });
});

function grownBy({
  givenMinor,
  takenBackMinor,
  redeemedMinor,
  lapsedMinor,
  correctedMinor,
}: StretchFigures): bigint {
  return givenMinor - takenBackMinor - redeemedMinor - lapsedMinor + correctedMinor;
}

async function daysOf({ db }: Context): Promise<string[]> {
  const rows = await db.read({
    sql: 'SELECT day, currency, kind, amount_minor, entries FROM ledger_days ORDER BY 1, 2, 3',
    args: [],
  });
  return rows.map((row) => row.join(' '));
}

/** The same from every entry, in another way. */
async function countDays({ db }: Context, timeZone: string): Promise<string[]> {
  const rows = await db.read({
    sql: 'SELECT recorded_at, currency, kind, amount_minor FROM ledger',
    args: [],
  });
  const groups = Map.groupBy(
    rows,
    ([at, currency, kind]) => `${dayOf(Number(at), timeZone)} ${currency} ${kind}`,
  );
  return [...groups]
    .map(([key, all]) => `${key} ${all.reduce((sum, row) => sum + BigInt(row[3] ?? 0), 0n)} ${all.length}`)
    .toSorted();
}

async function countOrders({ db }: Context, { since, until }: { since: string; until: string }) {
  const rows = await db.read({
    sql: 'SELECT placed_at, currency, total_minor, discount_minor, refunded_minor, is_cancelled, root_id FROM orders',
    args: [],
  });
  const days = new Set<string>();
  for (let day = since; day <= until; day = addDays(day, 1)) days.add(day);
  const inside = rows.filter(([at]) => days.has(dayOf(Number(at), 'Europe/London')));
  const own = inside.filter(([, currency]) => currency === 'EUR');
  const standing = own.filter((row) => Number(row[5]) === 0);
  return {
    orders: own.length,
    cancelled: own.length - standing.length,
    spend: standing.reduce(
      (sum, [, , total, discount, refunded]) =>
        sum + BigInt(total ?? 0) - BigInt(discount ?? 0) - BigInt(refunded ?? 0),
      0n,
    ),
    active: new Set(inside.filter((row) => Number(row[5]) === 0).map((row) => row[6])).size,
  };
}
