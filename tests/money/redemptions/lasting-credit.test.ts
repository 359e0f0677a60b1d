import { expect, it } from 'vitest';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { instantText } from '../../../functions/ground/platform/answer.ts';
import { getVoucher } from '../../../functions/money/redemptions/get-voucher.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';

const lasting = { ...moneyBack, expires: { months: 4 } };

/** 6.00 that ends soon and 55.00 that ends three months later, and whoever has it. */
async function twoEnds() {
  const shop = await openShop({ ...lasting, spend: '10.00', back: '1.00' });
  const { customerId } = await shop.order({ totals: [6000] });
  shop.clock.advance(95 * DAY_MS);
  await shop.order({ totals: [55000] });
  const own = shop.as(String(customerId));
  const overview = () => getOverview(own, { accountId: null });
  const accountId = (await overview()).account.id;
  const buy = (amount: bigint) =>
    redeem(own, {
      customerId: String(customerId),
      accountId,
      kind: 'voucher',
      amount,
      currency: 'EUR',
      reference: null,
    });
  const available = async () => (await overview()).available.minor;
  const [[soon] = [], [late] = []] = await shop.ctx.db.read({
    sql: 'SELECT expires_at FROM lots ORDER BY expires_at',
    args: [],
  });
  return { ...shop, buy, available, soon: Number(soon), late: Number(late), accountId };
}
type TwoEnds = Awaited<ReturnType<typeof twoEnds>>;

/** Until a moment has passed, with what the jobs then do. */
async function passTo({ ctx, clock }: TwoEnds, at: number) {
  clock.advance(at + 1 - clock.now());
  for (const { failure } of await runJobs(ctx)) expect(failure).toBeNull();
}

const soundBooks = async ({ ctx }: TwoEnds) => expect(await verify(ctx)).toMatchObject({ differences: 0 });

it('ends with the soonest credit and says what of it comes back', async () => {
  const shop = await twoEnds();
  const { voucher } = await shop.buy(6100n);
  expect(voucher).toMatchObject({
    amount: { amount: 6100 },
    expiresAt: instantText(shop.clock.now() + 30 * DAY_MS),
    returns: { amount: 5500 },
  });
});

it('gives longer-lived credit back when it ends unused, with its own date', async () => {
  const shop = await twoEnds();
  const { voucher } = await shop.buy(6100n);
  expect(await shop.available()).toBe(0n);
  await passTo(shop, Date.parse(String(voucher?.expiresAt)));
  expect(await shop.available()).toBe(5500n);
  const lots = await shop.ctx.db.read({
    sql: 'SELECT remaining_minor, expired_minor, expires_at FROM lots WHERE remaining_minor > 0',
    args: [],
  });
  expect(lots.map((row) => row.map(Number))).toEqual([[5500, 0, shop.late]]);
  expect(await getVoucher(shop.ctx, { code: String(voucher?.code) })).toMatchObject({ state: 'expired' });
  await soundBooks(shop);
  await passTo(shop, shop.late);
  expect(await shop.available()).toBe(0n);
  await soundBooks(shop);
});

it('returns once, however often the job runs', async () => {
  const shop = await twoEnds();
  const { voucher } = await shop.buy(6100n);
  await passTo(shop, Date.parse(String(voucher?.expiresAt)));
  await runJobs(shop.ctx, { name: 'vouchers' });
  expect(await shop.available()).toBe(5500n);
});

it.each([
  ['credit that ends with it', 600n],
  ['a part of that', 250n],
])('returns nothing of a voucher from %s', async (_name, amount) => {
  const shop = await twoEnds();
  const { voucher } = await shop.buy(amount);
  expect(voucher?.returns).toBeNull();
  await passTo(shop, Date.parse(String(voucher?.expiresAt)));
  expect(await shop.available()).toBe(5500n);
  await soundBooks(shop);
});

it('returns nothing of one that was used or taken back', async () => {
  const used = await twoEnds();
  const { voucher } = await used.buy(6100n);
  const order = { source: 'web', number: 'later' };
  await useVoucher(used.ctx, { code: String(voucher?.code), order, amount: 1000n, currency: 'EUR' });
  await passTo(used, Date.parse(String(voucher?.expiresAt)));
  expect(await used.available()).toBe(0n);
  await soundBooks(used);
  const back = await twoEnds();
  const bought = await back.buy(6100n);
  await reverseRedemption(back.ctx, { id: bought.id, reason: 'Changed their mind' });
  await passTo(back, Date.parse(String(bought.voucher?.expiresAt)));
  expect(await back.available()).toBe(5500n);
  await soundBooks(back);
});

it('refuses to take back or to use a voucher whose credit went back', async () => {
  const shop = await twoEnds();
  const { id, voucher } = await shop.buy(6100n);
  await passTo(shop, Date.parse(String(voucher?.expiresAt)));
  await expect(reverseRedemption(shop.ctx, { id, reason: 'Again' })).rejects.toMatchObject({
    code: 'already_reversed',
  });
  const use = { order: { source: 'web', number: 'late' }, amount: 100n, currency: 'EUR' };
  await expect(useVoucher(shop.ctx, { code: String(voucher?.code), ...use })).rejects.toMatchObject({
    code: 'voucher_expired',
  });
});

it('lets nobody carry credit over its end by one voucher after the other', async () => {
  const shop = await twoEnds();
  for (let round = 0; round < 12; round += 1) {
    const available = await shop.available();
    if (available === 0n) break;
    const { voucher } = await shop.buy(available);
    await passTo(shop, Date.parse(String(voucher?.expiresAt)));
  }
  expect(await shop.available()).toBe(0n);
  expect(shop.clock.now()).toBeLessThan(shop.late + 31 * DAY_MS);
  await soundBooks(shop);
});
