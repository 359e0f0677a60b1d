import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMember } from '../../functions/circle/club/add-member.ts';
import { endMembership } from '../../functions/circle/club/end-membership.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { buyers, type OrderSketch, orderSketch, ruleOf, statuses } from './commands.ts';
import { dayAt, TIME_ZONE } from './reference/calendar.ts';
import type { ToldOrder } from './reference/count.ts';
import { openWorld, record, sendEvent, sendRefund, settle, toldOrder, type World } from './world.ts';

const RUNS = process.env.SOAK === '1' ? 500 : 40;
const DAY_MS = 86_400_000;

/** An order with everything that will ever be told of it. */
interface Story {
  sketch: OrderSketch;
  events: { status: number; daysAfter: number }[];
  /** Per cents of the first line, together at most all of it. */
  refunds: number[];
  /** A time in the club, in days before and after the order; null for none. */
  club: { before: number; after: number } | null;
}

const story: fc.Arbitrary<Story> = fc.record({
  sketch: orderSketch,
  events: fc.array(
    fc.record({ status: fc.nat({ max: statuses.length - 1 }), daysAfter: fc.nat({ max: 30 }) }),
    { maxLength: 4 },
  ),
  refunds: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
  club: fc.option(
    fc.record({ before: fc.integer({ min: -5, max: 90 }), after: fc.integer({ min: 6, max: 25 }) }),
  ),
});

/** A way of telling: the sequence, what is told twice, and which refunds come in two parts. */
const telling = fc.record({
  order: fc.infiniteStream(fc.nat()),
  repeats: fc.infiniteStream(fc.boolean()),
  splits: fc.infiniteStream(fc.boolean()),
  pauses: fc.infiniteStream(fc.constantFrom(0, 0, 0, 20)),
});
type Telling = typeof telling extends fc.Arbitrary<infer Value> ? Value : never;

/** Rules whose rewards never expire and are no vouchers: under them the balances have to be the same, too. */
const lasting = [
  [0, 4, 20],
  [24, 4, 20],
];

test('invariant 1: the same order events, permuted, repeated and re-split, end in the same', async () => {
  const stories = fc.array(story, { minLength: 1, maxLength: 6 });
  const rules = fc.oneof(
    fc.constantFrom(...lasting).map((numbers) => ({ numbers, hasBalances: true })),
    fc
      .uniqueArray(fc.nat({ max: 29 }), { minLength: 1, maxLength: 3, selector: (rule) => rule % 3 })
      .map((numbers) => ({ numbers, hasBalances: false })),
  );
  await fc.assert(
    fc.asyncProperty(stories, rules, telling, telling, async (told, { numbers, hasBalances }, one, other) => {
      const [left, right] = [await tell(told, numbers, one), await tell(told, numbers, other)];
      expect(left.totals).toEqual(right.totals);
      expect(left.orders).toEqual(right.orders);
      if (hasBalances) expect(left.balances).toEqual(right.balances);
    }),
    { numRuns: RUNS, seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31) },
  );
});

/** Tells all stories in one way to a new business, and returns what it has come to. */
async function tell(stories: readonly Story[], rules: readonly number[], way: Telling) {
  const world = await openWorld();
  try {
    const told = rules.map((number) => ruleOf(number, '2024-01-01'));
    await setProgramme(world.ctx, { currency: 'EUR', timeZone: TIME_ZONE, rules: told, debt: 'carry' });
    const steps = stories.flatMap((one, index) => stepsOf(world, one, index, way));
    for (const step of inSomeOrder(steps, way)) {
      await step.tell();
      if (next(way.repeats)) await step.tell();
      world.clock.advance(next(way.pauses) * 1000);
      if (next(way.repeats)) await settle(world);
    }
    await settle(world);
    return await outcomeOf(world);
  } finally {
    world.close();
  }
}

interface Step {
  story: number;
  /** The order itself has to be told before what happens to it. */
  isFirst: boolean;
  tell: () => Promise<unknown>;
}

function stepsOf(
  world: World,
  { sketch, events, refunds, club }: Story,
  story: number,
  way: Telling,
): Step[] {
  const order = toldOrder(world, { ...sketch, daysAgo: sketch.daysAgo + 31 + story });
  order.number = `S-${story}`;
  const [line] = order.lines;
  const step = (tell: () => Promise<unknown>, isFirst = false): Step => ({ story, isFirst, tell });
  return [
    step(() => record(world, order, sketch.buyer), true),
    ...events.map(({ status, daysAfter }, index) => {
      const at = order.placedAt + daysAfter * DAY_MS;
      const event = { source: 'dhl', id: `e${index}`, status: statuses[status] ?? 'delivered', at };
      return step(() => sendEvent(world, order, event));
    }),
    ...(club === null ? [] : [step(() => tellClub(world, order, sketch.buyer, club))]),
    ...refunds.flatMap((percent, index) => {
      const whole = line === undefined ? 0n : ((line.total - line.discount) * BigInt(percent)) / 100n;
      const parts = next(way.splits) ? [whole / 3n, whole - whole / 3n] : [whole];
      return parts
        .filter((amount) => amount > 0n)
        .map((amount, part) => {
          const refund: ToldOrder['refunds'][number] = {
            id: `r${index}-${part}-of-${parts.length}`,
            at: order.placedAt + DAY_MS,
            lines: [{ line: line?.id ?? '', amount }],
          };
          return step(() => sendRefund(world, order, refund));
        });
    }),
  ];
}

/** A time in the club that is over; told twice it is the same. Buyers known by a key alone cannot join. */
async function tellClub(
  world: World,
  { root, placedAt }: ToldOrder,
  buyer: number,
  { before, after }: NonNullable<Story['club']>,
): Promise<void> {
  const email = buyers[buyer]?.email ?? null;
  if (email === null) return;
  const accountId = world.rootIds.get(root) ?? '';
  const [since, until] = [dayAt(placedAt - before * DAY_MS), dayAt(placedAt + after * DAY_MS)];
  await addMember(world.ctx, { email, accountId, since });
  await endMembership(world.ctx, { accountId, until, isWithdrawn: false });
}

/** Some permutation in which every order comes before what happens to it. */
function inSomeOrder(steps: readonly Step[], way: Telling): Step[] {
  const shuffled = steps
    .map((step) => ({ step, rank: next(way.order) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ step }) => step);
  const waiting = new Map(
    [...Map.groupBy(shuffled, ({ story }) => story)].map(([story, own]) => [
      story,
      own.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst)),
    ]),
  );
  return shuffled.flatMap(({ story }) => waiting.get(story)?.shift() ?? []);
}

async function outcomeOf({ store }: World) {
  const read = async (sql: string) =>
    (await store.read({ sql, args: [] })).map((row) => row.map(String).join(' '));
  const account = `coalesce((SELECT coalesce(email, (SELECT min(key) FROM customer_keys WHERE customer_id = customers.id))
    FROM customers WHERE id = owner_id), name)`;
  return {
    totals:
      await read(`SELECT ${account}, rule_id, version, period_start, spend_minor, settled_minor, posted_minor
      FROM period_totals JOIN accounts ON accounts.id = period_totals.root_id WHERE spend_minor > 0 ORDER BY 1, 2, 3, 4`),
    orders:
      await read(`SELECT source, number, status, status_at, delivered_at, total_minor, refunded_minor, is_cancelled
      FROM orders ORDER BY source, number`),
    balances: await read(`SELECT ${account}, balance_minor FROM accounts WHERE id = root_id ORDER BY 1`),
  };
}

function next<Value>(stream: Iterator<Value>): Value {
  const { value, done } = stream.next();
  if (done === true) throw new Error('a stream has an end');
  return value;
}
