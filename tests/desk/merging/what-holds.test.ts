import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { lookAtReferral } from '../../../functions/circle/referrals/look.ts';
import { listCustomers } from '../../../functions/desk/console/customers/list-customers.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { createAccountQueue } from '../../../functions/ground/platform/account-queue.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { pinAccount } from '../../../functions/insight/levels/pin-account.ts';
import { listPayouts } from '../../../functions/money/redemptions/payouts/list-payouts.ts';
import { returnPayout } from '../../../functions/money/redemptions/payouts/return-payout.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { wantsNews } from '../../../functions/people/joining/consents.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { defineOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { setOwnValues } from '../../../functions/people/own-fields/set-own-values.ts';
import { getPreferences } from '../../../functions/people/preferences/get-preferences.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { confirmEmailChange } from '../../../functions/people/sign-in/confirm-email-change.ts';
import { makeDueEmailChanges, makeEmailChange } from '../../../functions/people/sign-in/make-email-change.ts';
import { requestEmailChange } from '../../../functions/people/sign-in/request-email-change.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { importCustomers } from '../../../functions/reach/imports/on-node/by-path.ts';
import { openCircle } from '../../circle/referrals/circle.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';
import { testSecret } from '../../support/test-context.ts';
import { ann, old, openTwice, refusal } from './two-in-one.ts';

test.each([
  ['a later no', 'no,2026-02-20', 'yes,2026-01-10', false],
  ['a later yes', 'no,2026-01-10', 'yes,2026-02-20', true],
  ['of two at once the no', 'yes,2026-02-20', 'no,2026-02-20', false],
  ['of two at once their own no', 'no,2026-02-20', 'yes,2026-02-20', false],
])('%s to news holds, whichever was recorded first', async (_what, own, other, expected) => {
  for (const isOwnFirst of [true, false]) {
    const shop = await openTwice(moneyBack);
    const said = [`${ann},${own},till`, `${old},${other},till`];
    for (const row of isOwnFirst ? said : said.toReversed())
      await importCustomers(shop.ctx, { path: aFile(`email,news,news_at,news_source\n${row}\n`) });
    const [customerId = ''] = await shop.rows(`SELECT id FROM customers WHERE email = '${ann}'`);
    const before = await wantsNews(shop.ctx, { customerId });
    shop.clock.advance(1000);
    const { id } = await shop.merge();
    expect(await wantsNews(shop.ctx, { customerId })).toBe(expected);
    shop.clock.advance(1000);
    await shop.undo(id);
    expect(await wantsNews(shop.ctx, { customerId })).toBe(before);
  }
});

test('a change of the other email that was waiting is not made after the merge', async () => {
  const shop = await openTwice(moneyBack);
  const own = await signIn(shop.ctx, ann);
  const { subjectId: customerId } = await signIn(shop.ctx, old, '192.0.2.2');
  const asOther: Context = { ...shop.ctx, actor: { kind: 'customer', id: customerId } };
  const { challengeId } = await requestEmailChange(asOther, { customerId, email: 'new@example.com' });
  const code = codeOf(testSecret, challengeId);
  await confirmEmailChange(asOther, { customerId, challengeId, code, oldCode: null, sessionToken: null });
  await shop.merge();
  expect(await shop.rows('SELECT ended_at IS NOT NULL FROM email_changes')).toEqual(['1']);
  shop.clock.advance(2 * DAY_MS);
  await makeDueEmailChanges(shop.ctx);
  await expect(makeEmailChange(shop.ctx, { id: challengeId, keepsSession: null })).rejects.toMatchObject({
    code: 'challenge_expired',
  });
  expect((await signIn(shop.ctx, old, '192.0.2.3')).subjectId).toBe(own.subjectId);
});

test('a recommendation follows the friend from merge to merge, and not to who recommended', async () => {
  const circle = await openCircle(moneyBack);
  const referral = await circle.tell('ben@example.com');
  for (const email of ['ben@example.com', 'second@example.com', 'third@example.com'])
    await circle.join(email);
  await circle.buy('ben@example.com');
  circle.clock.advance(30 * DAY_MS);
  await circle.look();
  const before = await circle.paid(referral.id);
  expect(before).toEqual(['700', '500']);
  const merge = async (survivor: string, merged: string) => {
    await mergeCustomers(circle.ctx, { survivor, merged, key: newId() });
    await circle.look();
    expect(await circle.differences()).toEqual([]);
  };
  await merge('second@example.com', 'ben@example.com');
  await merge('third@example.com', 'second@example.com');
  expect(await circle.paid(referral.id)).toEqual(before);
  await circle.buy('third@example.com');
  await circle.look();
  expect(await circle.paid(referral.id)).toEqual(before);
  await merge(circle.ann, 'third@example.com');
  expect(await circle.paid(referral.id)).toEqual([]);
});

test('what is told of a recommendation goes to whoever survived', async () => {
  const circle = await openCircle(moneyBack);
  const { id } = await circle.tell('ben@example.com');
  for (const email of ['ben@example.com', 'new-ann@example.com', 'new-ben@example.com'])
    await circle.join(email);
  await circle.look();
  for (const [survivor, merged] of [
    ['new-ann@example.com', circle.ann],
    ['new-ben@example.com', 'ben@example.com'],
  ] as const)
    await mergeCustomers(circle.ctx, { survivor, merged, key: newId() });
  await circle.buy('new-ben@example.com');
  circle.clock.advance(30 * DAY_MS);
  expect(await lookAtReferral(circle.ctx, id)).toBe('rewarded');
  const told = await circle.ctx.db.read(
    statement(
      `SELECT c.email FROM outbox AS o JOIN customers AS c ON c.id = o.customer_id
       WHERE o.template IN ('referral_rewarded', 'referral_held') ORDER BY 1`,
    ),
  );
  expect(told.flat()).toEqual(['new-ann@example.com', 'new-ben@example.com']);
});

test('who recommended and the friend count no more once both went into a third', async () => {
  const circle = await openCircle(moneyBack);
  const referral = await circle.tell('ben@example.com');
  for (const email of ['ben@example.com', 'third@example.com']) await circle.join(email);
  await circle.buy('ben@example.com');
  circle.clock.advance(30 * DAY_MS);
  await circle.look();
  for (const merged of ['ben@example.com', circle.ann]) {
    await mergeCustomers(circle.ctx, { survivor: 'third@example.com', merged, key: newId() });
    await circle.look();
  }
  expect(await circle.paid(referral.id)).toEqual([]);
  expect(await circle.differences()).toEqual([]);
});

test('a payout that waits is of the survivor, who is told when it comes back', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 1000);
  const [other] = await shop.buys(old, 20_000);
  const { ctx } = shop;
  const asked = { kind: 'payout', amount: 500n, currency: 'EUR', reference: 'IBAN' } as const;
  const { id } = await redeem(ctx, { ...asked, accountId: other?.accountId ?? '', customerId: null });
  await shop.merge();
  const { items } = await listPayouts(ctx, { state: 'to_pay' });
  expect(items).toMatchObject([
    { accountId: own?.accountId, person: { customerId: own?.customerId, email: ann } },
  ]);
  await returnPayout(ctx, { id, steps: 0, reason: 'No such account' });
  expect(await shop.rows("SELECT customer_id FROM outbox WHERE template = 'payout_returned'")).toEqual([
    own?.customerId,
  ]);
});

test('own fields, the place on top and mail that was not wanted follow, and go back', async () => {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 1000);
  const [other] = await shop.buys(old, 1000);
  const [ownId, otherId] = [own?.customerId ?? '', other?.customerId ?? ''];
  const { ctx } = shop;
  for (const key of ['size', 'tea']) await defineOwnField(ctx, { key, kind: 'text', names: { en: key } });
  await setOwnValues(ctx, { customerId: ownId, values: { tea: 'Green' } });
  await setOwnValues(ctx, { customerId: otherId, values: { tea: 'Black', size: '42' } });
  await pinAccount(ctx, { accountId: other?.accountId ?? '', isPinned: true });
  await addStaff(ctx, { email: 'nina@shop.example', role: 'agent' });
  await assignManager(ctx, { accountId: other?.accountId ?? '', manager: 'nina@shop.example' });
  const as = (id: string): Context => ({ ...ctx, actor: { kind: 'customer', id } });
  const choose = (customerId: string, topic: 'club' | 'rewards' | 'surveys', isOn: boolean) =>
    setPreferences(as(customerId), { customerId, wishes: [{ topic, channel: 'mail', isOn }] });
  await choose(otherId, 'club', false);
  await choose(ownId, 'rewards', false);
  await choose(otherId, 'surveys', false);
  const kept = async () => ({
    values: await shop.rows(
      `SELECT field_key, value FROM own_field_values WHERE customer_id = '${ownId}' ORDER BY 1`,
    ),
    pins: await shop.rows(`SELECT 1 FROM account_pins WHERE root_id = '${own?.accountId ?? ''}'`),
    managers: await shop.rows(
      `SELECT 1 FROM account_managers WHERE ended_at IS NULL AND account_id = '${own?.accountId ?? ''}'`,
    ),
    off: (await getPreferences(as(ownId), { customerId: ownId })).wishes.flatMap(({ topic, isOn }) =>
      isOn || topic === 'news' ? [] : [topic],
    ),
  });
  shop.clock.advance(1000);
  const { id } = await shop.merge();
  expect(await kept()).toEqual({
    values: ['size 42', 'tea Green'],
    pins: ['1'],
    managers: ['1'],
    off: ['rewards', 'surveys', 'club'],
  });
  shop.clock.advance(1000);
  await choose(ownId, 'surveys', true);
  await choose(ownId, 'surveys', false);
  await shop.undo(id);
  expect(await kept()).toEqual({
    values: ['tea Green'],
    pins: [],
    managers: [],
    off: ['rewards', 'surveys'],
  });
});

/** Somebody known by a company's order alone, who has no account of their own. */
async function withBuyer() {
  const shop = await openTwice(moneyBack);
  await shop.buys(ann, 1000);
  await shop.buys('bea@example.com', 1000);
  await shop.order({ email: old, account: 'ACME' });
  expect(
    await shop.rows(
      `SELECT count(*) FROM accounts JOIN customers ON owner_id = customers.id WHERE email = '${old}'`,
    ),
  ).toEqual(['0']);
  return shop;
}

test('who had no account of their own leaves the list of customers, and comes back', async () => {
  const shop = await withBuyer();
  const asked = {
    ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
    ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
    ...{ own: '', value: '', manager: '', sort: 'name', order: '' },
  };
  const listed = async () => (await listCustomers(shop.ctx, asked, null)).items.map(({ email }) => email);
  expect(await listed()).toEqual([ann, 'bea@example.com', old]);
  const { id } = await shop.merge();
  expect(await listed()).toEqual([ann, 'bea@example.com']);
  await undoMerge(shop.ctx, { id });
  expect(await listed()).toEqual([ann, 'bea@example.com', old]);
});

test('two processes that merge one into two others at once merge once', async () => {
  const shop = await withBuyer();
  const [merged = ''] = await shop.rows(`SELECT id FROM customers WHERE email = '${old}'`);
  const into = (survivor: string) =>
    mergeCustomers({ ...shop.ctx, queue: createAccountQueue() }, { survivor, merged, key: newId() });
  const both = await Promise.all([refusal(into(ann)), refusal(into('bea@example.com'))]);
  expect(both.toSorted()).toEqual([null, 'unknown_customer'].toSorted());
  expect(await shop.rows('SELECT count(*) FROM customer_merges')).toEqual(['1']);
});
