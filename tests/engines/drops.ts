import { expect, test } from 'vitest';
import { claimAtOnce, expectFairRace } from '../circle/club/drop-race.ts';
import { type EngineName, type House, newKeyName, send } from './house.ts';
import { deliveredOrder } from './orders.ts';

const STOCK = 10;
const AT_ONCE = 20;

/** A drop with many more claimants than pieces, over HTTP and at once. */
export function describeDrops(name: EngineName, open: () => House): void {
  const claimants = name === 'Node with a file' || process.env.SOAK === '1' ? 200 : 60;
  test(`${STOCK} pieces and ${claimants} claimants at once: exactly ${STOCK}, the rest in line`, async () => {
    const { origin, newKey, look } = open();
    const key = await newKey('orders:write', 'customers:read', 'customers:write');
    const post = (path: string, body: unknown, idempotencyKey = newKeyName()) =>
      send(origin, { method: 'POST', path, body, key, idempotencyKey });
    const joined = async (index: number): Promise<string> => {
      const email = `claimant-${index}@example.com`;
      const order = { ...deliveredOrder(`drop-${index}`, 1000), customer: { email } };
      const { json } = await post('/orders', order);
      expect((await post('/club/members', { email })).status).toBe(201);
      return json.customerId;
    };
    const people: string[] = [];
    for (let first = 0; first < claimants; first += AT_ONCE) {
      people.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => joined(first + at)))));
    }
    await look(`INSERT INTO drops (id, texts, stock, closes_at, at, actor)
      VALUES ('race', '{"en":{"title":"Ten","body":""}}', ${STOCK}, 9000000000000, 0, 'test')`);
    await look("INSERT INTO drop_windows (drop_id, level, opens_at) VALUES ('race', '', 0)");
    const answers = await claimAtOnce(people, (customerId, claimKey) =>
      post('/drops/race/claims', { customerId }, claimKey),
    );
    expectFairRace(answers, STOCK);
    const kept = await look(`SELECT customer_id, seq FROM drop_claims WHERE drop_id = 'race' ORDER BY seq`);
    const told = answers.toSorted((a, b) => a.number - b.number);
    expect(kept).toEqual(told.map(({ claimantId, number }) => [claimantId, String(number)]));
    expect(await look("SELECT count(*) FROM drop_grants WHERE drop_id = 'race'")).toEqual([[String(STOCK)]]);
    // Two a second, the claimants' mails would keep those of the tests behind this one waiting.
    await look("UPDATE outbox SET failed_at = 1, failure = 'not sent by this test' WHERE sent_at IS NULL");
  }, 300_000);
}
