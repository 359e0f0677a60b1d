import { describe, expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getJoining } from '../../../functions/people/joining/get-joining.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { codeOf, linkTokenOf, oldAddressCodeOf } from '../../../functions/people/sign-in/challenge.ts';
import { confirmEmailChange } from '../../../functions/people/sign-in/confirm-email-change.ts';
import { findEmailChange } from '../../../functions/people/sign-in/find-email-change.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { makeDueEmailChanges } from '../../../functions/people/sign-in/make-email-change.ts';
import { requestEmailChange } from '../../../functions/people/sign-in/request-email-change.ts';
import { cancelEmailChange, stopEmailChange } from '../../../functions/people/sign-in/stop-email-change.ts';
import { sweepSignIn } from '../../../functions/people/sign-in/sweep-sign-in.ts';
import { undoByProof } from '../../../functions/people/sign-in/undo-email-change.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { ask, joinWith, signIn, wrongCodeFor } from '../../support/sign-in.ts';
import { createTestClock, createTestContext, testSecret } from '../../support/test-context.ts';

describe('changing the email', () => {
  test('moves the customer, tells the old address, and ends the other sessions', async () => {
    const { ctx, session, customerId } = await signedIn();
    const other = await signIn(ctx, 'ann@x.example');
    const challengeId = await request(ctx, customerId, 'Ann@New.Example');
    expect(await findEmailChange(ctx, { customerId })).toMatchObject({
      challengeId,
      email: 'ann@new.example',
    });
    await confirm(ctx, { customerId, challengeId, sessionToken: session });

    expect(await findSession(ctx, session)).toMatchObject({
      customer: { id: customerId, email: 'ann@new.example' },
    });
    expect(await findSession(ctx, other.token)).toBeNull();
    expect(await findEmailChange(ctx, { customerId })).toBeNull();
    const [notice, warning, proof] = await listMailbox(ctx);
    expect(notice).toMatchObject({ template: 'email_changed_notice', to: 'ann@x.example' });
    expect(notice?.text).not.toContain('new.example');
    expect(warning).toMatchObject({ template: 'email_change_asked', to: 'ann@x.example' });
    expect(warning?.text).not.toContain('new.example');
    expect(proof).toMatchObject({ template: 'email_change', to: 'ann@new.example' });
    expect(await kinds(ctx)).toEqual([['claimed'], ['email_changed']]);
    expect((await signIn(ctx, 'ann@new.example')).subjectId).toBe(customerId);
    expect((await signIn(ctx, 'ann@x.example')).subjectId).not.toBe(customerId);
  });

  test('there and back again keeps one former address', async () => {
    const { ctx, customerId } = await signedIn();
    for (const email of ['b@x.example', 'ann@x.example']) {
      await confirm(ctx, {
        customerId,
        challengeId: await request(ctx, customerId, email),
        sessionToken: null,
      });
    }
    expect(await ctx.db.read({ sql: 'SELECT email FROM former_emails', args: [] })).toEqual([
      ['b@x.example'],
    ]);
  });

  test('says that an address is taken only to who proves it', async () => {
    const { ctx, session, customerId } = await signedIn();
    await signIn(ctx, 'bob@x.example');
    const challengeId = await request(ctx, customerId, 'bob@x.example');
    const wrong = wrongCodeFor(codeOf(testSecret, challengeId));
    await expect(
      confirmEmailChange(ctx, { customerId, challengeId, code: wrong, oldCode: null, sessionToken: session }),
    ).rejects.toMatchObject({ errors: [{ code: 'wrong_code' }] });
    const given = { customerId, challengeId, sessionToken: session };
    await expect(confirm(ctx, given)).rejects.toMatchObject({ code: 'email_taken' });
    await expect(confirm(ctx, given)).rejects.toMatchObject({ code: 'challenge_expired' });
    expect(await findSession(ctx, session)).toMatchObject({ customer: { email: 'ann@x.example' } });
    expect(await kinds(ctx)).not.toContainEqual(['email_changed']);
  });

  test('happens once when the code comes ten times at once', async () => {
    const { ctx, customerId } = await signedIn();
    const challengeId = await request(ctx, customerId, 'new@x.example');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => confirm(ctx, { customerId, challengeId, sessionToken: null })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await kinds(ctx)).toEqual([['claimed'], ['email_changed']]);
  });

  test('is over after ten minutes', async () => {
    const { ctx, customerId, clock } = await signedIn();
    const challengeId = await request(ctx, customerId, 'new@x.example');
    clock.advance(600_000);
    await expect(confirm(ctx, { customerId, challengeId, sessionToken: null })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
  });

  test('is refused for the same address, for somebody else, and after five mails', async () => {
    const { ctx, customerId } = await signedIn();
    await expect(request(ctx, customerId, 'ANN@x.example')).rejects.toMatchObject({
      errors: [{ code: 'same_email' }],
    });
    const foreign: Context = { ...ctx, actor: { kind: 'customer', id: 'somebody' } };
    await expect(request(foreign, customerId, 'new@x.example')).rejects.toMatchObject({ code: 'not_found' });
    const challengeId = await request(ctx, customerId, 'new@x.example');
    await expect(confirm(foreign, { customerId, challengeId, sessionToken: null })).rejects.toMatchObject({
      code: 'not_found',
    });
    for (let time = 0; time < 4; time += 1) await request(ctx, customerId, `n${time}@x.example`);
    await expect(request(ctx, customerId, 'n5@x.example')).rejects.toMatchObject({
      code: 'too_many_requests',
    });
  });

  test('cannot keep the owner of an address from signing in', async () => {
    const { ctx } = await signedIn();
    let refused = 0;
    for (let who = 0; who < 9; who += 1) {
      const { subjectId } = await signIn(ctx, `c${who}@x.example`, `198.51.100.${who}`);
      const own: Context = { ...ctx, actor: { kind: 'customer', id: subjectId } };
      for (let time = 0; time < 5; time += 1)
        await request(own, subjectId, 'victim@x.example').catch(() => (refused += 1));
    }
    expect(refused).toBe(35);
    await signIn(ctx, 'victim@x.example');
    expect(await listMailbox(ctx)).toContainEqual(
      expect.objectContaining({ template: 'sign_in', to: 'victim@x.example' }),
    );
  });

  test('is no way to sign in', async () => {
    const { ctx, customerId } = await signedIn();
    const challengeId = await request(ctx, customerId, 'new@x.example');
    const code = codeOf(testSecret, challengeId);
    for (const browserToken of [null, '']) {
      await expect(
        verifyCode(ctx, { challengeId, code, browserToken, clientAddress: '192.0.2.1' }),
      ).rejects.toMatchObject({
        code: 'challenge_expired',
      });
    }
  });
});

describe('a change without the code of the old address', () => {
  const hour = 3_600_000;

  /** What a thief can do who holds a session and a mailbox of their own. */
  async function stolen() {
    const house = await signedIn();
    const { ctx, customerId, session } = house;
    const challengeId = await request(ctx, customerId, 'thief@x.example');
    const code = codeOf(testSecret, challengeId);
    const given = { customerId, challengeId, code, oldCode: null, sessionToken: session };
    const outcome = await confirmEmailChange(ctx, given);
    return { ...house, challengeId, outcome, token: linkTokenOf(testSecret, challengeId) };
  }
  const emailNow = async (ctx: Context) =>
    (await ctx.db.read({ sql: 'SELECT email FROM customers', args: [] })).flat();

  test('waits a day, of which the old address is told at once and which it can stop', async () => {
    const { ctx, customerId, clock, outcome, token, session } = await stolen();
    expect(outcome).toEqual({ outcome: 'waits', dueAt: clock.now() + 24 * hour });
    expect(await emailNow(ctx)).toEqual(['ann@x.example']);
    expect(await findEmailChange(ctx, { customerId })).toMatchObject({ dueAt: clock.now() + 24 * hour });
    const [notice] = await listMailbox(ctx);
    expect(notice).toMatchObject({ template: 'email_change_waits', to: 'ann@x.example', withheld: null });
    expect(notice?.link).toContain(`/sign-in/stop?token=${encodeURIComponent(token)}`);
    clock.advance(23 * hour);
    await makeDueEmailChanges(ctx);
    expect(await emailNow(ctx)).toEqual(['ann@x.example']);
    expect(await stopEmailChange(ctx, { token })).toEqual({ outcome: 'stopped' });
    clock.advance(48 * hour);
    await makeDueEmailChanges(ctx);
    expect(await emailNow(ctx)).toEqual(['ann@x.example']);
    expect(await findSession(ctx, session)).toBeNull();
  });

  test('is undone for 14 days by the same link, also after a second change, and the thief is out', async () => {
    const { ctx, customerId, clock, token, session } = await stolen();
    clock.advance(24 * hour);
    await makeDueEmailChanges(ctx);
    expect(await emailNow(ctx)).toEqual(['thief@x.example']);
    expect(await findSession(ctx, session)).toBeNull();
    const [notice] = await listMailbox(ctx);
    expect(notice).toMatchObject({ template: 'email_changed_notice', to: 'ann@x.example', withheld: null });
    expect(notice?.link).toContain(encodeURIComponent(token));
    const again = await signIn(ctx, 'thief@x.example');
    const second = await request(ctx, customerId, 'thief2@x.example');
    await confirm(ctx, { customerId, challengeId: second, sessionToken: again.token });
    clock.advance(13 * 24 * hour);
    expect(await stopEmailChange(ctx, { token })).toEqual({ outcome: 'undone' });
    expect(await emailNow(ctx)).toEqual(['ann@x.example']);
    expect(await findSession(ctx, again.token)).toBeNull();
    for (const link of [token, linkTokenOf(testSecret, second)])
      await expect(stopEmailChange(ctx, { token: link })).rejects.toMatchObject({
        code: 'challenge_expired',
      });
    expect((await signIn(ctx, 'ann@x.example')).subjectId).toBe(customerId);
    expect((await kinds(ctx)).at(-1)).toEqual(['email_change_undone']);
    const told = (await listMailbox(ctx)).filter(({ template }) => template === 'email_change_undone');
    expect(told.map(({ to }) => to).sort()).toEqual(['ann@x.example', 'thief2@x.example']);
  });

  test('is not undone after 14 days, nor once somebody else has the old address', async () => {
    const late = await stolen();
    late.clock.advance(24 * hour);
    await makeDueEmailChanges(late.ctx);
    late.clock.advance(14 * 24 * hour);
    await expect(stopEmailChange(late.ctx, { token: late.token })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
    const taken = await stolen();
    taken.clock.advance(24 * hour);
    await makeDueEmailChanges(taken.ctx);
    await signIn(taken.ctx, 'ann@x.example');
    await expect(stopEmailChange(taken.ctx, { token: taken.token })).rejects.toMatchObject({
      code: 'email_taken',
    });
  });

  test('tells who proves the old address that an account had it, and gives it back to them', async () => {
    const { ctx, customerId, clock } = await stolen();
    clock.advance(24 * hour);
    await makeDueEmailChanges(ctx);
    const { token: _link, ...asked } = await ask(ctx, 'ann@x.example');
    const { token, kind } = await verifyCode(ctx, asked);
    expect(kind).toBe('joining');
    expect(await getJoining(ctx, { email: 'ann@x.example' })).toMatchObject({ wasChangedAway: true });
    await undoByProof(ctx, { sessionToken: token });
    expect(await getJoining(ctx, { email: 'ann@x.example' })).toMatchObject({ isMember: true });
    expect((await joinWith(ctx, token)).subjectId).toBe(customerId);
    await expect(undoByProof(ctx, { sessionToken: token })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
  });

  test('costs the guesser of the old code twenty tries a day', async () => {
    const { ctx, customerId, clock } = await signedIn();
    let looks = 0;
    for (let time = 0; time < 12; time += 1) {
      const challengeId = await request(ctx, customerId, 'thief@x.example');
      const code = codeOf(testSecret, challengeId);
      const oldCode = wrongCodeFor(oldAddressCodeOf(testSecret, challengeId));
      for (let guess = 0; guess < 5; guess += 1)
        await confirmEmailChange(ctx, { customerId, challengeId, code, oldCode, sessionToken: null }).catch(
          (error) => (looks += error.errors[0]?.path === 'oldCode' ? 1 : 0),
        );
      clock.advance(16 * 60_000);
    }
    expect(looks).toBe(20);
    expect(await emailNow(ctx)).toEqual(['ann@x.example']);
  });

  test('can be cancelled by the customer, and a newer one ends an older', async () => {
    const { ctx, customerId, clock } = await stolen();
    await request(ctx, customerId, 'other@x.example');
    clock.advance(25 * hour);
    await makeDueEmailChanges(ctx);
    expect(await emailNow(ctx)).toEqual(['ann@x.example']);
    const challengeId = await request(ctx, customerId, 'third@x.example');
    await cancelEmailChange(ctx, { customerId });
    await expect(confirm(ctx, { customerId, challengeId, sessionToken: null })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
  });
});

describe('a former address', () => {
  async function moved() {
    const shop = await openShop(moneyBack);
    const { subjectId: customerId } = await signIn(shop.ctx, 'ann@x.example');
    const ann = shop.as(customerId);
    const challengeId = await request(ann, customerId, 'new@x.example');
    await confirm(ann, { customerId, challengeId, sessionToken: null });
    return { shop, customerId };
  }

  test('still brings orders for 30 days, and none after', async () => {
    const { shop, customerId } = await moved();
    shop.clock.advance(29 * 24 * 3_600_000);
    await sweepSignIn(shop.ctx);
    expect((await shop.order({ email: 'ann@x.example' })).customerId).toBe(customerId);
    shop.clock.advance(2 * 24 * 3_600_000);
    await sweepSignIn(shop.ctx);
    expect((await shop.order({ email: 'ann@x.example' })).customerId).not.toBe(customerId);
  });

  test('ends at once when somebody proves it', async () => {
    const { shop, customerId } = await moved();
    const { token: _link, ...asked } = await ask(shop.ctx, 'ann@x.example');
    await verifyCode(shop.ctx, asked);
    expect((await shop.order({ email: 'ann@x.example' })).customerId).not.toBe(customerId);
  });
});

async function signedIn() {
  const clock = createTestClock();
  const system = await createTestContext({ now: clock.now });
  const { token, subjectId } = await signIn(system, 'ann@x.example');
  const ctx: Context = { ...system, actor: { kind: 'customer', id: subjectId } };
  return { ctx, session: token, customerId: subjectId, clock };
}

async function request(ctx: Context, customerId: string, email: string): Promise<string> {
  return (await requestEmailChange(ctx, { customerId, email })).challengeId;
}

function confirm(
  ctx: Context,
  given: { customerId: string; challengeId: string; sessionToken: string | null },
) {
  const { challengeId } = given;
  const [code, oldCode] = [codeOf(testSecret, challengeId), oldAddressCodeOf(testSecret, challengeId)];
  return confirmEmailChange(ctx, { ...given, code, oldCode });
}

function kinds(ctx: Context) {
  return ctx.db.read({ sql: 'SELECT kind FROM history ORDER BY account_id, seq', args: [] });
}
