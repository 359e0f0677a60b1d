import { afterEach, expect, test } from 'vitest';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { getProgress } from '../../../functions/care/campaigns/get-progress.ts';
import { readCampaign } from '../../../functions/care/campaigns/read-campaign.ts';
import { getResult } from '../../../functions/care/campaigns/result/get-result.ts';
import { scheduleCampaign, stopCampaign } from '../../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../../functions/care/campaigns/sending/work-campaigns.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import { finishFacts } from '../../../functions/insight/segments/facts-ready.ts';
import { useVoucher } from '../../../functions/money/redemptions/use-voucher.ts';
import { DAY_MS } from '../../support/shop.ts';
import { aCampaign, addressesOf, type CampaignHouse, gift, openCampaignHouse } from './house.ts';

let house: CampaignHouse;
const open = async () => {
  house = await openCampaignHouse();
  return house;
};
afterEach(() => house.close());

const crowd = Array.from({ length: 60 }, (_, at) => `p${String(at).padStart(2, '0')}`);
test('the share held back gets nothing, and what both bought from that day on is told apart', async () => {
  const { ctx, shop, people, send, deliver } = await open();
  const ids = await people(crowd);
  const id = await send({ controlPercent: 30 });
  await deliver();
  const told = new Set(addressesOf(house));
  const { held, sent } = await getProgress(ctx, { id });
  expect(held).toBeGreaterThanOrEqual(10);
  expect(held + sent).toBe(crowd.length);
  shop.clock.advance(2 * DAY_MS);
  for (const name of ids.keys()) {
    const totals = [told.has(`${name}@example.com`) ? 9000 : 5000];
    const placedAt = new Date(shop.clock.now()).toISOString();
    await shop.order({ email: `${name}@example.com`, totals, placedAt });
  }
  await finishFacts(ctx);
  const result = await getResult(ctx, { id });
  expect(result).toMatchObject({
    ...{ until: '2026-03-30', isOver: false, vouchers: null },
    told: { accounts: sent, bought: sent, spendMinor: BigInt(sent) * 9000n },
    held: { accounts: held, bought: held, spendMinor: BigInt(held) * 5000n },
    effect: { state: 'told', estimate: { difference: 4000, from: 4000, to: 4000 } },
  });
  shop.clock.advance(40 * DAY_MS);
  await shop.order({ email: 'p00@example.com', totals: [70_000] });
  await finishFacts(ctx);
  expect(await getResult(ctx, { id })).toEqual({ ...result, isOver: true });
});

test('with fewer than ten held back nobody can tell, and without a share nothing is compared', async () => {
  const { ctx, people, send } = await open();
  await people(crowd.slice(0, 12));
  const some = await send({ controlPercent: 50 });
  expect((await getResult(ctx, { id: some })).effect).toEqual({ state: 'too_few', estimate: null });
  const none = await send({ name: 'All' });
  expect((await getResult(ctx, { id: none })).effect).toBeNull();
});

test('each account told gets a voucher of its own, the books add up, and its use is counted', async () => {
  const { ctx, shop, people, send, deliver } = await open();
  const ids = await people(crowd.slice(0, 20));
  const id = await send({ ...gift, controlPercent: 30 });
  await deliver();
  const { told } = await getProgress(ctx, { id });
  const codes = await ctx.db.read({ sql: 'SELECT code FROM vouchers', args: [] });
  expect(codes).toHaveLength(told);
  const mail = house.fake.accepted[0]?.body;
  const code = String(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(String(mail?.text))?.[0]);
  expect(String(mail?.text)).toContain('€3.00 off your next purchase');
  await useVoucher(ctx, { code, order: { source: 'till', number: 'T-1' }, amount: 300n, currency: 'EUR' });
  expect((await getResult(ctx, { id })).vouchers).toEqual({ given: told, used: 1, paidMinor: 300n });
  expect(await verify(ctx)).toMatchObject({ differences: 0 });
  shop.clock.advance(31 * DAY_MS);
  const who = String(mail?.to).split('@')[0] ?? '';
  const reader = { ...ctx, actor: { kind: 'customer', id: ids.get(who) ?? '' } } as const;
  const read = await readCampaign(reader, { id, language: 'en', formats: formatsOf('en', 'Europe/London') });
  expect(read.blocks).toContainEqual(expect.objectContaining({ kind: 'voucher', code }));
  expect(await verify(ctx)).toMatchObject({ differences: 0 });
});

test('broken off between two accounts, the next run gives nobody a second voucher', async () => {
  const { ctx, people } = await open();
  await people(crowd.slice(0, 12));
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign(gift));
  await scheduleCampaign(ctx, { id, seq, at: null });
  let writes = 0;
  const write: typeof ctx.db.write = (statements) => {
    writes += 1;
    if (writes > 8) throw new Error('killed');
    return ctx.db.write(statements);
  };
  const dying = { ...ctx, db: { ...ctx.db, write, fresh: ctx.db.fresh } };
  await expect(workCampaigns(dying)).rejects.toThrow('killed');
  const before = await ctx.db.read({ sql: 'SELECT count(*) FROM vouchers', args: [] });
  expect(Number(before[0]?.[0])).toBeGreaterThan(0);
  await workCampaigns(ctx);
  const [row] = await ctx.db.read({
    sql: 'SELECT (SELECT count(*) FROM vouchers), (SELECT count(DISTINCT account_id) FROM vouchers), (SELECT count(*) FROM outbox)',
    args: [],
  });
  expect(row?.map(Number)).toEqual([12, 12, 12]);
});

test('stopped, what was given stays', async () => {
  const { ctx, people, send } = await open();
  await people(crowd.slice(0, 3));
  const id = await send(gift);
  await stopCampaign(ctx, { id });
  await workCampaigns(ctx);
  expect((await getResult(ctx, { id })).vouchers?.given).toBe(3);
  expect(await verify(ctx)).toMatchObject({ differences: 0 });
});
