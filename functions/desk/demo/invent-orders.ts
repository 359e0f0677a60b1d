import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { OrderLine } from '../../money/orders/order.ts';
import type { DemoRefund, OrderSketch } from './demo-order.ts';
import { type Good, goods, inventLines, lineOf } from './goods.ts';
import { company, household, type Person, people } from './people.ts';
import type { Random } from './random.ts';
import type { Fate } from './shipment.ts';

const HISTORY_DAYS = 725;

export interface Inventing {
  now: number;
  random: Random;
}

/** Two years of orders of people about whom nothing else is told: some come weekly, some came once. */
export function inventOrders(persons: readonly Person[], inventing: Inventing): OrderSketch[] {
  const { random } = inventing;
  return persons.flatMap((by) => {
    const gapDays = random.pick([21, 35, 50, 80, 80, 120, 200]);
    return habit(inventing, { gapDays, sinceDays: random.between(25, HISTORY_DAYS) }, (placedAt) => ({
      by,
      ...anyPurchase(placedAt, random),
      ...(random.chance(1) ? { currency: 'EUR' } : {}),
    }));
  });
}

/** A firm with three departments, whose people order for their own and Marta for all. */
export function companyOrders(inventing: Inventing): OrderSketch[] {
  const { random } = inventing;
  const buyers = [
    { by: people.marta },
    { by: people.marta, department: 'Events' },
    { by: people.tom, department: 'Kitchen' },
    { by: people.tom, department: 'Kitchen' },
    { by: people.iryna, department: 'Events' },
    { by: people.joe, department: 'Reception' },
  ] as const;
  return habit(inventing, { gapDays: 9, sinceDays: 640 }, (placedAt) => ({
    ...random.pick(buyers),
    account: company,
    placedAt,
    lines: inventLines(random, 3),
    fate: anyFate(random),
  }));
}

/** Two people who earn together. */
export function householdOrders(inventing: Inventing): OrderSketch[] {
  const { random } = inventing;
  return habit(inventing, { gapDays: 40, sinceDays: 400 }, (placedAt) => ({
    by: random.pick([people.anna, people.daniel]),
    account: household,
    ...anyPurchase(placedAt, random),
  }));
}

/** What Anna buys week in, week out, beside what is told of her in `stories.ts`. */
export function annasHabit(inventing: Inventing): OrderSketch[] {
  const { random } = inventing;
  return habit(inventing, { gapDays: 30, sinceDays: 710 }, (placedAt) => ({
    by: people.anna,
    placedAt,
    lines: inventLines(random),
    source: random.chance(30) ? 'till' : 'web',
  })).filter(({ placedAt }) => placedAt < inventing.now - 25 * DAY_MS);
}

/** Purchases of one kind, from `sinceDays` ago until today, about `gapDays` apart. */
function habit(
  { now, random }: Inventing,
  { gapDays, sinceDays }: { gapDays: number; sinceDays: number },
  sketch: (placedAt: number) => OrderSketch,
): OrderSketch[] {
  const sketches: OrderSketch[] = [];
  let days = sinceDays;
  while (days >= 0) {
    const placedAt = clockOf(now - days * DAY_MS, random);
    if (placedAt < now) sketches.push(sketch(placedAt));
    days -= random.between(Math.ceil(gapDays / 3), Math.ceil((gapDays * 5) / 3));
  }
  return sketches;
}

function anyPurchase(placedAt: number, random: Random): Omit<OrderSketch, 'by'> {
  const lines = withMug(inventLines(random), placedAt);
  if (random.chance(25)) return { placedAt, lines, source: 'till' };
  if (random.chance(3)) return { placedAt, lines, refund: halfBack(placedAt, lines) };
  return { placedAt, lines, fate: anyFate(random) };
}

/** Most teapots go with a mug, and few mugs go without one: told by the minute, so that all else stays as chance has it. */
function withMug(lines: OrderLine[], placedAt: number): OrderLine[] {
  const has = (good: Good) => lines.some(({ sku }) => sku === goods[good].sku);
  if (has('pot') === has('mug') || Math.floor(placedAt / 60_000) % 5 === 0) return lines;
  if (has('pot')) return [...lines, lineOf(lines.length + 1, { good: 'mug' })];
  if (has('earlGrey')) return lines;
  return lines.map((line, index) =>
    line.sku === goods.mug.sku ? lineOf(index + 1, { good: 'earlGrey' }) : line,
  );
}

/** Something came damaged: half of the first line is given back a week later. */
function halfBack(placedAt: number, [first]: readonly OrderLine[]): DemoRefund {
  const amount = first === undefined ? 0n : (first.totalMinor - first.discountMinor) / 2n;
  const lines = first === undefined ? [] : [{ line: first.lineId, amount }];
  return { at: placedAt + 7 * DAY_MS, reason: 'Arrived damaged', lines };
}

const misfortunes = [
  ['delayed', 5],
  ['failed-once', 3],
  ['two-parcels', 5],
  ['pickup', 7],
  ['held', 2],
  ['cancelled', 3],
  ['returned', 4],
  ['return-refused', 1],
] as const satisfies [Fate, number][];

function anyFate(random: Random): Fate {
  let left = random.whole(100);
  for (const [fate, percent] of misfortunes) {
    if (left < percent) return fate;
    left -= percent;
  }
  return 'delivered';
}

/** The same day at a time when people shop, 7 to 22 o'clock. */
function clockOf(instant: number, random: Random): number {
  return Math.floor(instant / DAY_MS) * DAY_MS + random.between(7 * 60, 22 * 60) * 60_000;
}
