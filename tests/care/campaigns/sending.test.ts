import { afterEach, expect, test } from 'vitest';
import { createCampaign, saveCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { getCampaign } from '../../../functions/care/campaigns/get-campaign.ts';
import { getProgress } from '../../../functions/care/campaigns/get-progress.ts';
import {
  scheduleCampaign,
  stopCampaign,
  unscheduleCampaign,
} from '../../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../../functions/care/campaigns/sending/work-campaigns.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import { markPremium } from '../../../functions/insight/facts/mark-premium.ts';
import { finishFacts } from '../../../functions/insight/segments/facts-ready.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import {
  aCampaign,
  addressesOf,
  agreeToNews,
  aText,
  type CampaignHouse,
  openCampaignHouse,
  setSegmentOf,
} from './house.ts';

let house: CampaignHouse;
const open = async () => {
  house = await openCampaignHouse();
  return house;
};
afterEach(() => house.close());

test('news reaches exactly those who agreed, each once, and says why the others were left out', async () => {
  const { ctx, people, send, deliver } = await open();
  await people(['ann', 'bob']);
  await people(['cy'], { agree: false });
  const id = await send();
  await workCampaigns(ctx);
  await deliver();
  expect(addressesOf(house)).toEqual(['ann@example.com', 'bob@example.com']);
  expect(await getProgress(ctx, { id })).toMatchObject({
    ...{ told: 2, held: 0, sent: 2, waiting: 0, skipped: [{ reason: 'declined', people: 1 }] },
  });
  await workCampaigns(ctx);
  expect((await getCampaign(ctx, { id })).state).toBe('sent');
});

test('a segment is told, and nobody else', async () => {
  const { ctx, shop, people, send, deliver } = await open();
  await people(['ann', 'bob']);
  await shop.order({ email: 'bob@example.com', totals: [90_000] });
  await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  await setSegmentOf(ctx, 'big', 50_000);
  await send({ segmentId: 'big' });
  await deliver();
  expect(addressesOf(house)).toEqual(['bob@example.com']);
});

test('what its reader says between the draw and the turn of the mail counts', async () => {
  const { ctx, people, send, deliver } = await open();
  const ids = await people(['ann', 'bob', 'cy']);
  const id = await send();
  await agreeToNews(ctx, ids.get('ann') ?? '', false);
  const cy = ids.get('cy') ?? '';
  await setPreferences(
    { ...ctx, actor: { kind: 'customer', id: cy } },
    { customerId: cy, pausedUntil: '2026-12-31' },
  );
  await deliver();
  expect(addressesOf(house)).toEqual(['bob@example.com']);
  expect((await getProgress(ctx, { id })).withheld).toEqual([
    { reason: 'paused', people: 1 },
    { reason: 'topic_off', people: 1 },
  ]);
});

test('the weekly limit holds over all campaigns', async () => {
  const { ctx, people, send, deliver } = await open();
  await people(['ann']);
  for (const name of ['One', 'Two', 'Three']) {
    await send({ name });
    await deliver();
  }
  expect(addressesOf(house)).toHaveLength(2);
  const [third] = await ctx.db.read({ sql: 'SELECT reason FROM campaign_skips', args: [] });
  expect(third?.[0]).toBe('week_full');
});

test('codes and order mails leave before what a campaign queued', async () => {
  const { ctx, people, send, deliver } = await open();
  await people(['ann', 'bob']);
  await send();
  await ctx.db.write([queueMail(ctx, { template: 'welcome', params: {}, address: 'new@example.com' })]);
  await deliver();
  expect(house.fake.accepted[0]?.body.to).toEqual('new@example.com');
});

test('stopped, nobody else gets it', async () => {
  const { ctx, people, send, deliver } = await open();
  await people(['ann', 'bob']);
  const id = await send();
  await stopCampaign(ctx, { id });
  await deliver();
  expect(addressesOf(house)).toEqual([]);
  expect((await getProgress(ctx, { id })).withheld).toEqual([{ reason: 'stopped', people: 2 }]);
  await workCampaigns(ctx);
  const { state, endedAt } = await getCampaign(ctx, { id });
  expect({ state, isEnded: endedAt !== null }).toEqual({ state: 'stopped', isEnded: true });
});

test('two runs at once, and one that is run again, draw everybody once', async () => {
  const { ctx, people } = await open();
  const ids = await people(Array.from({ length: 12 }, (_, at) => `p${at}`));
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign());
  await scheduleCampaign(ctx, { id, seq, at: null });
  const other = { ...ctx, queue: { run: <Result>(_: string, work: () => Promise<Result>) => work() } };
  await Promise.all([workCampaigns(ctx), workCampaigns(other)]);
  await workCampaigns(ctx);
  const [row] = await ctx.db.read({
    sql: 'SELECT count(*), count(DISTINCT customer_id) FROM outbox',
    args: [],
  });
  expect(row?.map(Number)).toEqual([ids.size, ids.size]);
});

test('it waits for its time, and until then it can be taken back and changed', async () => {
  const { ctx, shop, people, deliver } = await open();
  await people(['ann']);
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign());
  await scheduleCampaign(ctx, { id, seq, at: shop.clock.now() + 60_000 });
  await workCampaigns(ctx);
  await expect(saveCampaign(ctx, { id, seq: seq + 1, content: aCampaign() })).rejects.toMatchObject({
    code: 'campaign_moved',
  });
  const draft = await unscheduleCampaign(ctx, { id });
  const saved = await saveCampaign(ctx, {
    id,
    seq: draft.actSeq,
    content: aCampaign({ blocks: [aText('Other words.')] }),
  });
  await scheduleCampaign(ctx, { id, seq: saved.actSeq, at: shop.clock.now() + 60_000 });
  shop.clock.advance(60_000);
  await workCampaigns(ctx);
  await deliver();
  expect(String(house.fake.accepted[0]?.body.text)).toContain('Other words.');
  await expect(unscheduleCampaign(ctx, { id })).rejects.toMatchObject({ code: 'campaign_moved' });
});

test('of two who save at once, one looks again', async () => {
  const { ctx } = await open();
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign());
  await saveCampaign(ctx, { id, seq, content: aCampaign({ name: 'First' }) });
  await expect(saveCampaign(ctx, { id, seq, content: aCampaign({ name: 'Second' }) })).rejects.toMatchObject({
    code: 'campaign_moved',
  });
});

test('what is not ready does not go out', async () => {
  const { ctx } = await open();
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign({ subject: {} }));
  await expect(scheduleCampaign(ctx, { id, seq, at: null })).rejects.toMatchObject({
    code: 'campaign_unready',
  });
});

test('agents and analysts read campaigns, and send none', async () => {
  const { ctx, hire } = await open();
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign());
  for (const role of ['agent', 'analyst'] as const) {
    const staff = await hire(`${role}@example.com`, role);
    expect((await getCampaign(staff, { id })).name).toBe('Spring');
    await expect(scheduleCampaign(staff, { id, seq, at: null })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createCampaign(staff, aCampaign())).rejects.toMatchObject({ code: 'forbidden' });
  }
  const customer = { ...ctx, actor: { kind: 'customer', id: 'x' } } as const;
  await expect(getCampaign(customer, { id })).rejects.toMatchObject({ code: 'forbidden' });
});

test('an offer goes to buyers, and to nobody who is premium by the club or by what they spend', async () => {
  const { ctx, shop, people, send, deliver } = await open();
  await people(['ann', 'bob', 'cy', 'di', 'ed', 'flo']);
  await setPolicy(ctx, 'club', 'on');
  await addMember(ctx, { email: 'bob@example.com', accountId: null, since: null });
  for (const days of [3, 2, 1]) {
    const placedAt = new Date(shop.clock.now() - days * 86_400_000).toISOString();
    await shop.order({ email: 'cy@example.com', totals: [90_000], placedAt });
  }
  await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  await finishFacts(ctx);
  await markPremium(ctx, { hasNews: true });
  const id = await send({ kind: 'sales' });
  await addMember(ctx, { email: 'di@example.com', accountId: null, since: null });
  await deliver();
  const told = ['ann', 'ed', 'flo'].map((name) => `${name}@example.com`);
  expect(addressesOf(house).filter((to) => !/^(bob|di)@/.test(to))).toEqual(told);
  expect(await getProgress(ctx, { id })).toMatchObject({
    skipped: [{ reason: 'premium', people: 2 }],
    withheld: [{ reason: 'premium', people: 1 }],
  });
});

test('an offer goes to premium customers who asked for offers, and to nobody who wants none', async () => {
  const { ctx, people, send, deliver } = await open();
  const ids = await people(['ann', 'bob', 'cy', 'di']);
  await setPolicy(ctx, 'club', 'on');
  for (const name of ['ann', 'bob'])
    await addMember(ctx, { email: `${name}@example.com`, accountId: null, since: null });
  await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  const want = (name: string, offers: boolean) => {
    const customerId = ids.get(name) ?? '';
    return setPreferences({ ...ctx, actor: { kind: 'customer', id: customerId } }, { customerId, offers });
  };
  await want('ann', true);
  await want('cy', false);
  const id = await send({ kind: 'sales' });
  expect((await getProgress(ctx, { id })).skipped).toEqual([
    { reason: 'declined', people: 1 },
    { reason: 'premium', people: 1 },
  ]);
  await want('di', false);
  await deliver();
  expect(addressesOf(house)).toEqual(['ann@example.com']);
  expect((await getProgress(ctx, { id })).withheld).toEqual([{ reason: 'topic_off', people: 1 }]);
});
