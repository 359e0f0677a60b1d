import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Statement, Store } from '../../db/store.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import { goBack } from '../../functions/ground/feed/positions.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { AppError } from '../../functions/ground/platform/errors.ts';
import { endYears } from '../../functions/insight/facts/count-years.ts';
import { factsFollower, followFacts, rebuildFacts } from '../../functions/insight/facts/follow-facts.ts';
import { type Command, command, programme } from './commands.ts';
import { dayAt } from './reference/calendar.ts';
import { netOf, type ToldOrder } from './reference/count.ts';
import { openWorld, run, type World } from './world.ts';

const SEQUENCES = Number(process.env.SEQUENCES ?? (process.env.SOAK === '1' ? 1000 : 40));
const COMMANDS = 40;

/** A turn of counting: how many changes a step reads, after how many writes it is killed, from where it is read again. */
interface Turn {
  kind: 'count';
  step: number;
  killedAfter: number;
  again: number | null;
}

const turn: fc.Arbitrary<Turn> = fc.record({
  kind: fc.constant('count'),
  step: fc.integer({ min: 1, max: 6 }),
  killedAfter: fc.integer({ min: 0, max: 12 }),
  again: fc.option(fc.integer({ min: 0, max: 99 })),
});

/** What may be taken from a balance is told by books that are not kept here. */
const told = command.filter(({ kind }) => kind !== 'redeem' && kind !== 'adjust');

const acts = fc.array(fc.oneof({ weight: 3, arbitrary: told }, { weight: 1, arbitrary: turn }), {
  minLength: COMMANDS,
  maxLength: COMMANDS,
  size: 'max',
});

test(`facts are those of a plain count, and of a rebuild, after ${SEQUENCES} sequences with kills between`, async () => {
  const property = fc.asyncProperty(programme(fc.constant('early')), acts, async (first, all) => {
    const world = await openWorld();
    try {
      await play(world, [first, ...all]);
    } finally {
      world.close();
    }
  });
  await fc.assert(property, {
    numRuns: SEQUENCES,
    seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31),
    endOnFailure: process.env.FC_QUICK === '1',
  });
});

async function play(world: World, all: readonly (Command | Turn)[]): Promise<void> {
  for (const act of all) {
    if (act.kind === 'count') await countAWhile(world, act);
    else await run(world, act);
  }
  await followFacts(world.ctx);
  await endYears(world.ctx);
  const followed = await readTables(world.store);
  expect(await readShown(world)).toEqual(countPlainly(world));
  expect((await verify(world.ctx)).found).toEqual([]);
  await world.store.write([
    { sql: 'UPDATE account_facts SET order_count = order_count + 1', args: [] },
    { sql: "INSERT INTO account_days VALUES ('nobody', '2026-01-01', '', 'EUR', 1, 1, 0)", args: [] },
  ]);
  await rebuildFacts(world.ctx);
  expect(await readTables(world.store)).toEqual(followed);
}

class Killed extends Error {}

async function countAWhile(world: World, { step, killedAfter, again }: Turn): Promise<void> {
  let left = killedAfter;
  const write = (statements: readonly Statement[]) => {
    left -= 1;
    if (left < 0) throw new Killed();
    return world.store.write(statements);
  };
  const { fresh } = world.store;
  const read = (asked: Statement) => world.store.read(asked);
  const db: Store = { ...world.store, read, write, fresh: { ...fresh, read, write } };
  const mortal: Context = { ...world.ctx, db };
  try {
    await followFacts(mortal, { ...factsFollower, step });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  if (again === null) return;
  await goBack(world.ctx, { name: 'facts', position: again }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

const tables = ['account_facts', 'account_days', 'account_categories', 'account_levels', 'account_years'];

async function readTables(store: Store) {
  const rows = await Promise.all(
    tables.map((table) => store.read({ sql: `SELECT * FROM ${table}`, args: [] })),
  );
  return rows.map((own) => own.map((row) => row.map(String).join('|')).toSorted());
}

/** What is kept of accounts with any orders, departments together, as text. */
async function readShown({ store }: World): Promise<string[]> {
  const all = await Promise.all(
    [
      `SELECT 'day', root_id, day, currency, sum(order_count), sum(spend_minor), sum(refunded_minor) FROM account_days
        GROUP BY root_id, day, currency`,
      "SELECT 'category', root_id, category, currency, order_count, spend_minor, coalesce(last_on, '') FROM account_categories",
      `SELECT 'facts', account_id, order_count, purchase_days, coalesce(first_on, ''), coalesce(last_on, '') FROM account_facts
        WHERE account_id IN (SELECT root_id FROM account_days)`,
    ].map((sql) => store.read({ sql, args: [] })),
  );
  return all
    .flat()
    .map((row) => row.map(String).join('|'))
    .toSorted();
}

const isCancelled = ({ events }: ToldOrder) => events.some(({ status }) => status === 'cancelled');
const stands = (worth: bigint, net: bigint) => worth === 0n || net > 0n;
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

/** The same from what was told, with neither SQL nor anything of the room. */
function countPlainly({ orders, rootIds }: World): string[] {
  const lines = new Map<string, { count: number; spend: bigint; rest: bigint | string }>();
  const facts = new Map<string, { count: number; days: Set<string> }>();
  for (const order of orders) {
    if (isCancelled(order)) continue;
    const root = rootIds.get(order.root) ?? '';
    const day = dayAt(order.placedAt);
    const nets = order.lines.map((line) => ({
      ...line,
      worth: line.total - line.discount,
      net: netOf(order, line),
    }));
    const [worth, net] = [sum(nets.map((line) => line.worth)), sum(nets.map((line) => line.net))];
    const isOwn = stands(worth, net);
    const known = facts.get(root) ?? { count: 0, days: new Set<string>() };
    if (isOwn) known.days.add(day);
    facts.set(root, { ...known, count: known.count + (isOwn ? 1 : 0) });
    const key = `day|${root}|${day}|${order.currency}`;
    const of = lines.get(key) ?? { count: 0, spend: 0n, rest: 0n };
    lines.set(key, {
      count: of.count + (isOwn ? 1 : 0),
      spend: of.spend + net,
      rest: BigInt(of.rest) + worth - net,
    });
    for (const category of new Set(nets.map((line) => line.category ?? ''))) {
      const own = nets.filter((line) => (line.category ?? '') === category);
      const isBought = isOwn && own.some((line) => stands(line.worth, line.net));
      const name = `category|${root}|${category}|${order.currency}`;
      const before = lines.get(name) ?? { count: 0, spend: 0n, rest: '' };
      lines.set(name, {
        count: before.count + (isBought ? 1 : 0),
        spend: before.spend + sum(own.map((line) => line.net)),
        rest: isBought && day > String(before.rest) ? day : before.rest,
      });
    }
  }
  return [
    ...[...lines].map(([key, { count, spend, rest }]) => [key, count, spend, rest].join('|')),
    ...[...facts].map(([root, { count, days }]) => {
      const sorted = [...days].toSorted();
      return ['facts', root, count, days.size, sorted[0] ?? '', sorted.at(-1) ?? ''].join('|');
    }),
  ].toSorted();
}
