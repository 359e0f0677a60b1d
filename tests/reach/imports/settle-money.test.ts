import { expect, test } from 'vitest';
import { type MoneyLine, settleMoney } from '../../../functions/reach/imports/settle-money.ts';
import type { OrderFields } from '../../../functions/reach/imports/staged-line.ts';

const nothing: OrderFields = {
  shipping: null,
  tax: null,
  taxIncluded: null,
  status: null,
  deliveredAt: null,
  promisedBy: null,
  carrier: null,
  trackingNumber: null,
  orderDiscount: null,
  orderSubtotal: null,
  orderRefunded: null,
  orderTotal: null,
};

function settle(totals: bigint[], fields: Partial<OrderFields>, refunded: bigint[] = []) {
  const lines = totals.map(
    (total, index): MoneyLine => ({
      id: String(index + 1),
      sku: null,
      product: null,
      total,
      discount: 0n,
      refunded: refunded[index] ?? 0n,
    }),
  );
  const money = settleMoney(lines, [], { ...nothing, ...fields });
  const goods = lines.reduce((sum, line) => sum + line.total - line.discount, 0n);
  return { ...money, lines, paid: goods + (money.shipping ?? 0n) + (money.tax ?? 0n) };
}

test.each([
  [
    'tax on top',
    [5000n],
    { shipping: 500n, tax: 400n, orderSubtotal: 5000n, orderTotal: 5900n },
    [500n, 400n, null],
  ],
  [
    'tax inside',
    [5000n],
    { shipping: 500n, tax: 400n, orderSubtotal: 5000n, orderTotal: 5500n },
    [500n, null, 400n],
  ],
  ['no sum: tax on top', [5000n], { shipping: 500n, tax: 400n }, [500n, 400n, null]],
  ['tax of nothing stays nothing', [5000n], { shipping: 500n, tax: 0n, orderTotal: 5500n }, [500n, 0n, null]],
  ['tax known to be inside', [5000n], { taxIncluded: 400n, orderTotal: 5000n }, [null, null, 400n]],
  [
    'a discount on shipping, tax inside',
    [9300n],
    { shipping: 1500n, tax: 581n, orderDiscount: 1500n, orderSubtotal: 9300n, orderTotal: 9300n },
    [0n, null, 581n],
  ],
  [
    'a discount on shipping, tax on top',
    [9300n],
    { shipping: 1500n, tax: 581n, orderDiscount: 1500n, orderSubtotal: 9300n, orderTotal: 9881n },
    [0n, 581n, null],
  ],
  [
    'a discount on goods and shipping, tax on top',
    [10_000n],
    { shipping: 1000n, tax: 450n, orderDiscount: 1500n, orderSubtotal: 9000n, orderTotal: 9950n },
    [500n, 450n, null],
  ],
  [
    'goods taken out of the order, tax on top',
    [3000n, 2000n],
    { shipping: 500n, tax: 300n, orderDiscount: 0n, orderSubtotal: 3000n, orderTotal: 3800n },
    [500n, 300n, null],
  ],
  [
    'a cent of rounding, tax on top',
    [5000n],
    { shipping: 500n, tax: 400n, orderSubtotal: 5000n, orderTotal: 5901n },
    [501n, 400n, null],
  ],
  [
    'everything given away',
    [5000n],
    { shipping: 0n, tax: 0n, orderDiscount: 5000n, orderSubtotal: 0n, orderTotal: 0n },
    [0n, 0n, null],
  ],
  [
    'less was paid than the goods cost',
    [5000n],
    { shipping: null, tax: null, orderTotal: 4000n },
    [null, null, null],
  ],
])('%s', (_name, totals, fields, [shipping, tax, taxIncluded]) => {
  const settled = settle(totals, fields);
  expect(settled).toMatchObject({ shipping, tax, taxIncluded });
  if ('orderTotal' in fields) expect(settled.paid).toBe(fields.orderTotal);
});

test.each([
  ['the order alone says it', 1000n, [0n, 0n], [500n, 500n]],
  ['the lines say the same money', 1000n, [1000n, 0n], [1000n, 0n]],
  ['the order says more: tax of the lines', 1100n, [1000n, 0n], [1000n, 0n]],
  ['the order says more: the shipping', 1600n, [1000n, 0n], [1000n, 0n]],
  ['the order says more: also an amount without goods', 1300n, [1000n, 0n], [1080n, 120n]],
  ['the order says less', 400n, [1000n, 0n], [1000n, 0n]],
  ['all of it, with shipping and tax', 7100n, [0n, 0n], [3000n, 3000n]],
])('what was given back counts once: %s', (_name, orderRefunded, before, after) => {
  const settled = settle([3000n, 3000n], { shipping: 500n, tax: 600n, orderRefunded }, before);
  expect(settled.lines.map(({ refunded }) => refunded)).toEqual(after);
});
