import { expect, it } from 'vitest';
import { getOwnVoucher } from '../../../functions/desk/portal/get-own-voucher.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { previewVoucher } from '../../../functions/desk/portal/preview-voucher.ts';
import { turnIntoVoucher } from '../../../functions/desk/portal/turn-into-voucher.ts';
import { rowsOf } from '../../../src/words/statement.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });

it('says before a voucher is made how long it lasts and what would come back', async () => {
  const shop = await openShop({ ...moneyBack, spend: '10.00', back: '1.00', expires: { months: 4 } });
  const { customerId } = await shop.order({ totals: [6000] });
  shop.clock.advance(95 * DAY_MS);
  await shop.order({ totals: [55000] });
  const ctx = shop.as(customerId);
  const ask = (amount: string | null) => previewVoucher(ctx, { accountId: null, amount });
  const end = shop.clock.now() + 30 * DAY_MS - 1;
  expect(await ask('61.00')).toMatchObject({ amount: eur(6100n), expiresAt: end, returns: eur(5500n) });
  expect(await ask('6.00')).toMatchObject({ amount: eur(600n), expiresAt: end, returns: null });
  expect(await ask('100')).toMatchObject({ amount: eur(10000n), available: eur(6100n) });
  expect(await ask('much')).toMatchObject({ amount: null });
  const made = await turnIntoVoucher(ctx, { accountId: null, amountMinor: 6100n, key: 'form' });
  expect(made).toMatchObject({ expiresAt: end, returns: eur(5500n) });
});

it('shows a voucher with its QR code to who may spend, and to nobody else', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ totals: [10000] });
  const other = await shop.order({ email: 'bob@example.com', totals: [10000] });
  const { code } = await turnIntoVoucher(shop.as(customerId), {
    accountId: null,
    amountMinor: 500n,
    key: 'form',
  });
  const voucher = await getOwnVoucher(shop.as(customerId), { code: code.toLowerCase() });
  expect(voucher).toMatchObject({ code, amount: eur(500n), state: 'open', accountName: null });
  expect(voucher.squares.length).toBeGreaterThan(20);
  for (const asked of [
    getOwnVoucher(shop.as(other.customerId), { code }),
    getOwnVoucher(shop.as(customerId), { code: 'NONE' }),
  ])
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
});

it('puts what one order brought into one row, and rows by day', async () => {
  const shop = await openShop(moneyBack, { ...moneyBack, id: 'second', name: 'One more', back: '1.00' });
  const { customerId } = await shop.order({ totals: [10000] });
  await shop.order({ totals: [10000], placedAt: '2026-01-05T10:00:00Z' });
  const asked = { accountId: null, kind: null, year: null, page: 1 };
  const statement = await getStatement(shop.as(customerId), asked);
  expect(statement).toMatchObject({ total: 2, pages: 1 });
  const rows = rowsOf(statement.entries);
  expect(rows.map(({ amount, entries }) => [amount.minor, entries.length])).toEqual([
    [600n, 2],
    [600n, 2],
  ]);
  expect(rows.map(({ first }) => first.balanceAfter.minor)).toEqual([1200n, 600n]);
  const days = rows.map(({ first }) => first.at);
  expect(days).toEqual(days.toSorted((a, b) => b - a));
});
