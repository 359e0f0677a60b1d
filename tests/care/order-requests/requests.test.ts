import { describe, expect, test } from 'vitest';
import {
  answerOrderRequest,
  declineOrderRequest,
} from '../../../functions/care/order-requests/answer-request.ts';
import { getOrderActs } from '../../../functions/care/order-requests/get-order-acts.ts';
import { getReorder } from '../../../functions/care/order-requests/get-reorder.ts';
import { getOwnRequest, listOwnRequests } from '../../../functions/care/order-requests/list-own-requests.ts';
import { getRequestFile, listRequests } from '../../../functions/care/order-requests/list-requests.ts';
import { requestCancellation } from '../../../functions/care/order-requests/request-cancellation.ts';
import { requestOrder } from '../../../functions/care/order-requests/request-order.ts';
import { withdrawRequest } from '../../../functions/care/order-requests/withdraw-request.ts';
import { followFacts } from '../../../functions/insight/facts/follow-facts.ts';
import { pinAccount } from '../../../functions/insight/levels/pin-account.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { setCatalogue } from '../../../functions/money/catalogue/set-catalogue.ts';
import { waiveMinimum } from '../../../functions/money/waivers/waive-minimum.ts';
import { failure } from '../../circle/club/house.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const sencha = { id: '1', sku: 'SENCHA', product: 'Sencha', quantity: 2, total: eur(2500) };
const towel = { id: '2', product: 'Tea towel', quantity: 1, total: eur(900) };
const card = { id: '3', product: 'Gift card', total: eur(2000), giftCard: true };

const nothing = { ownReference: null, wishedOn: null, note: null };
const key = (name: string) => `form-key-${name}`;

/** What waits in the outbox, as template and to whom. */
async function mailsOf({ ctx }: Shop, template: string): Promise<[to: unknown, params: string][]> {
  const rows = await ctx.db.read({
    sql: 'SELECT coalesce(customer_id, address), params FROM outbox WHERE template = ? ORDER BY id',
    args: [template],
  });
  return rows.map(([to, params]) => [to, String(params)]);
}

async function senchaShop() {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ lines: [sencha, towel, card], status: 'placed' });
  return { shop, order, ann: shop.as(order.customerId), named: { source: 'web', number: order.number } };
}

describe('an order again', () => {
  test('is prefilled, tells what changed since, and is a request that earns nothing until it is answered', async () => {
    const { shop, order, ann, named } = await senchaShop();
    await setCatalogue(shop.ctx, {
      items: [
        { sku: 'SENCHA', name: 'Sencha, 100 g', price: eur(1400) },
        { name: 'Tea towel', gone: true },
      ],
    });
    const again = await getReorder(ann, { accountId: null, order: named, isForm: false });
    expect(again.items).toMatchObject([
      {
        ...{ key: 's:SENCHA', name: 'Sencha, 100 g', quantityMilli: 2000, change: 'dearer' },
        unit: { minor: 1400n },
        before: { minor: 1250n },
      },
      { key: 'n:Tea towel', isGone: true, quantityMilli: 0 },
    ]);
    expect(again).toMatchObject({ leftOut: 1, mayUseForm: false, hasBasket: false });

    const asked = {
      ...{ kind: 'again' as const, accountId: null, order: named, key: key('one') },
      lines: [{ product: 's:SENCHA', quantity: 1.5 }],
      ...{ ownReference: 'PO 118', wishedOn: '2026-03-20', note: 'Ring twice.' },
    };
    const [request, twin] = await Promise.all([requestOrder(ann, asked), requestOrder(ann, asked)]);
    expect(twin.id).toBe(request.id);
    expect(await requestOrder(ann, asked)).toMatchObject({ id: request.id });
    const other = { ...asked, lines: [{ product: 's:SENCHA', quantity: 3 }] };
    expect(await failure(requestOrder(ann, other))).toBe('idempotency_key_reused');
    expect(request).toMatchObject({
      ...{ state: 'placed', total: { minor: 2100n, currency: 'EUR' }, ownReference: 'PO 118' },
      lines: [{ sku: 'SENCHA', name: 'Sencha, 100 g', quantityMilli: 1500, price: { minor: 1400n } }],
    });
    const business = shop.ctx.defaults.contact.email;
    expect((await mailsOf(shop, 'order_request_received')).map(([to]) => to)).toEqual([order.customerId]);
    expect(await mailsOf(shop, 'order_request_waits')).toEqual([
      [business, expect.stringContaining(request.reference)],
    ]);
    const count = async () =>
      Number((await shop.ctx.db.read({ sql: 'SELECT count(*) FROM orders', args: [] }))[0]?.[0]);
    expect(await count()).toBe(1);

    const made = await shop.order({ lines: [sencha] });
    const answer = { id: request.id, order: { source: 'web', number: made.number }, text: null };
    await answerOrderRequest(shop.ctx, answer);
    await answerOrderRequest(shop.ctx, answer);
    expect((await getOwnRequest(ann, request)).request).toMatchObject({
      state: 'answered',
      answer: { order: { number: made.number } },
    });
    expect(await mailsOf(shop, 'order_request_decided')).toHaveLength(1);
    expect((await getOrderActs(ann, { source: 'web', number: made.number })).requests).toMatchObject([
      { reference: request.reference },
    ]);
    expect(await failure(declineOrderRequest(shop.ctx, { id: request.id, text: 'No' }))).toBe(
      'already_decided',
    );
    const kinds = await shop.ctx.db.read({
      sql: "SELECT kind FROM history WHERE account_id = ? AND kind LIKE 'order_request%' ORDER BY seq",
      args: [order.accountId],
    });
    expect(kinds.flat()).toEqual(['order_requested', 'order_request_answered']);
  });

  test('leads to the basket of the shop where that takes it', async () => {
    const { shop, ann, named } = await senchaShop();
    await setPolicy(shop.ctx, 'basketUrl', 'https://shop.example/cart/{items}');
    const again = await getReorder(ann, { accountId: null, order: named, isForm: false });
    expect(again.items.map(({ address }) => address)).toEqual(['https://shop.example/cart/SENCHA:2', null]);
    expect(again.address).toBeNull();
    for (const wrong of ['http://shop.example/{sku}', 'https://{sku}.example/', 'https://shop.example/cart'])
      expect(await failure(setPolicy(shop.ctx, 'basketUrl', wrong))).toBe('validation_failed');
  });

  test('asks only for what was bought, and only with a day to come', async () => {
    const { shop, ann, named } = await senchaShop();
    await setCatalogue(shop.ctx, { items: [{ sku: 'ASSAM', name: 'Assam' }] });
    const ask = (more: object) =>
      failure(
        requestOrder(ann, {
          ...{ kind: 'again', accountId: null, order: named, ...nothing, key: key('x') },
          lines: [{ product: 's:SENCHA', quantity: 1 }],
          ...more,
        }),
      );
    expect(await ask({ lines: [{ product: 's:ASSAM', quantity: 1 }] })).toBe('validation_failed');
    expect(await ask({ lines: [{ product: 'n:Gift card', quantity: 1 }] })).toBe('validation_failed');
    expect(await ask({ lines: [{ product: 's:SENCHA', quantity: 0 }] })).toBe('validation_failed');
    expect(await ask({ wishedOn: '2026-02-28' })).toBe('validation_failed');
    expect(await ask({ kind: 'form' })).toBe('forbidden');
    expect(await ask({ order: { source: 'web', number: 'none' } })).toBe('not_found');
    expect((await listRequests(shop.ctx)).items).toEqual([]);
  });
});

test('what is bought again and again is told with its own interval, what is due first', async () => {
  const shop = await openShop(moneyBack);
  const at = (days: number) => new Date(shop.clock.now() - days * DAY_MS).toISOString();
  for (const days of [90, 60, 30]) await shop.order({ placedAt: at(days), lines: [sencha] });
  const last = await shop.order({ placedAt: at(1), lines: [towel] });
  const { items } = await getReorder(shop.as(last.customerId), {
    accountId: null,
    order: null,
    isForm: false,
  });
  expect(items).toMatchObject([
    { key: 's:SENCHA', everyDays: 30, dueOn: '2026-03-01', isDue: true, quantityMilli: 0 },
    { key: 'n:Tea towel', everyDays: null, dueOn: null },
  ]);
});

test('key accounts have the order form, with a minimum that may be waived', async () => {
  const { shop, order, ann } = await senchaShop();
  await setCatalogue(shop.ctx, { items: [{ sku: 'ASSAM', name: 'Assam', price: eur(1000) }] });
  await setPolicy(shop.ctx, 'orderMinimum', '50.00');
  await pinAccount(shop.ctx, { accountId: order.accountId, isPinned: true });
  await followFacts(shop.ctx);
  const form = await getReorder(ann, { accountId: null, order: null, isForm: true });
  expect(form.items.map((one) => one.key)).toContain('s:ASSAM');
  expect(form.minimum).toMatchObject({ amount: { minor: 5000n }, waived: null });
  const asked = {
    ...{ kind: 'form' as const, accountId: null, order: null, ...nothing, key: key('form') },
    lines: [{ product: 's:ASSAM', quantity: 4 }],
  };
  const below = await requestOrder(ann, asked).catch((error) => error);
  expect(below.errors).toMatchObject([{ path: 'lines', code: 'below_minimum' }]);
  await waiveMinimum(shop.ctx, { account: order.accountId, until: null, reason: 'Small lots' });
  const request = await requestOrder(ann, asked);
  expect((await getRequestFile(shop.ctx, request)).waived).toMatchObject({ by: 'staff' });
});

describe('a cancellation', () => {
  test('is asked for while nothing is packed, once, and carried out when it is answered', async () => {
    const { shop, order, ann, named } = await senchaShop();
    const ask = (name: string) => requestCancellation(ann, { ...named, note: 'Twice', key: key(name) });
    const [request, twin] = await Promise.all([ask('one'), ask('one')]);
    expect(twin.id).toBe(request.id);
    expect(await failure(ask('two'))).toBe('validation_failed');
    expect((await getOrderActs(ann, named)).mayCancel).toBe(false);
    const answer = { id: request.id, order: null, text: null };
    const done = await Promise.all([
      answerOrderRequest(shop.ctx, answer),
      answerOrderRequest(shop.ctx, answer),
    ]);
    expect(done.map(({ state }) => state)).toEqual(['answered', 'answered']);
    const [row] = await shop.ctx.db.read({
      sql: 'SELECT status, is_cancelled, (SELECT count(*) FROM order_events WHERE order_id = orders.id) FROM orders WHERE id = ?',
      args: [order.id],
    });
    expect(row?.map(String)).toEqual(['cancelled', '1', '2']);
    expect(await mailsOf(shop, 'order_request_decided')).toHaveLength(1);
    expect(await failure(ask('three'))).toBe('validation_failed');
  });

  test('is not asked for what is packed; declined, the order goes on', async () => {
    const { shop, ann, named } = await senchaShop();
    const request = await requestCancellation(ann, { ...named, note: null, key: key('one') });
    await shop.event(named.number, { status: 'packed' });
    await expect(
      answerOrderRequest(shop.ctx, { id: request.id, order: null, text: null }),
    ).rejects.toMatchObject({ errors: [{ path: 'order', code: 'packed' }] });
    expect(await failure(declineOrderRequest(shop.ctx, { id: request.id, text: ' ' }))).toBe(
      'validation_failed',
    );
    expect((await getOwnRequest(ann, request)).request.state).toBe('placed');
    const [row] = await shop.ctx.db.read({ sql: 'SELECT is_cancelled FROM orders', args: [] });
    expect(String(row?.[0])).toBe('0');
    await declineOrderRequest(shop.ctx, { id: request.id, text: 'It is packed.' });
    expect((await getOwnRequest(ann, request)).request).toMatchObject({
      state: 'declined',
      answer: { text: 'It is packed.' },
    });
    expect(await failure(requestCancellation(ann, { ...named, note: null, key: key('two') }))).toBe(
      'validation_failed',
    );
  });

  test('taken back is answered no more, and the other way round', async () => {
    const { shop, ann, named } = await senchaShop();
    const request = await requestCancellation(ann, { ...named, note: null, key: key('one') });
    const both = await Promise.allSettled([
      withdrawRequest(ann, request),
      answerOrderRequest(shop.ctx, { id: request.id, order: null, text: null }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { state } = (await getOwnRequest(ann, request)).request;
    const [row] = await shop.ctx.db.read({ sql: 'SELECT is_cancelled FROM orders', args: [] });
    expect(String(row?.[0])).toBe(state === 'answered' ? '1' : '0');
  });
});

test('members of a company see and do what their role allows; others see nothing', async () => {
  const shop = await openShop(moneyBack);
  const of = (email: string) => shop.order({ email, account: 'ACME', lines: [sencha], status: 'placed' });
  const [boss, member, stranger] = [
    await of('boss@x.example'),
    await of('mia@x.example'),
    await of('new@x.example'),
  ];
  await shop.confirm(boss);
  await shop.confirm(member, { isManager: false });
  const outsider = await shop.order({ email: 'out@y.example', lines: [sencha] });
  const [bossCtx, memberCtx, newCtx, outCtx] = [boss, member, stranger, outsider].map(({ customerId }) =>
    shop.as(customerId),
  );
  if (!bossCtx || !memberCtx || !newCtx || !outCtx) throw new Error('four people');
  const ask = (ctx: typeof bossCtx, number: string, name: string) =>
    requestOrder(ctx, {
      ...{ kind: 'again', accountId: null, order: { source: 'web', number }, ...nothing, key: key(name) },
      lines: [{ product: 's:SENCHA', quantity: 1 }],
    });
  const request = await ask(memberCtx, boss.number, 'mia');
  expect(request.rootId).toBe(boss.accountId);
  const seen = async (ctx: typeof bossCtx) => (await listOwnRequests(ctx)).items.map(({ id }) => id);
  expect(await seen(bossCtx)).toEqual([request.id]);
  expect(await seen(newCtx)).toEqual([]);
  expect(await seen(outCtx)).toEqual([]);
  for (const ctx of [newCtx, outCtx]) {
    expect(await failure(getOwnRequest(ctx, request))).toBe('not_found');
    expect(await failure(withdrawRequest(ctx, request))).toBe('not_found');
    expect(await failure(ask(ctx, boss.number, 'guess'))).toBe('not_found');
    expect(
      await failure(
        requestCancellation(ctx, { source: 'web', number: boss.number, note: null, key: key('no') }),
      ),
    ).toBe('not_found');
    expect(await getOrderActs(ctx, { source: 'web', number: boss.number })).toMatchObject({
      mayCancel: false,
      mayArchive: false,
      requests: [],
    });
  }
  const cancel = (ctx: typeof bossCtx, number: string, name: string) =>
    requestCancellation(ctx, { source: 'web', number, note: null, key: key(name) });
  expect(await failure(cancel(memberCtx, boss.number, 'no'))).toBe('forbidden');
  const own = await cancel(bossCtx, member.number, 'yes');
  expect(await failure(withdrawRequest(memberCtx, own))).toBe('forbidden');
  await withdrawRequest(bossCtx, request);
  expect((await getOwnRequest(memberCtx, request)).request.state).toBe('withdrawn');
  const other = { source: 'web', number: outsider.number };
  const again = await ask(memberCtx, member.number, 'again');
  const wrong = await answerOrderRequest(shop.ctx, { id: again.id, order: other, text: null }).catch(
    (error) => error,
  );
  expect(wrong.errors).toMatchObject([{ path: 'order', code: 'order_of_another_account' }]);
});
