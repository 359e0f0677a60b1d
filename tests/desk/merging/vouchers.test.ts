import { expect, test } from 'vitest';
import { findCodes } from '../../../functions/desk/console/find-codes.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { getOwnVoucher } from '../../../functions/desk/portal/get-own-voucher.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { sellAtTill } from '../../../functions/money/till/sell.ts';
import { moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice, refusal } from './two-in-one.ts';

const inVouchers = { ...moneyBack, id: 'vouchers', pays: { voucher: { months: 6, minimum: '0.00' } } };

/** Ann has no voucher of her own, her old self has one of 5.00. */
async function openWithVoucher() {
  const shop = await openTwice(inVouchers);
  const [own] = await shop.buys(ann, 1000);
  const [other] = await shop.buys(old, 10_000);
  const [code = ''] = await shop.rows('SELECT code FROM vouchers');
  const [annId, oldId] = [own?.customerId ?? '', other?.customerId ?? ''];
  const codesOf = async (customerId: string) =>
    (await getOverview(shop.as(customerId), { accountId: null })).vouchers.map((one) => one.code);
  const sell = (customerId: string) =>
    sellAtTill(shop.ctx, {
      key: newId(),
      buyer: { kind: 'customer', id: customerId },
      accountId: null,
      lines: [{ category: null, isGiftCard: false, totalMinor: 2000n }],
      vouchers: [{ code, amountMinor: 500n }],
      creditMinor: 0n,
    });
  return { ...shop, annId, oldId, accountId: own?.accountId ?? '', code, codesOf, sell };
}

test('the survivor sees the vouchers of the merged one, also over a second merge', async () => {
  const { annId, codesOf, ...shop } = await openWithVoucher();
  expect(await codesOf(annId)).toEqual([]);
  expect(await refusal(getOwnVoucher(shop.as(annId), { code: shop.code }))).toBe('not_found');
  await shop.merge();
  expect(await codesOf(annId)).toEqual([shop.code]);
  const statement = await getStatement(shop.as(annId), { accountId: null, kind: null, year: null, page: 1 });
  expect(statement.vouchers.map(({ code }) => code)).toEqual([shop.code]);
  expect((await getOwnVoucher(shop.as(annId), { code: shop.code })).code).toBe(shop.code);
  const found = await findCodes(shop.ctx.db, { text: shop.code, limit: 5 });
  expect(found.vouchers).toEqual([{ code: shop.code, accountId: shop.accountId, customerId: annId }]);
  const [third] = await shop.buys('third@example.com', 1000);
  await shop.merge('third@example.com', ann);
  expect(await codesOf(third?.customerId ?? '')).toEqual([shop.code]);
});

test('the survivor pays with them at the till, once', async () => {
  const shop = await openWithVoucher();
  expect(await refusal(shop.sell(shop.annId))).toBe('not_found');
  const { id } = await shop.merge();
  const sold = await shop.sell(shop.annId);
  expect(sold.vouchers).toEqual([{ code: shop.code, amountMinor: 500n }]);
  expect(await refusal(shop.sell(shop.annId))).toBe('voucher_used');
  expect(await shop.codesOf(shop.annId)).toEqual([]);
  expect(await shop.differences()).toEqual([]);
  await shop.undo(id);
  expect(await shop.codesOf(shop.oldId)).toEqual([]);
  expect(await shop.balanceOf(shop.oldId)).toEqual([0, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('whoever uses one by its code leaves the merged account hidden', async () => {
  const shop = await openWithVoucher();
  await shop.merge();
  const order = { source: 'web', number: 'W-later' };
  await useVoucher(shop.ctx, { code: shop.code, order, amount: 500n, currency: 'EUR' });
  expect(await shop.rows('SELECT count(*) FROM accounts WHERE withdrawn_at IS NOT NULL')).toEqual(['1']);
  expect(await shop.rows(`SELECT account_id FROM history WHERE kind = 'voucher_used'`)).toEqual([
    shop.accountId,
  ]);
  expect(await shop.differences()).toEqual([]);
});

test('undone, they are the other one’s alone again', async () => {
  const shop = await openWithVoucher();
  const { id } = await shop.merge();
  await shop.undo(id);
  expect(await shop.codesOf(shop.annId)).toEqual([]);
  expect(await shop.codesOf(shop.oldId)).toEqual([shop.code]);
  expect(await refusal(shop.sell(shop.annId))).toBe('not_found');
  await shop.sell(shop.oldId);
  expect(await shop.differences()).toEqual([]);
});
