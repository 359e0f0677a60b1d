import { describe, expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { appealReferral } from '../../../functions/circle/referrals/appeal.ts';
import { decideReferral } from '../../../functions/circle/referrals/decide.ts';
import { findInvitation } from '../../../functions/circle/referrals/find-invitation.ts';
import { getFriends } from '../../../functions/circle/referrals/get-friends.ts';
import { getReferral } from '../../../functions/circle/referrals/get-referral.ts';
import { listReferrals } from '../../../functions/circle/referrals/list-referrals.ts';
import { nameSelf } from '../../../functions/circle/referrals/name-self.ts';
import { openOwnCode } from '../../../functions/circle/referrals/own-code.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { DAY_MS } from '../../support/shop.ts';
import { post } from '../../support/test-api.ts';
import { openCircle } from './circle.ts';

const ben = 'ben@friends.example';
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('a code', () => {
  test('is one for each customer, also when it is asked for ten times at once', async () => {
    const { another, ann, ask } = await openCircle();
    const codes = await Promise.all(Array.from({ length: 10 }, () => openOwnCode(another(), ann)));
    expect(new Set(codes).size).toBe(1);
    expect(codes[0]).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    expect(await ask('SELECT count(*) FROM referral_codes')).toEqual([['1']]);
  });

  test('is understood as it is typed', async () => {
    const { code, tell } = await openCircle();
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
    expect(await codeOf(tell(ben, { code: typed }))).toBe('accepted');
  });

  test.each([
    ['that nobody has', { code: 'AAAA-AAAA' }, ben, 'not_found'],
    ['of oneself', {}, 'ann@example.com', 'referral_own_code'],
  ])('%s is refused', async (_, told, email, refusal) => {
    const { tell, ask } = await openCircle();
    expect(await codeOf(tell(email, told))).toBe(refusal);
    expect(await ask('SELECT count(*) FROM referrals')).toEqual([['0']]);
  });

  test('is refused while recommending is not rewarded', async () => {
    const { tell, ctx } = await openCircle();
    await setPolicy(ctx, 'referral', 'off');
    expect(await codeOf(tell(ben))).toBe('referral_off');
  });

  test('counts once ever for a person: of ten tellings at once the first, of another code none', async () => {
    const { tell, another, ctx, join, ask } = await openCircle();
    const second = await openOwnCode(ctx, await join('dora@example.com', 'Dora'));
    const told = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        codeOf(tell(ben, { by: another(), ...(index % 2 ? { code: second } : {}) })),
      ),
    );
    expect(told.filter((one) => one === 'accepted')).toHaveLength(1);
    expect(new Set(told)).toEqual(new Set(['accepted', 'already_referred']));
    expect(await ask('SELECT count(*) FROM referrals')).toEqual([['1']]);
  });

  test('is promised what holds on that day, whatever the business promises later', async () => {
    const { tell, buy, ctx, clock, look, paid } = await openCircle();
    const { id } = await tell(ben);
    await setPolicy(ctx, 'referralOwn', '1.00');
    await setPolicy(ctx, 'referralFriend', '0');
    await setPolicy(ctx, 'referral', 'off');
    await buy(ben);
    clock.advance(15 * DAY_MS);
    await look();
    expect(await paid(id)).toEqual(['700', '500']);
  });
});

describe('an order', () => {
  test.each([
    ['below the minimum', { totals: [1999] }],
    ['in another currency', { currency: 'USD' }],
    ['of a day before the code was told', { placedAt: '2026-02-01T10:00:00Z' }],
  ])('%s pays nothing', async (_, sketch) => {
    const { tell, buy, clock, look, paid, stateOf } = await openCircle();
    const { id } = await tell(ben);
    await buy(ben, sketch);
    clock.advance(15 * DAY_MS);
    await look();
    expect(await paid(id)).toEqual([]);
    expect(await stateOf(id)).toMatch(/joined|invited/);
  });

  test('on hold waits until it is released', async () => {
    const { tell, buy, event, clock, look, stateOf } = await openCircle();
    const { id } = await tell(ben);
    const number = await buy(ben);
    await event(number, { status: 'on_hold' });
    clock.advance(15 * DAY_MS);
    await look();
    expect(await stateOf(id)).toBe('ordered');
    await event(number, { status: 'released' });
    await look();
    expect(await stateOf(id)).toBe('rewarded');
  });

  test('taken back after both rewards were spent leaves a debt on each side', async () => {
    const { tell, buy, ctx, clock, look, refund, ask, differences } = await openCircle();
    await tell(ben);
    const number = await buy(ben);
    clock.advance(15 * DAY_MS);
    await look();
    for (const [amount, email] of [
      [700n, 'ann@example.com'],
      [500n, ben],
    ] as const) {
      const [row] = await ask(`SELECT id FROM customers WHERE email = '${email}'`);
      const terms = { accountId: null, kind: 'till', currency: 'EUR', reference: null } as const;
      await redeem(ctx, { customerId: String(row?.[0]), amount, ...terms });
    }
    await refund(number, '1', 3000);
    await look();
    expect(await ask('SELECT balance_minor FROM accounts ORDER BY balance_minor')).toEqual([
      ['-700'],
      ['-500'],
    ]);
    expect(await differences()).toEqual([]);
  });
});

describe('what people see', () => {
  async function held() {
    const circle = await openCircle();
    const { id } = await circle.tell('ben@mailinator.com');
    await circle.join('ben@mailinator.com', 'Ben Ode');
    await circle.buy('ben@mailinator.com');
    await circle.look();
    const [row] = await circle.ask(`SELECT friend_id, step_seq FROM referrals WHERE id = '${id}'`);
    return { ...circle, id, friendId: String(row?.[0]), seenSeq: Number(row?.[1]) };
  }

  test('the referrer sees the state and its reason, nothing of the purchase, and a name once it is allowed', async () => {
    const { as, ann, friendId } = await held();
    const before = await getFriends(as(ann));
    expect(before.friends).toMatchObject([
      { name: null, state: 'held', reasons: ['disposable_mail'], appeal: 'possible' },
    ]);
    const shown = JSON.stringify(before, (_key, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
    expect(shown).not.toMatch(/mailinator|3000|Ode|W-1/);
    await nameSelf(as(friendId), { isNamed: true });
    expect((await getFriends(as(ann))).friends[0]?.name).toBe('Ben');
    await nameSelf(as(friendId), { isNamed: false });
    expect((await getFriends(as(ann))).friends[0]?.name).toBeNull();
    expect((await getFriends(as(friendId))).cameBy).toMatchObject({ name: 'Ann', state: 'held' });
  });

  test('only the referrer appeals, once for each decision', async () => {
    const { as, ann, friendId, id, staff, ask } = await held();
    const text = 'He really is new.';
    expect(await codeOf(appealReferral(as(friendId), { id, text }))).toBe('not_found');
    expect(await codeOf(appealReferral(as(ann), { id, text: '  ' }))).toBe('validation_failed');
    expect(await codeOf(appealReferral(as(ann), { id, text }))).toBe('accepted');
    expect(await codeOf(appealReferral(as(ann), { id, text }))).toBe('already_appealed');
    const seenSeq = Number((await ask('SELECT step_seq FROM referrals'))[0]?.[0]);
    await decideReferral(staff, { id, decision: 'declined', text: 'No.', seenSeq });
    expect((await getFriends(as(ann))).friends).toMatchObject([{ declinedFor: 'No.', appeal: 'possible' }]);
    expect(await codeOf(appealReferral(as(ann), { id, text }))).toBe('accepted');
    expect((await listReferrals(staff, { state: 'declined', page: 1 })).items).toMatchObject([
      { isAppealed: true },
    ]);
  });

  test('staff decide, analysts and customers do not; what somebody else decided is not overridden unread', async () => {
    const { as, ann, id, staff, ctx, seenSeq, ask } = await held();
    const decision = { id, decision: 'released', text: '', seenSeq } as const;
    const analyst = { ...ctx, actor: { kind: 'staff', id: 'y', role: 'analyst' } } as const;
    expect(await codeOf(decideReferral(as(ann), decision))).toBe('forbidden');
    expect(await codeOf(decideReferral(analyst, decision))).toBe('forbidden');
    expect(await codeOf(decideReferral(staff, { ...decision, decision: 'declined' }))).toBe(
      'validation_failed',
    );
    expect(await codeOf(decideReferral(staff, { ...decision, decision: 'reopened' }))).toBe(
      'already_decided',
    );
    expect(await codeOf(decideReferral(staff, decision))).toBe('accepted');
    expect(await codeOf(decideReferral(staff, { ...decision, decision: 'declined', text: 'No.' }))).toBe(
      'already_decided',
    );
    expect(await ask("SELECT act, actor FROM audit_log WHERE subject_kind = 'referral'")).toEqual([
      ['referral.released', 'staff:olena'],
    ]);
    expect(
      await ask("SELECT kind FROM history WHERE kind LIKE 'referral%' ORDER BY at, kind"),
    ).toContainEqual(['referral_released']);
    const file = await getReferral(analyst, { id });
    expect(file).toMatchObject({
      referrer: { name: 'Ann Lee' },
      friend: { orders: 1 },
      reasons: [],
      possible: ['declined', 'reopened'],
    });
    expect(await codeOf(getReferral(as(ann), { id }))).toBe('forbidden');
  });

  test('a link tells what it promises, by whose first name, and nothing of an unknown code', async () => {
    const { ctx, code, as, ann } = await held();
    const anonymous = { ...ctx, actor: { kind: 'anonymous' } } as const;
    expect(await findInvitation(anonymous, { code })).toMatchObject({
      name: 'Ann',
      isOwn: false,
      promise: { waitingDays: 14 },
    });
    expect(await findInvitation(as(ann), { code })).toMatchObject({ isOwn: true });
    expect(await codeOf(findInvitation(anonymous, { code: 'ZZZZ-ZZZZ' }))).toBe('not_found');
  });
});

describe('the API', () => {
  async function open() {
    const circle = await openCircle();
    const app = createApp({ runtime: circle.ctx, openStore: () => circle.ctx.db });
    const { key } = await addKey(circle.ctx, { name: 'till', scopes: ['customers:read', 'customers:write'] });
    const headers = { Authorization: `Bearer ${key}` };
    const tell = async (body: object, more: Record<string, string> = {}) => {
      const response = await app.request('/api/v1/referrals', post(body, { ...headers, ...more }));
      return { status: response.status, body: await response.json() };
    };
    return { ...circle, app, headers, tell };
  }

  test('takes a code at the till, answers the same when it is told again, and lists it', async () => {
    const { tell, code, app, headers, ann } = await open();
    const told = { code, customer: { email: ben, name: 'Ben' } };
    const first = await tell(told, { 'Idempotency-Key': 'receipt-1' });
    expect(first).toMatchObject({
      status: 201,
      body: {
        code,
        referrerId: ann,
        state: 'invited',
        reasons: [],
        rewards: { referrer: { amount: 700, currency: 'EUR' }, customer: { amount: 500, currency: 'EUR' } },
        waitingDays: 14,
      },
    });
    expect(await tell(told, { 'Idempotency-Key': 'receipt-1' })).toEqual(first);
    expect(await tell(told)).toMatchObject({ status: 200, body: { id: first.body.id } });
    const list = await app.request(`/api/v1/customers/${ann}/referrals`, { headers });
    expect(await list.json()).toMatchObject({ items: [{ id: first.body.id }], nextCursor: null });
  });

  test.each([
    ['an unknown code', { code: 'AAAA-AAAA' }, 404, 'not_found'],
    ['ones own', { customer: { email: 'ann@example.com' } }, 409, 'referral_own_code'],
    ['a wrong address', { customer: { email: 'nobody' } }, 422, 'validation_failed'],
  ])('refuses %s', async (_, change, status, refusal) => {
    const { tell, code, ask } = await open();
    expect(await tell({ code, customer: { email: ben }, ...change })).toMatchObject({
      status,
      body: { code: refusal },
    });
    expect(await ask(`SELECT count(*) FROM customers WHERE email = '${ben}'`)).toEqual([['0']]);
  });

  test('keeps a mark as a hash alone', async () => {
    const { app, headers, ann, ask } = await open();
    const mark = post({ kind: 'payment', mark: 'card-4242' }, headers);
    expect((await app.request(`/api/v1/customers/${ann}/marks`, mark)).status).toBe(201);
    const [[kept] = []] = await ask('SELECT mark FROM referral_marks');
    expect(kept).not.toContain('4242');
    expect(await ask("SELECT count(*) FROM audit_log WHERE act = 'mark.added'")).toEqual([['1']]);
  });
});
