import { expect, test } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { openCircle } from '../../circle/referrals/circle.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';
import { ann, old, openTwice } from './two-in-one.ts';

test('the old address signs in to the survivor, and its sessions end', async () => {
  const shop = await openTwice(moneyBack);
  const own = await signIn(shop.ctx, ann);
  const other = await signIn(shop.ctx, old, '192.0.2.2');
  const { id } = await shop.merge();
  expect(await findSession(shop.ctx, other.token)).toBeNull();
  expect((await signIn(shop.ctx, old, '192.0.2.3')).subjectId).toBe(own.subjectId);
  await shop.undo(id);
  expect((await signIn(shop.ctx, old, '192.0.2.4')).subjectId).toBe(other.subjectId);
});

test('a file that still names the old address means the survivor', async () => {
  const shop = await openTwice(moneyBack);
  await shop.buys(ann, 1000);
  const header = 'order_number,placed_at,customer_email,currency,line_total,refunded_total';
  const csv = (...rows: string[]) => aFile([header, ...rows, ''].join('\n'));
  await importOrders(shop.ctx, { path: csv('1001,2026-01-05,old@example.com,EUR,120.00,') });
  const { id } = await shop.merge();
  const next = csv(
    '1001,2026-01-05,old@example.com,EUR,120.00,30.00',
    '1002,2026-01-06,old@example.com,EUR,80.00,',
  );
  expect(await importOrders(shop.ctx, { path: next })).toMatchObject({
    orders: { created: 1, updated: 1, rejected: 0 },
    customers: { created: 0 },
  });
  expect(await shop.differences()).toEqual([]);
  await shop.undo(id);
  const last = csv('1001,2026-01-05,old@example.com,EUR,120.00,40.00');
  expect(await importOrders(shop.ctx, { path: last })).toMatchObject({ orders: { updated: 1, rejected: 0 } });
  expect(await shop.differences()).toEqual([]);
});

test('the longer membership of the club holds, and each has their own again', async () => {
  const forMembers = { ...moneyBack, id: 'club', for: 'club' };
  const shop = await openTwice(forMembers);
  const [own] = await shop.buys(ann, 10_000);
  const [other] = await shop.buys(old, 10_000);
  await addMember(shop.ctx, { email: ann, accountId: null, since: '2026-03-01' });
  await addMember(shop.ctx, { email: old, accountId: null, since: '2026-01-01' });
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([0, 0]);
  const { id } = await shop.merge();
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([1000, 0]);
  expect(await shop.differences()).toEqual([]);
  shop.clock.advance(DAY_MS);
  await shop.undo(id);
  expect(await shop.balanceOf(own?.customerId ?? '')).toEqual([0, 0]);
  expect(await shop.balanceOf(other?.customerId ?? '')).toEqual([500, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('blanks are filled, told things stay, places in companies follow; all of it goes back', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 1000);
  const [other] = await shop.buys(old, 1000);
  const company = await shop.order({ email: old, account: 'ACME' });
  await shop.ctx.db.write([
    { sql: "UPDATE customers SET name = 'Ann', phone = '1' WHERE email = ?", args: [ann] },
    {
      sql: "UPDATE customers SET name = 'A. Lee', phone = '2', address = 'Here' WHERE email = ?",
      args: [old],
    },
  ]);
  const person = () =>
    shop.rows(`SELECT name, phone, address FROM customers WHERE id = '${own?.customerId}'`);
  const places = (customerId = '') =>
    shop.rows(
      `SELECT account_id FROM memberships WHERE customer_id = '${customerId}' AND until IS NULL ORDER BY since`,
    );
  const { id } = await shop.merge();
  expect(await person()).toEqual(['Ann 1 Here']);
  expect(await places(own?.customerId)).toContain(company.accountId);
  expect(await places(other?.customerId)).not.toContain(company.accountId);
  expect(await shop.rows(`SELECT customer_id FROM orders WHERE root_id = '${company.accountId}'`)).toEqual([
    own?.customerId,
  ]);
  await shop.undo(id);
  expect(await person()).toEqual(['Ann 1 null']);
  expect(await places(own?.customerId)).not.toContain(company.accountId);
  expect(await places(other?.customerId)).toContain(company.accountId);
  expect(await shop.differences()).toEqual([]);
});

test('a recommendation follows the friend', async () => {
  const circle = await openCircle(moneyBack);
  const referral = await circle.tell('ben@example.com');
  await circle.join('ben@example.com');
  await circle.join('new@example.com', 'Ben Ode');
  await circle.buy('ben@example.com');
  circle.clock.advance(30 * DAY_MS);
  await circle.look();
  const before = await circle.paid(referral.id);
  expect(before).toEqual(['700', '500']);
  await mergeCustomers(circle.ctx, { survivor: 'new@example.com', merged: 'ben@example.com', key: newId() });
  await circle.look();
  expect(await circle.paid(referral.id)).toEqual(before);
  expect(await circle.differences()).toEqual([]);
});

test('nobody has recommended themselves', async () => {
  const circle = await openCircle(moneyBack);
  const referral = await circle.tell('ben@example.com');
  await circle.join('ben@example.com');
  await circle.buy('ben@example.com');
  circle.clock.advance(30 * DAY_MS);
  await circle.look();
  expect(await circle.paid(referral.id)).toEqual(['700', '500']);
  const merged = await mergeCustomers(circle.ctx, {
    survivor: circle.ann,
    merged: 'ben@example.com',
    key: newId(),
  });
  await circle.look();
  expect(await circle.paid(referral.id)).toEqual([]);
  expect(await circle.differences()).toEqual([]);
  await undoMerge(circle.ctx, { id: merged.id });
  await circle.look();
  expect(await circle.differences()).toEqual([]);
});
