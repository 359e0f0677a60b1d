import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { lineOfText } from '../../../functions/ground/platform/input.ts';
import { recordOrder } from '../../../functions/money/orders/record-order.ts';
import { recordRefund } from '../../../functions/money/orders/record-refund.ts';
import { recordOrderInput, refundInput } from '../../../functions/money/orders/schema.ts';
import { eventStatuses } from '../../../functions/money/orders/statuses.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { createTestContext } from '../../support/test-context.ts';
import { aFile } from '../imports/import-file.ts';
import { always, textOf } from './export-text.ts';

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map((text) => text.replace(/\p{C}/gu, '-').trim() || 'x')
  .filter((text) => lineOfText(100).safeParse(text).success);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const amount = fc.nat(99_999);

/** Everything that an order may say and the columns can hold. */
const anOrder = fc.record({
  source: fc.constantFrom('web', 'till'),
  placedAt: fc.constantFrom('2026-02-27T23:30:00.125Z', '2026-03-01T10:00:00Z', '2026-03-05T00:00:00Z'),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  customer: fc.constantFrom(
    undefined,
    { email: 'ann@x.example', name: 'Ann' },
    { email: 'bob@x.example', key: 'B-1' },
    { key: 'C-1', name: '=Cy, "the" second' },
    { key: 'D-1' },
  ),
  place: fc.constantFrom({}, { account: 'ACME' }, { account: 'ACME', department: 'Paris' }),
  status: fc.constantFrom(...eventStatuses),
  shipping: optional(amount),
  tax: optional(amount),
  taxIncluded: optional(amount),
  promisedBy: optional(fc.constant('2026-03-09')),
  lines: fc.array(
    fc.record({
      sku: optional(word),
      product: optional(word),
      category: optional(word),
      quantity: fc.integer({ min: 1, max: 9000 }).map((milli) => milli / 1000),
      total: amount,
      discountPercent: fc.constantFrom(0, 0, 10, 100),
      backPercent: fc.constantFrom(0, 0, 50, 100),
      giftCard: fc.constantFrom(false, false, true),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});
type Sketch = typeof anOrder extends fc.Arbitrary<infer Value> ? Value : never;

test('orders exported and imported into an empty portal are the same, field by field', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anOrder, { minLength: 1, maxLength: 6 }), async (sketches) => {
      const ctx = await createTestContext();
      for (const [index, sketch] of sketches.entries()) await tell(ctx, `N-${index}`, sketch);
      const copy = await createTestContext();
      const path = aFile(await textOf(exportOrders(ctx, always)));
      const report = await importOrders(copy, { path });
      expect(report).toMatchObject({ errors: [], orders: { created: sketches.length } });
      expect(await told(copy)).toEqual(await told(ctx));
      const again = await importOrders(ctx, { path });
      expect(again).toMatchObject({ errors: [], orders: { created: 0, updated: 0 } });
    }),
    { numRuns: 30, seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31) },
  );
}, 60_000);

async function tell(ctx: Context, number: string, sketch: Sketch): Promise<void> {
  const { source, currency, place, lines, shipping, tax, taxIncluded, ...rest } = sketch;
  const money = (minor: number) => ({ amount: minor, currency });
  const sum = (minor: number | undefined) => (minor === undefined ? undefined : money(minor));
  const input = recordOrderInput.parse({
    ...{ source, number, currency, ...rest, ...place },
    ...{ shipping: sum(shipping), tax: sum(tax), taxIncluded: sum(taxIncluded) },
    lines: lines.map(({ total, discountPercent, backPercent, ...line }, index) => ({
      ...line,
      id: `${index + 1}`,
      total: money(total),
      discount: money(discountOf({ total, discountPercent })),
    })),
  });
  await recordOrder(ctx, input);
  const back = lines.flatMap((line, index) => {
    const paid = line.total - discountOf(line);
    const minor = Math.floor((paid * line.backPercent) / 100);
    return minor === 0 ? [] : [{ line: `${index + 1}`, amount: money(minor) }];
  });
  if (back.length === 0) return;
  const refund = refundInput.parse({ id: 'r1', at: rest.placedAt, lines: back });
  await recordRefund(ctx, { source, number, refund });
}

function discountOf({ total, discountPercent }: { total: number; discountPercent: number }): number {
  return Math.floor((total * discountPercent) / 100);
}

/** All orders and sales of nobody by what they say; ids, times of recording and events' names are each database's own. */
async function told({ db }: Context) {
  const read = (sql: string) => db.read({ sql, args: [] });
  const sales = await read(
    'SELECT source, number, state, currency, spend_minor FROM waiting_sales ORDER BY 1, 2',
  );
  return {
    orders: await read(`SELECT o.source, o.number, c.email, (SELECT group_concat(k.key) FROM customer_keys k
      WHERE k.customer_id = c.id AND k.source = o.source), c.name, a.kind, a.name, r.kind, r.name, placed_at, placed_on, currency,
      total_minor, discount_minor, refunded_minor, shipping_minor, tax_minor, tax_included_minor, line_count, delivered_at,
      is_cancelled, is_held, promised_by, (SELECT min(status) FROM order_events WHERE order_id = o.id) FROM orders o
      JOIN customers c ON c.id = customer_id JOIN accounts a ON a.id = account_id JOIN accounts r ON r.id = o.root_id
      ORDER BY 1, 2`),
    lines:
      await read(`SELECT source, number, sku, product, category, quantity_milli, l.total_minor, l.discount_minor,
      l.refunded_minor, is_gift_card FROM order_lines l JOIN orders ON id = order_id
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`),
    sales: sales.map(([source, number, state, ...sums]) => ({
      source,
      number,
      sums,
      state: tellState(String(state)),
    })),
  };
}

function tellState(text: string) {
  const { customerName, account, department, order } = JSON.parse(text);
  const { placedAt, shippingMinor, taxMinor, taxIncludedMinor, promisedBy, lines, events, refunds } = order;
  const back = new Map<string, bigint>();
  for (const { lineId, amountMinor } of refunds.flatMap((one: { lines: unknown[] }) => one.lines))
    back.set(lineId, (back.get(lineId) ?? 0n) + BigInt(amountMinor));
  const goods: string[] = lines.map(({ lineId, ...line }: { lineId: string }) =>
    JSON.stringify({
      ...Object.fromEntries(Object.entries(line).sort()),
      back: String(back.get(lineId) ?? 0n),
    }),
  );
  const sums = { shippingMinor, taxMinor, taxIncludedMinor, promisedBy };
  const status = events.map((event: { status: string }) => event.status);
  return { customerName, account, department, placedAt, ...sums, status, goods: goods.sort() };
}
