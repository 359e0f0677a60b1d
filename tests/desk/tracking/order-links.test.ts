import { expect, test } from 'vitest';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { endOrderLinks } from '../../../functions/desk/tracking/end-links.ts';
import { makeOrderLink } from '../../../functions/desk/tracking/make-link.ts';
import { openTrackedOrder } from '../../../functions/desk/tracking/open-order.ts';
import { exactJson } from '../../../functions/ground/platform/exact-json.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { removePerson } from '../../../functions/people/households/remove-person.ts';
import { leave } from '../../../functions/people/joining/leave.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { DAY_MS, moneyBack, openShop } from '../../support/shop.ts';
import { dumpOf, signIn } from '../../support/sign-in.ts';

/** A customer who has joined, their newest order told by mail, and the token of the link in it. */
async function openMailed() {
  const shop = await openShop(moneyBack);
  const { subjectId } = await signIn(shop.ctx, 'ann@example.com');
  const order = await shop.order({
    status: 'shipped',
    customer: { email: 'ann@example.com', name: 'Ann Smith' },
    lines: [{ id: '1', product: 'Kettle', total: { amount: 4217, currency: 'EUR' } }],
  });
  await shop.event(order.number, { status: 'out_for_delivery', note: 'Left with Mrs Smith', carrier: 'DHL' });
  const mails = await listMailbox(shop.ctx);
  const mail = mails.find(({ template }) => template === 'order_state');
  const token = tokenOf(mail?.link);
  const open = (asked = token) => openTrackedOrder({ ...shop.ctx, actor: { kind: 'anonymous' } }, asked);
  return { shop, order, customerId: subjectId, mail, token, open };
}

const tokenOf = (url = '') => /\/track\/([\w.-]+)$/.exec(url)?.[1] ?? '';

test('the link in a mail shows one order for 30 days, and nothing of whose it is', async () => {
  const { shop, order, mail, token, open } = await openMailed();
  const seen = await open();
  expect(seen).toMatchObject({
    summary: { number: order.number, status: 'out_for_delivery' },
    things: [{ name: 'Kettle', quantity: '1' }],
    parcels: [{ carrier: 'DHL' }],
    whole: null,
  });
  expect(exactJson(seen)).not.toMatch(/Ann|Smith|example|4217|customer|account|earned/i);
  expect(mail?.html).toContain(token);
  expect(mail?.keptLink).toContain(`/account/orders/web/${order.number}`);
  expect(await dumpOf(shop.ctx)).not.toContain(token);
  for (const wrong of [`${token}x`, token.replace('.m', '.c'), token.slice(1), '', 'none', `${token}\0`])
    expect([wrong, await open(wrong)]).toEqual([wrong, null]);
  const [id, made = '', signature] = token.split('.');
  expect(await open(`${id}.m${(Number.parseInt(made.slice(1), 36) + 1).toString(36)}.${signature}`)).toBe(
    null,
  );
  const other = await shop.order({ email: 'ann@example.com' });
  expect(await open(`${other.id}.${made}.${signature}`)).toBe(null);
  shop.clock.advance(30 * DAY_MS - 1);
  expect(await open()).not.toBe(null);
  shop.clock.advance(1);
  expect(await open()).toBe(null);
});

const ends: Record<string, (mailed: Awaited<ReturnType<typeof openMailed>>) => Promise<unknown>> = {
  'staff end its links': ({ shop, order }) => endOrderLinks(shop.ctx, order),
  'the order is given to somebody else': async ({ shop, order }) => {
    await shop.order({ email: 'bob@example.com' });
    const to = { email: 'bob@example.com', account: null, department: null, reason: null, key: newId() };
    return moveOrder(shop.ctx, { source: 'web', number: order.number, ...to });
  },
  'the order is given to a company of theirs': async ({ shop, order }) => {
    await shop.order({ email: 'ann@example.com', account: 'Acme' });
    const to = { email: 'ann@example.com', account: 'Acme', department: null, reason: null, key: newId() };
    return moveOrder(shop.ctx, { source: 'web', number: order.number, ...to });
  },
  'the address changes': ({ shop, customerId }) =>
    shop.ctx.db.write([
      { sql: "UPDATE customers SET email = 'new@example.com' WHERE id = ?", args: [customerId] },
    ]),
  'the customer leaves': ({ shop, customerId }) => leave(shop.as(customerId)),
  'the customer is erased': ({ shop, customerId }) => eraseCustomer(shop.ctx, { customerId, words: 'gone' }),
  'the customer is merged into another': async ({ shop, customerId }) => {
    const { subjectId: survivor } = await signIn(shop.ctx, 'bob@example.com');
    return mergeCustomers(shop.ctx, { survivor, merged: customerId, key: newId() });
  },
};

test.each(Object.entries(ends))('it opens nothing once %s', async (_when, end) => {
  const mailed = await openMailed();
  await end(mailed);
  expect(await mailed.open()).toBe(null);
});

test('a member’s mail opens their order until they are taken out of the company', async () => {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ email: 'mia@x.example', account: 'ACME', status: 'shipped' });
  await shop.confirm(order, { isManager: false });
  const { url } = await makeOrderLink(shop.ctx, order);
  const open = () => openTrackedOrder({ ...shop.ctx, actor: { kind: 'anonymous' } }, tokenOf(url));
  expect(await open()).not.toBe(null);
  await removePerson(shop.ctx, order);
  expect(await open()).toBe(null);
});

test('links made after others were ended open the order, to whoever may make some', async () => {
  const { shop, order, open } = await openMailed();
  await endOrderLinks(shop.ctx, order);
  shop.clock.advance(1);
  const { url } = await makeOrderLink(shop.ctx, order);
  expect(await open(tokenOf(url))).not.toBe(null);
  const unknown = { source: 'web', number: 'none' };
  await expect(makeOrderLink(shop.ctx, unknown)).rejects.toMatchObject({ code: 'not_found' });
  await expect(endOrderLinks(shop.as(order.customerId), order)).rejects.toMatchObject({ code: 'forbidden' });
});
