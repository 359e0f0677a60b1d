import { afterEach, expect, test } from 'vitest';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { getProgress } from '../../../functions/care/campaigns/get-progress.ts';
import { readCampaign } from '../../../functions/care/campaigns/read-campaign.ts';
import { getResult } from '../../../functions/care/campaigns/result/get-result.ts';
import { scheduleCampaign } from '../../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../../functions/care/campaigns/sending/work-campaigns.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { aCampaign, addressesOf, type CampaignHouse, gift, openCampaignHouse, watched } from './house.ts';

let house: CampaignHouse;
const open = async () => {
  house = await openCampaignHouse();
  return house;
};
afterEach(() => house.close());

const merge = (survivor: string, merged: string) =>
  mergeCustomers(house.ctx, { survivor, merged, key: newId() });

/** Who was drawn of a campaign, with their account and side. */
async function drawn(id: string) {
  const rows = await house.ctx.db.read({
    sql: 'SELECT customer_id, root_id, share FROM campaign_recipients WHERE campaign_id = ?',
    args: [id],
  });
  return rows.map(([customerId, rootId, share]) => ({
    customerId: String(customerId),
    rootId: String(rootId),
    share: String(share),
  }));
}

test('an account that is held back hears nothing, whatever else its people belong to', async () => {
  const { ctx, shop, people, send } = await open();
  const names = Array.from({ length: 16 }, (_, at) => `p${at}`);
  const ids = await people(names);
  const members = new Map<string, string[]>();
  for (const [at, name] of names.entries()) {
    for (const company of [`C${at >> 1}`, ...(at % 4 === 1 ? [`C${(at >> 1) + 1}`] : [])]) {
      const order = await shop.order({ email: `${name}@example.com`, account: company });
      await shop.confirm(order);
      members.set(order.accountId, [...(members.get(order.accountId) ?? []), ids.get(name) ?? '']);
    }
  }
  await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  const rows = await drawn(await send({ controlPercent: 50 }));
  const held = new Set(rows.filter(({ share }) => share === 'held').map(({ rootId }) => rootId));
  expect(rows.map(({ customerId }) => customerId).toSorted()).toEqual([...ids.values()].toSorted());
  expect(rows.every(({ rootId }) => members.has(rootId))).toBe(true);
  const told = rows.filter(({ share }) => share === 'told');
  for (const rootId of held) {
    const own = members.get(rootId) ?? [];
    expect(told.filter(({ customerId }) => own.includes(customerId))).toEqual([]);
  }
});

test('an offer is not for who is premium by another account of theirs', async () => {
  const { ctx, shop, people, send } = await open();
  await people(['ann', 'bob']);
  for (const name of ['ann', 'bob'])
    await shop.confirm(await shop.order({ email: `${name}@example.com`, account: 'ACME' }));
  await setPolicy(ctx, 'club', 'on');
  await addMember(ctx, { email: 'bob@example.com', accountId: await ownAccountOf('bob'), since: null });
  await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  const id = await send({ kind: 'sales' });
  expect(await getProgress(ctx, { id })).toMatchObject({
    told: 1,
    skipped: [{ reason: 'premium', people: 1 }],
  });
});

async function ownAccountOf(name: string): Promise<string> {
  const [row] = await house.ctx.db.read({
    sql: 'SELECT a.id FROM accounts AS a JOIN customers AS c ON c.id = a.owner_id WHERE c.email = ?',
    args: [`${name}@example.com`],
  });
  return String(row?.[0]);
}

test('accounts that became one count once, and on neither side where one was held back', async () => {
  const { ctx, people, send, deliver } = await open();
  const names = Array.from({ length: 20 }, (_, at) => `p${at}`);
  const ids = await people(names);
  const id = await send({ controlPercent: 50 });
  await deliver();
  const before = await getResult(ctx, { id });
  const byCustomer = new Map((await drawn(id)).map((row) => [row.customerId, row.share]));
  const of = (share: string) =>
    names
      .filter((name) => byCustomer.get(ids.get(name) ?? '') === share)
      .map((name) => `${name}@example.com`);
  const [one = '', two = '', three = ''] = of('told');
  const [held = ''] = of('held');
  await merge(one, two);
  const once = await getResult(ctx, { id });
  expect(once.told.accounts).toBe(before.told.accounts - 1);
  expect(once.held.accounts).toBe(before.held.accounts);
  expect(once.told.spendMinor).toBe(before.told.spendMinor);
  await merge(three, held);
  const neither = await getResult(ctx, { id });
  expect(neither.told.accounts).toBe(once.told.accounts - 1);
  expect(neither.held.accounts).toBe(once.held.accounts - 1);
});

test('with a share to hold back, nobody held back is not yet an answer', async () => {
  const { ctx, people, send } = await open();
  await people(['ann']);
  const id = await send({ controlPercent: 5 });
  expect((await getResult(ctx, { id })).effect).toEqual({ state: 'too_few', estimate: null });
});

test('merged twice over, who was told reads it on and is not told again', async () => {
  const { ctx, people, send, deliver } = await open();
  await people(['old']);
  const ids = await people(['mid', 'ann'], { agree: false });
  const id = await send();
  await deliver();
  await merge('mid@example.com', 'old@example.com');
  await merge('ann@example.com', 'mid@example.com');
  const reader = { ...ctx, actor: { kind: 'customer', id: ids.get('ann') ?? '' } } as const;
  const read = await readCampaign(reader, { id, language: 'en', formats: formatsOf('en', 'Europe/London') });
  expect(read.subject).toBe('Spring is here');
  await ctx.db.write([
    {
      sql: "UPDATE campaigns SET state = 'sending', after_customer_id = '', drawn_at = NULL, ended_at = NULL WHERE id = ?",
      args: [id],
    },
  ]);
  await workCampaigns(ctx);
  await deliver();
  expect(addressesOf(house)).toEqual(['old@example.com']);
  expect(await drawn(id)).toHaveLength(1);
});

test.each([
  ['whose turn comes later', { survivor: 'cy', merged: 'bob' }],
  ['whose turn came before', { survivor: 'bob', merged: 'cy' }],
])(
  'an account that became another, %s, between the draw and the gift counts with that one',
  async (_name, two) => {
    const { ctx, people, deliver } = await open();
    const ids = await people(['ann', 'bob', 'cy']);
    const { id, actSeq: seq } = await createCampaign(ctx, aCampaign(gift));
    await scheduleCampaign(ctx, { id, seq, at: null });
    let isMerged = false;
    const meanwhile = watched(ctx, async (sql) => {
      if (isMerged || !sql.toLowerCase().startsWith('insert into "vouchers"')) return;
      isMerged = true;
      await merge(`${two.survivor}@example.com`, `${two.merged}@example.com`);
    });
    await workCampaigns(meanwhile);
    await deliver();
    const survivor = `${two.survivor}@example.com`;
    expect(addressesOf(house)).toEqual(['ann@example.com', survivor]);
    expect((await drawn(id)).map(({ customerId }) => customerId)).toEqual([
      ids.get('ann'),
      ids.get(two.survivor),
    ]);
    expect(await getProgress(ctx, { id })).toMatchObject({ told: 2, skipped: [] });
    const [row] = await ctx.db.read({ sql: 'SELECT count(*) FROM vouchers', args: [] });
    expect(row?.map(Number)).toEqual([2]);
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  },
);
