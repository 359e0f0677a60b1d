import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { createApp } from '../../../functions/app.ts';
import { listKeys } from '../../../functions/ground/keys/list-keys.ts';
import { revokeKey } from '../../../functions/ground/keys/revoke-key.ts';
import { orderExample } from '../../../functions/money/orders/examples.ts';
import { createTestApi, post } from '../../support/test-api.ts';

/** A database as a server is: what is read plainly may come from elsewhere than what is read fresh. Counts its turns. */
function asServer(store: Store) {
  let turns = 0;
  let isSameTurn = false;
  const counted = <Result>(work: Promise<Result>) => {
    if (!isSameTurn) turns += 1;
    isSameTurn = true;
    void Promise.resolve().then(() => {
      isSameTurn = false;
    });
    return work;
  };
  const over = (fresh: () => Store): Store => ({
    ...store,
    read: (asked) => counted(store.read(asked)),
    write: (statements) => counted(store.write(statements)),
    writeMany: (units) => counted(store.writeMany(units)),
    get fresh() {
      return fresh();
    },
  });
  const primary: Store = over(() => primary);
  return { db: over(() => primary), turnsOf: () => turns };
}

async function create() {
  const api = await createTestApi({ build: createApp });
  const server = asServer(api.ctx.db);
  const app = createApp({ runtime: api.ctx, openStore: () => server.db });
  const authorization = await api.bearer('orders:write');
  const plain = createApp({ runtime: api.ctx, openStore: () => api.ctx.db });
  const sendTo =
    (to: typeof app) =>
    async (number: string, told: object = {}) => {
      const before = server.turnsOf();
      const body = { ...orderExample, number, ...told };
      const answer = await to.request('/api/v1/orders', post(body, { Authorization: authorization }));
      const text = (await answer.text()).replace(/"[0-9a-f]{32}"/g, '""');
      return { status: answer.status, text, turns: server.turnsOf() - before };
    };
  return { ...api, send: sendTo(app), sendPlainly: sendTo(plain) };
}

test('a key that was good a moment ago is asked about beside the first reads', async () => {
  const { send } = await create();
  const first = await send('1');
  const second = await send('2');
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.turns).toBeLessThan(first.turns);
});

test('a key that was revoked since opens nothing at once', async () => {
  const { ctx, send } = await create();
  await send('1');
  const [key] = await listKeys(ctx);
  await revokeKey(ctx, { id: key?.id ?? '' });
  const orders = async () => (await ctx.db.read({ sql: 'SELECT 1 FROM orders', args: [] })).length;
  expect((await send('2')).status).toBe(401);
  expect((await send('1', { currency: 'USD' })).status).toBe(401);
  expect(await orders()).toBe(1);
});

test.each<[string, object, number]>([
  ['a new order', {}, 201],
  ['a currency that is not ours', { currency: 'USD' }, 422],
  ['no lines', { lines: [] }, 422],
])('%s is answered as where the key is asked about first', async (_, told, status) => {
  const [beside, before] = await Promise.all(
    ['remembered', 'asked'].map(async (which) => {
      const { send, sendPlainly } = await create();
      await send('0');
      return which === 'remembered' ? send('1', told) : sendPlainly('1', told);
    }),
  );
  expect(beside?.status).toBe(status);
  expect([beside?.status, beside?.text]).toEqual([before?.status, before?.text]);
});
