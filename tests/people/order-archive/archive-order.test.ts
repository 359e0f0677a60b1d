import { expect, test } from 'vitest';
import { getOrderActs } from '../../../functions/care/order-requests/get-order-acts.ts';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { listLate } from '../../../functions/desk/portal/list-late.ts';
import { listOrders } from '../../../functions/desk/portal/list-orders.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { archiveOrder } from '../../../functions/people/order-archive/archive-order.ts';
import { getThread } from '../../../functions/voice/feedback/get-thread.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import { failure } from '../../circle/club/house.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';

const all = { accountId: null, search: null, state: null, year: null, page: 1 };

test('a manager archives for a company; its members find it there, others cannot touch it', async () => {
  const shop = await openShop(moneyBack);
  const of = (email: string) => shop.order({ email, account: 'ACME' });
  const [boss, member, stranger] = [
    await of('boss@x.example'),
    await of('mia@x.example'),
    await of('new@x.example'),
  ];
  await shop.confirm(boss);
  await shop.confirm(member, { isManager: false });
  const outsider = await shop.order({ email: 'out@y.example' });
  const key = { source: 'web', number: member.number };
  const archive = (customerId: string, archived = true) =>
    archiveOrder(shop.as(customerId), { ...key, archived });
  expect(await failure(archive(member.customerId))).toBe('forbidden');
  expect(await failure(archive(stranger.customerId))).toBe('not_found');
  expect(await failure(archive(outsider.customerId))).toBe('not_found');
  await Promise.all([archive(boss.customerId), archive(boss.customerId)]);
  const numbers = async (ctx: Context, more: object = {}) =>
    (await listOrders(ctx, { ...all, ...more })).items.map(({ number }) => number);
  const mia = shop.as(member.customerId);
  expect(await numbers(mia)).not.toContain(member.number);
  expect(await numbers(mia, { state: 'archived' })).toEqual([member.number]);
  expect(await numbers(mia, { search: member.number })).toEqual([member.number]);
  expect(await getOrderActs(mia, key)).toMatchObject({ isArchived: true, mayArchive: false });
  const latest = async () =>
    (await getOverview(mia, { accountId: boss.accountId })).latestOrders.map(({ number }) => number);
  expect(await latest()).not.toContain(member.number);
  await archive(boss.customerId, false);
  expect(await numbers(mia)).toContain(member.number);
  expect(await latest()).toContain(member.number);
  const rows = await shop.ctx.db.read({
    sql: "SELECT kind FROM history WHERE kind LIKE 'order_%archived' ORDER BY seq",
    args: [],
  });
  expect(rows.flat()).toEqual(['order_archived', 'order_unarchived']);
});

test('of several parcels the late one comes first, each with the promised day against its own', async () => {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ status: 'placed', promisedBy: '2026-03-03' });
  await shop.order({ status: 'placed', promisedBy: '2026-03-20' });
  const ann = shop.as(order.customerId);
  await shop.event(order.number, { status: 'shipped', parcel: 'A' });
  await shop.event(order.number, { status: 'shipped', parcel: 'B' });
  expect(await listLate(ann, { accountId: null })).toEqual([]);
  await shop.event(order.number, { status: 'delivered', parcel: 'A' });
  shop.clock.advance(4 * DAY_MS);
  const key = { source: 'web', number: order.number };
  const parcels = async () => (await getOrder(ann, key)).parcels.map(({ name, promise }) => [name, promise]);
  expect(await parcels()).toEqual([
    ['B', 'late'],
    ['A', 'beaten'],
  ]);
  const b = await shop.order({ status: 'placed', promisedBy: '2026-03-02' });
  expect((await listLate(ann, { accountId: null })).map(({ order: { number } }) => number)).toEqual([
    b.number,
  ]);
  const overview = await getOverview(ann, { accountId: null });
  expect(overview.late).toEqual(await listLate(ann, { accountId: null }));
  await archiveOrder(ann, { source: 'web', number: b.number, archived: true });
  expect(await listLate(ann, { accountId: null })).toEqual([]);
  await shop.event(order.number, { status: 'delivered', parcel: 'B' });
  expect(await parcels()).toEqual([
    ['A', 'beaten'],
    ['B', 'broken'],
  ]);
});

test('a question about an order opens a case; a problem names the parcel, of one’s own order alone', async () => {
  const shop = await openShop(moneyBack);
  const order = await shop.order();
  const other = await shop.order({ email: 'bob@example.com' });
  const ann = shop.as(order.customerId);
  const tell = (kind: 'question' | 'problem', number: string, more: object = {}) =>
    tellFeedback(ann, {
      ...{ kind, text: 'The box is torn.', wantsReply: false, language: 'en', accountId: null },
      ...{ order: { source: 'web', number }, key: `form-${kind}-${number}`, ...more },
    });
  const { reference } = await tell('question', order.number);
  expect(await getThread(ann, { reference, proof: null })).toMatchObject({
    kind: 'question',
    standing: 'open',
  });
  const torn = await tell('problem', order.number, { parcel: 'B' });
  expect(await getThread(ann, { reference: torn.reference, proof: null })).toMatchObject({
    about: { parcel: 'B' },
  });
  expect(await failure(tell('problem', other.number, { parcel: 'B' }))).toBe('not_found');
  expect(await failure(tell('problem', 'none', { order: null, parcel: 'B' }))).toBe('validation_failed');
});
