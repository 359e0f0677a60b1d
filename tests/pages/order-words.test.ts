import { expect, test } from 'vitest';
import type { OrderRewardView } from '../../functions/desk/portal/order-types.ts';
import { locales } from '../../languages/built.ts';
import { wordsIn } from '../../src/locale.ts';
import { orderHref, orderKeyIn } from '../../src/words/order.ts';
import { nothingWords } from '../../src/words/order-reward.ts';
import { statusHelp, toneOf } from '../../src/words/status.ts';

const pages = locales.map((language) => ({ path: language, t: wordsIn(language) }));

test.each(pages)('$path: says once that we are sorry', ({ t }) => {
  const sorry = /sorry|перепрош/i;
  expect(statusHelp(t, 'delayed')).toMatch(sorry);
  expect(statusHelp(t, 'delayed', { isRegretted: true })).not.toMatch(sorry);
});

test('what came back looks other than what was delivered', () => {
  for (const status of ['refunded', 'partly_refunded', 'returned'] as const)
    expect(toneOf(status)).not.toBe(toneOf('delivered'));
});

const amount = (minor: bigint) => ({ minor, currency: 'EUR' });
const reward = (after: bigint, reason: 'cancelled' | null): OrderRewardView => ({
  ruleName: 'Money back',
  earned: amount(0n),
  pending: amount(0n),
  settlesAt: null,
  spendBefore: amount(3_000n),
  spendAfter: amount(after),
  parts: [],
  lines: [{ lineId: '1', product: 'Mug', counted: amount(0n), reason }],
});

test.each(pages)('$path: only an order that counts brings anybody closer', ({ t }) => {
  const closer = t.earned_nothing();
  expect(nothingWords(reward(7_000n, null), t, { isRefunded: false })).toBe(closer);
  expect(nothingWords(reward(3_000n, 'cancelled'), t, { isRefunded: false })).toBe(t.earned_uncounted());
  expect(nothingWords(reward(3_000n, 'cancelled'), t, { isRefunded: true })).toBe(t.earned_uncounted());
  expect(nothingWords(reward(3_000n, null), t, { isRefunded: true })).toBe(t.earned_refunded());
});

test.each(['#1001', 'a/b?c&d+e', '100%25', '%2F', 'Замовлення № 7', '1.html'])(
  'the address of %s leads back to it',
  (number) => {
    const order = { source: 'a & b', number };
    expect(orderKeyIn(`https://shop.example/uk${orderHref(order)}?x=1#top`)).toEqual(order);
  },
);

test('an address that nothing could be encoded to means no order', () => {
  expect(orderKeyIn('https://shop.example/account/orders/web/%ff')).toBeNull();
});
