import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedOf } from '../../../functions/money/rewards/count.ts';
import { recomputeAccount } from '../../../functions/money/rewards/recompute.ts';
import { pendingOf, type SettledRow, settle, type Total } from '../../../functions/money/rewards/settle.ts';
import type { OrderFacts, Scheme } from '../../../functions/money/rewards/types.ts';
import { anOrder, aProgramme, aStanding, aVersion, marginal, schemes, steps, whole } from './builders.ts';

const key = 'back@1/2000-01-01';
const later = Date.parse('2026-06-01T00:00:00Z');

/** A root account that learns of its orders one state at a time. */
function anAccount(programme = aProgramme([aVersion(1)])) {
  const totals = new Map<string, Total>();
  const rowsOf = new Map<string, SettledRow[]>();
  const entries: {
    kind: string;
    order: string;
    amount: bigint;
    key: string;
    effectiveAt: number;
    spendAfter: bigint;
  }[] = [];
  const learn = (order: OrderFacts, now = later) => {
    const change = {
      order: { id: order.id, source: order.source, number: order.number },
      before: rowsOf.get(order.id) ?? [],
      after: countedOf(order, programme, aStanding()),
      effectiveAt: now,
    };
    const settled = settle({ programme, totals, changes: [change], now });
    for (const [name, total] of settled.totals) totals.set(name, total);
    rowsOf.set(order.id, settled.rows[0] ?? []);
    for (const {
      kind,
      order: by,
      amount,
      ruleId,
      version,
      period,
      effectiveAt,
      spendAfter,
    } of settled.entries)
      entries.push({
        kind,
        order: by.number,
        amount,
        key: `${ruleId}@${version}/${period.start}`,
        effectiveAt,
        spendAfter,
      });
    return settled;
  };
  return { programme, totals, entries, learn };
}

describe('settling by difference', () => {
  it('posts in the name of the order that reaches the target', () => {
    const { learn, entries, totals } = anAccount();
    learn(anOrder({ number: '1', lines: [{ total: 6_000n }] }));
    expect(entries).toEqual([]);
    learn(anOrder({ number: '2', lines: [{ total: 15_000n }] }));
    expect(entries).toMatchObject([{ kind: 'earn', order: '2', amount: 1_000n, spendAfter: 21_000n }]);
    expect(totals.get(key)).toEqual({ spend: 21_000n, settled: 21_000n, posted: 1_000n });
  });

  it('takes back what a return no longer earns, dated by the return', () => {
    const { learn, entries, totals } = anAccount();
    learn(anOrder({ number: '1', lines: [{ total: 20_000n }] }));
    learn(anOrder({ number: '1', lines: [{ total: 20_000n, refunded: 10_001n }] }), later + 5);
    expect(entries.map(({ kind, amount, effectiveAt }) => [kind, amount, effectiveAt])).toEqual([
      ['earn', 1_000n, Date.parse('2026-03-01T12:00:00Z')],
      ['clawback', -1_000n, later + 5],
    ]);
    expect(totals.get(key)).toEqual({ spend: 9_999n, settled: 9_999n, posted: 0n });
  });

  it('waits for delivery and the waiting days, and shows the rest as pending', () => {
    const account = anAccount(aProgramme([aVersion(1, { settleAfterDays: 14 })]));
    const [version] = account.programme.rules[0]?.newestFirst ?? [];
    const order = anOrder({ lines: [{ total: 30_000n }], deliveredAt: Date.parse('2026-03-10T12:00:00Z') });
    const due = Date.parse('2026-03-24T12:00:00Z');
    account.learn({ ...order, deliveredAt: null }, due);
    account.learn(order, due - 1);
    expect(account.entries).toEqual([]);
    const waiting = account.totals.get(key);
    expect(version && waiting && pendingOf(version, waiting)).toBe(1_500n);
    account.learn(order, due);
    expect(account.entries).toMatchObject([{ kind: 'earn', amount: 1_500n, effectiveAt: due }]);
  });

  it('takes back and gives again when an order is held and released', () => {
    const { learn, entries } = anAccount();
    learn(anOrder());
    learn(anOrder({ isHeld: true }));
    learn(anOrder());
    expect(entries.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['earn', 500n],
      ['clawback', -500n],
      ['earn', 500n],
    ]);
  });

  it('posts nothing twice and reports no total for an order that did not change', () => {
    const { learn, entries } = anAccount();
    learn(anOrder());
    const again = learn(anOrder());
    expect(entries).toHaveLength(1);
    expect([...again.totals]).toEqual([]);
  });

  it('reaches back into the period that earned', () => {
    const account = anAccount(aProgramme([aVersion(1, { period: 'month', scheme: steps })]));
    const march = anOrder({ number: 'm', lines: [{ total: 25_000n }] });
    account.learn(march);
    account.learn(
      anOrder({ number: 'a', placedAt: Date.parse('2026-04-10T12:00:00Z'), lines: [{ total: 10_000n }] }),
    );
    account.learn(anOrder({ ...march, lines: [{ total: 25_000n, refunded: 1n }] }));
    expect(account.entries.map((entry) => [entry.key, entry.amount])).toEqual([
      ['back@1/2026-03-01', 2_000n],
      ['back@1/2026-04-01', 500n],
      ['back@1/2026-03-01', -1_500n],
    ]);
  });

  it('computes a return with the version that earned', () => {
    const half: Scheme = { kind: 'every', spend: 10_000n, back: 250n };
    const account = anAccount(
      aProgramme([
        aVersion(1, { period: 'quarter' }),
        aVersion(2, { period: 'quarter', scheme: half, from: '2026-03-15' }),
      ]),
    );
    const placed = (number: string, day: string, refunded = 0n) =>
      account.learn(
        anOrder({ number, placedAt: Date.parse(`${day}T12:00:00Z`), lines: [{ total: 20_000n, refunded }] }),
      );
    placed('1', '2026-03-14');
    placed('2', '2026-03-20');
    placed('3', '2026-04-01');
    placed('1', '2026-03-14', 20_000n);
    expect(account.entries.map((entry) => [entry.order, entry.key, entry.amount])).toEqual([
      ['1', 'back@1/2026-01-01', 1_000n],
      ['2', 'back@1/2026-01-01', 1_000n],
      ['3', 'back@2/2026-04-01', 500n],
      ['1', 'back@1/2026-01-01', -1_000n],
    ]);
  });

  it('moves an order to another membership year when the joining day moves', () => {
    const programme = aProgramme([aVersion(1, { period: 'membership-year' })]);
    const order = anOrder();
    const before = countedOf(order, programme, aStanding()).map((row) => ({ ...row, isSettled: true }));
    const totals = new Map([['back@1/2025-05-15', { spend: 10_000n, settled: 10_000n, posted: 500n }]]);
    const after = countedOf(order, programme, aStanding({ joiningDay: '2020-02-01' }));
    const { entries } = settle({
      programme,
      totals,
      changes: [{ order, before, after, effectiveAt: later }],
      now: later,
    });
    expect(entries.map((entry) => [entry.kind, entry.period.start, entry.amount])).toEqual([
      ['clawback', '2025-05-15', -500n],
      ['earn', '2026-02-01', 500n],
    ]);
  });

  it('posts the rules of one order in the programme’s order', () => {
    const { learn, entries } = anAccount(aProgramme([aVersion(1, { id: 'z' }), aVersion(1, { id: 'a' })]));
    learn(anOrder());
    expect(entries.map((entry) => entry.key)).toEqual(['z@1/2000-01-01', 'a@1/2000-01-01']);
  });

  it('refuses a row of a version that the programme lacks', () => {
    const row = {
      ruleId: 'gone',
      version: 1,
      period: { start: '2000-01-01', end: null },
      counted: 1n,
      settlesAt: 0,
    };
    const change = { order: anOrder(), before: [], after: [row], effectiveAt: 0 };
    const programme = aProgramme([aVersion(1)]);
    expect(() => settle({ programme, totals: new Map(), changes: [change], now: 0 })).toThrow(RangeError);
  });
});

describe('whatever the order of arrival', () => {
  it('ends in the same sums as counting from nothing, and never takes back more than was earned', () => {
    const programme = aProgramme([
      ...Object.entries(schemes).map(([id, scheme]) => aVersion(1, { id, scheme, period: 'month' })),
      aVersion(1, { id: 'wait', scheme: whole, period: 'membership-year', settleAfterDays: 30 }),
      aVersion(1, { id: 'changing', scheme: steps, period: 'quarter', from: '2026-01-01' }),
      aVersion(2, { id: 'changing', scheme: marginal, period: 'quarter', from: '2026-02-01' }),
    ]);
    fc.assert(
      fc.property(histories, ({ orders, arrival }) => {
        const account = anAccount(programme);
        const seen = orders.map((): OrderEvent[] => []);
        for (const [index, event] of arrival) {
          seen[index]?.push(event);
          const facts = factsOf(orders[index], index, seen[index] ?? []);
          if (facts !== null) account.learn(facts);
        }
        const final = orders
          .map((order, index) => factsOf(order, index, seen[index] ?? []))
          .filter((facts) => facts !== null);
        const expected = recomputeAccount(final, programme, aStanding(), later);
        for (const [name, total] of account.totals) {
          const { spend = 0n, settled = 0n, posted = 0n } = expected.get(name) ?? {};
          expect(total).toEqual({ spend, settled, posted });
          const entries = account.entries.filter((entry) => entry.key === name);
          expect(entries.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(posted);
          expect(posted >= 0n).toBe(true);
        }
        expect([...expected.keys()].filter((name) => !account.totals.has(name))).toEqual([]);
      }),
    );
  });

  it('earns 15.00, 20.00, 19.00 and 11.00 on 380.00', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (arrival) => {
        const programme = aProgramme(
          Object.entries(schemes).map(([id, scheme]) => aVersion(1, { id, scheme })),
        );
        const account = anAccount(programme);
        for (const [number, total] of arrival) account.learn(anOrder({ number, lines: [{ total }] }));
        const posted = Object.keys(schemes).map((id) => account.totals.get(`${id}@1/2000-01-01`)?.posted);
        expect(posted).toEqual([1_500n, 2_000n, 1_900n, 1_100n]);
      }),
    );
  });
});

const parts: [string, bigint][] = [
  ['a', 10_000n],
  ['b', 9_999n],
  ['c', 1n],
  ['d', 18_000n],
];

type OrderEvent = 'placed' | 'delivered' | 'refunded' | 'refunded more' | 'cancelled';

interface OrderPlan {
  placedAt: number;
  total: bigint;
  events: OrderEvent[];
}

/** Nothing is known of an order before it is placed; the rest may have arrived earlier, or twice. */
function factsOf(plan: OrderPlan | undefined, index: number, seen: OrderEvent[]): OrderFacts | null {
  if (plan === undefined || !seen.includes('placed')) return null;
  const refunded =
    (seen.includes('refunded') ? plan.total / 3n : 0n) +
    (seen.includes('refunded more') ? plan.total / 2n : 0n);
  return anOrder({
    number: String(index),
    placedAt: plan.placedAt,
    deliveredAt: seen.includes('delivered') ? plan.placedAt + 86_400_000 : null,
    isCancelled: seen.includes('cancelled'),
    lines: [{ total: plan.total, refunded }],
  });
}

const events: OrderEvent[] = ['placed', 'delivered', 'refunded', 'refunded more', 'cancelled'];

const histories = fc
  .array(
    fc.record({
      placedAt: fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-05-31') }),
      total: fc.bigInt({ min: 0n, max: 60_000n }),
      events: fc.subarray(events),
    }),
    { maxLength: 8 },
  )
  .chain((orders) => {
    const all = orders.flatMap((order, index) =>
      order.events.map((event): [number, OrderEvent] => [index, event]),
    );
    const twice = [...all, ...all];
    return fc.shuffledSubarray(twice, { minLength: all.length }).map((arrival) => ({ orders, arrival }));
  });
