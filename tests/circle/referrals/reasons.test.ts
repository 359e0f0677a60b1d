import { describe, expect, test } from 'vitest';
import { appealReferral } from '../../../functions/circle/referrals/appeal.ts';
import { decideReferral, type ReferralDecision } from '../../../functions/circle/referrals/decide.ts';
import { addMark, signInMarks } from '../../../functions/circle/referrals/marks.ts';
import type { ReferralReason } from '../../../functions/circle/referrals/state.ts';
import { mailboxOf } from '../../../functions/ground/platform/email.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { DAY_MS } from '../../support/shop.ts';
import { type Circle, openCircle } from './circle.ts';

const ben = 'ben@friends.example';
const wait = 15 * DAY_MS;

/** For each reason, what makes it true of somebody whom Ann recommends; answers under which address they come. */
const causes: Record<ReferralReason, (circle: Circle) => Promise<string>> = {
  same_person: async () => 'ann+second@example.com',
  same_address: async ({ ctx, ann, join }) => {
    const friend = await join(ben);
    for (const customerId of [ann, friend]) {
      await addMark(ctx, {
        customerId,
        kind: 'address',
        mark: customerId === ann ? '1 High St, York' : '1 high st York',
      });
    }
    return ben;
  },
  same_payment_mark: async ({ ctx, ann, join }) => {
    const friend = await join(ben);
    for (const customerId of [ann, friend])
      await addMark(ctx, { customerId, kind: 'payment', mark: 'card-1' });
    return ben;
  },
  same_device: async ({ ctx, ann, join }) => {
    const friend = await join(ben);
    for (const customerId of [ann, friend])
      await ctx.db.write(
        signInMarks(ctx, { customerId, browserHash: 'browser-1', clientAddress: 'unknown' }),
      );
    return ben;
  },
  existing_customer: async ({ buy }) => {
    await buy(ben);
    return ben;
  },
  too_many: async ({ ctx, tell }) => {
    await setPolicy(ctx, 'referralMaxPerMonth', '2');
    await tell('first@friends.example');
    await tell('second@friends.example');
    return ben;
  },
  disposable_mail: async () => 'ben@mailinator.com',
};
const all = Object.entries(causes);

/** Somebody of whom a reason is true came, ordered, and the waiting days are over. */
async function hold(cause: (circle: Circle) => Promise<string>) {
  const circle = await openCircle();
  const email = await cause(circle);
  circle.clock.advance(1000);
  const [known] = await circle.ask(`SELECT claimed_at FROM customers WHERE email = '${email}'`);
  // Who joined by the link told the code before they did.
  const toldAt = known?.[0] === undefined || known[0] === 'null' ? undefined : Number(known[0]) - 1;
  const { id } = await circle.tell(email, toldAt === undefined ? {} : { toldAt });
  const number = await circle.buy(email);
  circle.clock.advance(wait);
  await circle.look();
  const seen = async () =>
    Number((await circle.ask(`SELECT step_seq FROM referrals WHERE id = '${id}'`))[0]?.[0]);
  return {
    ...circle,
    id,
    email,
    number,
    decide: async (decision: ReferralDecision, text = 'Because.') =>
      decideReferral(circle.staff, { id, decision, text, seenSeq: await seen() }),
    appeal: (text = 'It is my sister.') => appealReferral(circle.as(circle.ann), { id, text }),
  };
}

describe.each(all)('%s', (reason, cause) => {
  test('holds, with its name, and time alone neither pays nor refuses', async () => {
    const held = await hold(cause);
    expect(await held.stateOf(held.id)).toBe('held');
    expect(await held.reasonsOf(held.id)).toEqual([reason]);
    expect(await held.paid(held.id)).toEqual([]);
    held.clock.advance(5 * 365 * DAY_MS);
    await held.look();
    expect(await held.stateOf(held.id)).toBe('held');
    expect(await held.paid(held.id)).toEqual([]);
    expect((await held.mails()).filter((mail) => mail === 'referral_held')).toHaveLength(1);
    expect(await held.differences()).toEqual([]);
  });

  test('is paid after an appeal and a release', async () => {
    const { id, appeal, decide, stateOf, paid, differences } = await hold(cause);
    await appeal();
    expect(await stateOf(id)).toBe('held');
    await decide('released');
    expect(await stateOf(id)).toBe('rewarded');
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await differences()).toEqual([]);
  });

  test('is not paid once declined, is paid when that is reversed, and the other way round', async () => {
    const { id, appeal, decide, stateOf, paid, differences } = await hold(cause);
    await decide('declined');
    expect(await stateOf(id)).toBe('declined');
    await appeal();
    await decide('released');
    expect(await paid(id)).toEqual(['700', '500']);
    await decide('declined');
    expect(await paid(id)).toEqual([]);
    await decide('reopened');
    expect(await stateOf(id)).toBe('held');
    expect(await paid(id)).toEqual([]);
    await decide('released');
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await differences()).toEqual([]);
  });

  test('released, is taken back by a return, and paid again by the next order', async () => {
    const { id, decide, refund, number, look, stateOf, paid, buy, email, clock, differences } =
      await hold(cause);
    await decide('released');
    await refund(number, '1', 3000);
    await look();
    expect(await stateOf(id)).toBe('returned');
    expect(await paid(id)).toEqual([]);
    await buy(email);
    clock.advance(wait);
    await look();
    expect(await stateOf(id)).toBe('rewarded');
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await differences()).toEqual([]);
  });

  test('held, is not owed anything after a return, and is held again by the next order', async () => {
    const { id, refund, number, look, stateOf, paid, buy, email, differences } = await hold(cause);
    await refund(number, '1', 3000);
    await look();
    expect(await stateOf(id)).toBe('returned');
    await buy(email);
    await look();
    expect(await stateOf(id)).toBe('held');
    expect(await paid(id)).toEqual([]);
    expect(await differences()).toEqual([]);
  });
});

test('several reasons are all named, and one that is found after a release holds again', async () => {
  const { id, ctx, ann, ask, email, decide, refund, number, buy, look, stateOf, reasonsOf } = await hold(
    causes.disposable_mail,
  );
  await decide('released');
  await refund(number, '1', 3000);
  const [friend] = await ask(`SELECT id FROM customers WHERE email = '${email}'`);
  for (const customerId of [ann, String(friend?.[0])])
    await addMark(ctx, { customerId, kind: 'payment', mark: 'card-1' });
  await buy(email);
  await look();
  expect(await stateOf(id)).toBe('held');
  expect(await reasonsOf(id)).toEqual(['disposable_mail', 'same_payment_mark']);
});

test('what was paid is not doubted by what is seen later', async () => {
  const circle = await openCircle();
  const { id } = await circle.tell(ben);
  await circle.buy(ben);
  circle.clock.advance(wait);
  await circle.look();
  const [friend] = await circle.ask(`SELECT id FROM customers WHERE email = '${ben}'`);
  for (const customerId of [circle.ann, String(friend?.[0])])
    await addMark(circle.ctx, { customerId, kind: 'payment', mark: 'card-1' });
  await circle.buy(ben);
  await circle.look();
  expect(await circle.stateOf(id)).toBe('rewarded');
});

test('a network counts when both were there within a week, and none that everybody shares', async () => {
  const circle = await openCircle();
  const { ctx, ann, clock, join } = circle;
  const { id } = await circle.tell(ben);
  const friend = await join(ben);
  const sign = (customerId: string, clientAddress: string) =>
    ctx.db.write([
      ...signInMarks(ctx, { customerId, browserHash: '', clientAddress }),
      { sql: 'SELECT 1', args: [] },
    ]);
  for (const address of ['127.0.0.1', '10.1.2.3', '::1', 'unknown', 'fd00::1']) {
    await sign(ann, address);
    await sign(friend, address);
  }
  expect(await circle.ask('SELECT count(*) FROM referral_marks')).toEqual([['0']]);
  await sign(ann, '192.0.2.7');
  clock.advance(8 * DAY_MS);
  await sign(friend, '192.0.2.7');
  await circle.buy(ben);
  await circle.look();
  expect(await circle.stateOf(id)).toBe('ordered');
  await sign(ann, '192.0.2.7');
  clock.advance(wait);
  await circle.look();
  expect(await circle.reasonsOf(id)).toEqual(['same_address']);
});

test.each([
  ['ann@gmail.com', 'a.n.n+x@googlemail.com', true],
  ['ann@gmail.com', 'anne@gmail.com', false],
  ['ann@example.com', 'ann+tea@example.com', true],
  ['ann@example.com', 'a.nn@example.com', false],
  ['ann@example.com', 'ann@example.org', false],
])('%s and %s are one mailbox: %s', (left, right, isSame) => {
  expect(mailboxOf(left) === mailboxOf(right)).toBe(isSame);
});
