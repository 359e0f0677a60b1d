import { afterEach, expect, test } from 'vitest';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { getCampaign } from '../../../functions/care/campaigns/get-campaign.ts';
import { getProgress } from '../../../functions/care/campaigns/get-progress.ts';
import { readCampaign } from '../../../functions/care/campaigns/read-campaign.ts';
import { scheduleCampaign, stopCampaign } from '../../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../../functions/care/campaigns/sending/work-campaigns.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { listMessages } from '../../../functions/people/mail/list-messages.ts';
import { aCampaign, addressesOf, type CampaignHouse, gift, openCampaignHouse, watched } from './house.ts';

let house: CampaignHouse;
const open = async () => {
  house = await openCampaignHouse();
  return house;
};
afterEach(() => house.close());

const read = (ctx: Context, { id, customerId }: { id: string; customerId: string }) =>
  readCampaign(
    { ...ctx, actor: { kind: 'customer', id: customerId } },
    { id, language: 'en', formats: formatsOf('en', 'Europe/London') },
  );

const messagesOf = async (ctx: Context, customerId: string) =>
  (await listMessages({ ...ctx, actor: { kind: 'customer', id: customerId } }, { page: 1 })).items;

test('stopped between two accounts, nobody else gets a voucher or a mail', async () => {
  const { ctx, people } = await open();
  await people(['ann', 'bob', 'cy', 'di', 'ed', 'flo']);
  const { id, actSeq: seq } = await createCampaign(ctx, aCampaign(gift));
  await scheduleCampaign(ctx, { id, seq, at: null });
  let gifts = 0;
  const stoppedAtThird = watched(ctx, async (sql) => {
    if (!sql.toLowerCase().startsWith('insert into "vouchers"')) return;
    gifts += 1;
    if (gifts === 3) await stopCampaign(ctx, { id });
  });
  await workCampaigns(stoppedAtThird);
  await workCampaigns(ctx);
  const [row] = await ctx.db.read({
    sql: 'SELECT (SELECT count(*) FROM vouchers), (SELECT count(*) FROM campaign_recipients), (SELECT count(*) FROM outbox)',
    args: [],
  });
  expect(gifts).toBe(3);
  expect(row?.map(Number)).toEqual([2, 2, 2]);
  expect(await verify(ctx)).toMatchObject({ differences: 0 });
});

test('stopped before their turn, nobody finds it in the portal either', async () => {
  const { ctx, people, send, deliver } = await open();
  const ids = await people(['ann']);
  const customerId = ids.get('ann') ?? '';
  const id = await send();
  expect(await messagesOf(ctx, customerId)).toHaveLength(1);
  await stopCampaign(ctx, { id });
  await deliver();
  await expect(read(ctx, { id, customerId })).rejects.toMatchObject({ code: 'not_found' });
  expect(await messagesOf(ctx, customerId)).toEqual([]);
});

test('stopped after their turn, they may read it on', async () => {
  const { ctx, people, send, deliver } = await open();
  const ids = await people(['ann']);
  const customerId = ids.get('ann') ?? '';
  const id = await send();
  await deliver();
  const { state } = await stopCampaign(ctx, { id });
  expect(state).toBe('stopped');
  expect((await read(ctx, { id, customerId })).subject).toBe('Spring is here');
  expect(await messagesOf(ctx, customerId)).toHaveLength(1);
});

test('an offer that is let be for who is premium by then is not shown to them', async () => {
  const { ctx, people, send, deliver } = await open();
  const ids = await people(['ann']);
  const customerId = ids.get('ann') ?? '';
  await setPolicy(ctx, 'club', 'on');
  const id = await send({ kind: 'sales' });
  await addMember(ctx, { email: 'ann@example.com', accountId: null, since: null });
  await deliver();
  expect((await getProgress(ctx, { id })).withheld).toEqual([{ reason: 'premium', people: 1 }]);
  await expect(read(ctx, { id, customerId })).rejects.toMatchObject({ code: 'not_found' });
  const titles = (await messagesOf(ctx, customerId)).map(({ letter }) => letter.subject);
  expect(titles).not.toContain('Spring is here');
});

test('one campaign that fails does not keep the next from going out', async () => {
  const { ctx, people, deliver } = await open();
  await people(['ann']);
  const begun = await Promise.all(['One', 'Two'].map((name) => createCampaign(ctx, aCampaign({ name }))));
  for (const { id, actSeq: seq } of begun) await scheduleCampaign(ctx, { id, seq, at: null });
  const [first, second] = begun.map(({ id }) => id).toSorted();
  const failing = watched(ctx, async (_, args) => {
    if (args.includes(first)) throw new Error('the first fails');
  });
  await expect(workCampaigns(failing)).rejects.toThrow('the first fails');
  await deliver();
  expect(addressesOf(house)).toEqual(['ann@example.com']);
  expect((await getCampaign(ctx, { id: first ?? '' })).startedAt).toBeNull();
  expect((await getCampaign(ctx, { id: second ?? '' })).startedAt).not.toBeNull();
});
