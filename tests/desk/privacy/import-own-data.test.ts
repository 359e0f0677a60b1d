import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { downloadOwnData } from '../../../functions/desk/privacy/download-own-data.ts';
import { importOwnData } from '../../../functions/desk/privacy/import-own-data.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { answer, openHouse, tell } from '../../voice/feedback/house.ts';

async function takenHome(ctx: Context, customerId: string): Promise<Uint8Array<ArrayBuffer>> {
  const actor = { kind: 'customer', id: customerId, signedInAt: ctx.now() } as const;
  const { body } = await downloadOwnData({ ...ctx, actor }, { language: 'en' });
  return new Uint8Array(await new Response(body).arrayBuffer());
}

const compared: Record<string, string> = {
  customers: 'email name phone address language',
  orders:
    'source number placed_at placed_on currency shipping_minor tax_minor promised_by status spend_minor line_count',
  order_lines:
    'line_id sku product category quantity_milli total_minor discount_minor refunded_minor is_gift_card',
  order_events: 'source event_id status at at_on note carrier tracking_number tracking_url parcel',
  refunds: 'refund_id at at_on reason',
  refund_lines: 'refund_id line_id amount_minor',
  feedback: 'id reference kind text language wants_reply at order_source order_number line_id product',
  feedback_messages: 'id feedback_id from text at',
};

/** What a history is wherever it is kept, by table. */
function historyOf(zip: Uint8Array): Record<string, unknown[]> {
  const files = unzipSync(zip);
  const rowsOf = (table: string, columns: string) => {
    const lines = strFromU8(files[`data/${table}.ndjson`] ?? new Uint8Array()).split('\n');
    return lines
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .map((row) => JSON.stringify(columns.split(' ').map((name) => row[name])))
      .toSorted();
  };
  return Object.fromEntries(
    Object.entries(compared).map(([table, columns]) => [table, rowsOf(table, columns)]),
  );
}

/** Ann bought twice, got something back, and told something that was answered. */
async function open() {
  const { shop, ctx, ann, agent, order } = await openHouse();
  const { customerId } = order;
  await shop.order({ email: 'ann@example.com', number: 'A-2', totals: [4200, 1300], status: 'shipped' });
  await shop.event('A-2', { status: 'delivered', note: 'Left at the door', carrier: 'DHL' });
  await shop.refund('A-1', '1', 2000);
  await ctx.db.write([
    statement("UPDATE customers SET name = 'Ann Ward', phone = '+44 20 7946 0117' WHERE id = ?", customerId),
  ]);
  const { id } = await tell(ann, { text: 'One bag arrived torn, «розірвана».' });
  await answer(agent, id);
  return { zip: await takenHome(ctx, customerId) };
}

test('what a customer takes home is their history in an empty portal, row by row', async () => {
  const { zip } = await open();
  const there = await openShop(moneyBack);
  const done = await importOwnData(there.ctx, zip);
  expect(done).toMatchObject({
    orders: { created: 2, unchanged: 0 },
    feedback: { answers: { rejected: 0 }, errors: [] },
  });
  const before = historyOf(zip);
  expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
  expect(historyOf(await takenHome(there.ctx, done.customerId))).toEqual(before);
  expect(await verify(there.ctx)).toMatchObject({ found: [] });
  const again = await importOwnData(there.ctx, zip);
  expect(again).toMatchObject({ customerId: done.customerId, orders: { created: 0, unchanged: 2 } });
  expect(historyOf(await takenHome(there.ctx, done.customerId))).toEqual(before);
});

test('what is no download is refused with the place that is wrong, and writes nothing', async () => {
  const { zip } = await open();
  const { ctx } = await openShop(moneyBack);
  const refused = (bytes: Uint8Array) => importOwnData(ctx, bytes);
  await expect(refused(strToU8('no zip'))).rejects.toMatchObject({ code: 'bad_request' });
  await expect(refused(zipSync({ 'a.txt': strToU8('a') }))).rejects.toThrow('no download');
  const files = unzipSync(zip);
  const orders = strFromU8(files['data/orders.ndjson'] ?? new Uint8Array());
  const broken = {
    ...files,
    'data/orders.ndjson': strToU8(orders.replace('"currency":"EUR"', '"currency":1')),
  };
  await expect(refused(zipSync(broken))).rejects.toThrow(/data\/orders\.ndjson, line \d, currency/);
  expect(await ctx.db.read(statement('SELECT count(*) FROM customers'))).toEqual([[0n]]);
  const reader = { ...ctx, actor: { kind: 'key', id: 'k', scopes: ['orders:write'] } as const };
  await expect(importOwnData(reader, zip)).rejects.toMatchObject({ code: 'scope_missing' });
});
