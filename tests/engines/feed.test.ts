import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../functions/money/orders/schema.ts';
import { pause, type Running, repository, start } from '../support/process.ts';
import { createTestContext } from '../support/test-context.ts';
import { type Empty, engines } from './each-engine.ts';

const KILLS = 2;

describe.each(engines.filter(({ skip }) => !skip))('following on $name', ({ open }) => {
  let house: Empty;
  let ctx: Context;
  beforeEach(async () => {
    house = await open();
    await migrate(house.db, 0);
    await house.db.script('CREATE TABLE told (position INTEGER, account_id TEXT, seq INTEGER, by TEXT)');
    ctx = await createTestContext({ store: house.db });
  });
  afterEach(() => house.remove());

  const read = async (sql: string) => (await house.db.read({ sql, args: [] })).map((row) => row.map(String));
  const follower = (name: string): Running =>
    start({ command: 'node', arguments: [`${repository}tests/engines/follow-slowly.ts`, house.url, name] });

  async function order(number: number): Promise<void> {
    const input = {
      source: 'web',
      number: String(number),
      placedAt: new Date(ctx.now()).toISOString(),
      currency: 'EUR',
      status: 'delivered',
      customer: { email: `${number % 5}@example.com` },
      lines: [{ id: '1', total: { amount: 1000, currency: 'EUR' } }],
    };
    await recordOrder(ctx, recordOrderInput.parse(input));
  }

  test('misses nothing and does nothing twice, with two processes, many writers and kills in the middle', async () => {
    let sold = 0;
    const sell = async () => {
      await Promise.all([1, 2, 3, 4].map((more) => order(sold + more)));
      sold += 4;
    };
    const toldBy = async (name: string) =>
      Number((await read(`SELECT count(*) FROM told WHERE by = '${name}'`))[0]?.[0]);
    const first = follower('first');
    while ((await toldBy('first')) === 0 && first.isRunning()) await sell();
    await first.end('SIGKILL');
    const steady = follower('steady');
    for (let kills = 0; kills < KILLS; kills += 1) {
      const killed = follower('killed');
      while (!killed.output().includes('begun') && killed.isRunning()) await sell();
      await pause(10 + 20 * kills);
      await killed.end('SIGKILL');
    }
    const newest = async () => Number((await read('SELECT max(position) FROM feed_changes'))[0]?.[0]);
    const told = async () => Number((await read('SELECT count(*) FROM told'))[0]?.[0]);
    while ((await told()) < (await newest()) && steady.isRunning()) await pause(50);
    await steady.end('SIGKILL');
    expect(await read('SELECT position, account_id, seq FROM told ORDER BY rowid')).toEqual(
      await read('SELECT position, account_id, seq FROM feed_changes ORDER BY position'),
    );
    expect(await read('SELECT count(*) FROM history')).toEqual([[String(await newest())]]);
    expect(await toldBy('steady')).toBeGreaterThan(0);
    expect((await verify(ctx)).found).toEqual([]);
  });
});
