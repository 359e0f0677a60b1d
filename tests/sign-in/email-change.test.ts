import { describe, expect, test } from 'vitest';
import { listMailbox } from '../../functions/mail/mailbox.ts';
import type { Context } from '../../functions/platform/context.ts';
import { codeOf } from '../../functions/sign-in/challenge.ts';
import { confirmEmailChange } from '../../functions/sign-in/confirm-email-change.ts';
import { findEmailChange } from '../../functions/sign-in/find-email-change.ts';
import { findSession } from '../../functions/sign-in/find-session.ts';
import { requestEmailChange } from '../../functions/sign-in/request-email-change.ts';
import { verifyCode } from '../../functions/sign-in/verify-code.ts';
import { signIn, wrongCodeFor } from '../support/sign-in.ts';
import { createTestClock, createTestContext, testSecret } from '../support/test-context.ts';

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
      confirmEmailChange(ctx, { customerId, challengeId, code: wrong, sessionToken: session }),
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
  return confirmEmailChange(ctx, { ...given, code: codeOf(testSecret, given.challengeId) });
}

function kinds(ctx: Context) {
  return ctx.db.read({ sql: 'SELECT kind FROM history ORDER BY account_id, seq', args: [] });
}
