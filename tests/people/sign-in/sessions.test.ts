import { describe, expect, test, vi } from 'vitest';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { endOneSession } from '../../../functions/people/sign-in/end-one-session.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { listSessions } from '../../../functions/people/sign-in/list-sessions.ts';
import { signOut, signOutEverywhere } from '../../../functions/people/sign-in/sign-out.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { listStaff } from '../../../functions/people/staff/list-staff.ts';
import { ask, signIn, wrongCodeFor } from '../../support/sign-in.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('a session', () => {
  test('ends by signing out, at once and only itself', async () => {
    const ctx = await createTestContext();
    const here = await signIn(ctx, 'ann@x.example');
    const there = await signIn(ctx, 'ann@x.example');
    await signOut(ctx, here.token);
    await signOut(ctx, here.token);
    expect(await findSession(ctx, here.token)).toBeNull();
    expect(await findSession(ctx, there.token)).not.toBeNull();
  });

  test('ends when its browser signs in again, by a code or by a link', async () => {
    const ctx = await createTestContext();
    const first = await signIn(ctx, 'ann@x.example');
    const { token: _link, ...asked } = await ask(ctx, 'ann@x.example');
    const second = await verifyCode(ctx, { ...asked, sessionToken: first.token });
    expect(await findSession(ctx, first.token)).toBeNull();
    const { token: link, browserToken } = await ask(ctx, 'bob@x.example');
    const third = await consumeLink(ctx, { token: link, browserToken, sessionToken: second.token });
    expect(await findSession(ctx, second.token)).toBeNull();
    expect(await findSession(ctx, third.token)).not.toBeNull();
  });

  test('is logged when it begins, as is a wrong code, without code or address', async () => {
    const ctx = await createTestContext();
    const info = vi.spyOn(ctx.log, 'info').mockReturnValue();
    const warn = vi.spyOn(ctx.log, 'warn').mockReturnValue();
    const { token: _link, ...asked } = await ask(ctx, 'ann@x.example');
    const wrong = verifyCode(ctx, { ...asked, code: wrongCodeFor(asked.code) });
    await expect(wrong).rejects.toMatchObject({ code: 'validation_failed' });
    const { subjectId } = await verifyCode(ctx, asked);
    expect(warn.mock.calls).toEqual([[expect.stringContaining('wrong code'), { id: asked.challengeId }]]);
    expect(info.mock.calls.map((call: unknown[]) => call[1])).toContainEqual({ kind: 'joining', subjectId });
    const said = JSON.stringify([...info.mock.calls, ...warn.mock.calls]);
    expect(said).not.toContain('x.example');
    expect(said).not.toContain(asked.code);
    info.mockRestore();
    warn.mockRestore();
  });

  test('ends everywhere, but not those of others', async () => {
    const ctx = await createTestContext();
    const here = await signIn(ctx, 'ann@x.example');
    const there = await signIn(ctx, 'ann@x.example');
    const other = await signIn(ctx, 'bob@x.example');
    const ann: Context = { ...ctx, actor: { kind: 'customer', id: here.subjectId } };
    await signOutEverywhere(ann, {
      person: { kind: 'customer', id: here.subjectId },
      exceptToken: here.token,
    });
    expect(await findSession(ctx, here.token)).not.toBeNull();
    expect(await findSession(ctx, there.token)).toBeNull();
    await signOutEverywhere(ann, { person: { kind: 'customer', id: here.subjectId } });
    expect(await findSession(ctx, here.token)).toBeNull();
    expect(await findSession(ctx, other.token)).not.toBeNull();
  });

  test('ends alone, and nobody else can end it', async () => {
    const ctx = await createTestContext();
    const [here, there] = [await signIn(ctx, 'ann@x.example'), await signIn(ctx, 'ann@x.example')];
    const person = { kind: 'customer', id: here.subjectId } as const;
    const list = await listSessions(ctx, { person, currentToken: here.token });
    const id = list.find(({ isThis }) => !isThis)?.id ?? '';
    const bob: Context = { ...ctx, actor: { kind: 'customer', id: 'bob' } };
    await expect(endOneSession(bob, { person, id })).rejects.toMatchObject({ code: 'not_found' });
    await endOneSession(bob, { person: { kind: 'customer', id: 'bob' }, id });
    await endOneSession(ctx, { person: { kind: 'staff', id: person.id }, id });
    expect(await findSession(ctx, there.token)).not.toBeNull();
    await endOneSession(ctx, { person, id });
    await endOneSession(ctx, { person, id });
    expect(await findSession(ctx, there.token)).toBeNull();
    expect(await findSession(ctx, here.token)).not.toBeNull();
  });

  test('of somebody else can neither be seen nor ended', async () => {
    const ctx = await createTestContext();
    const ann = await signIn(ctx, 'ann@x.example');
    for (const actor of [{ kind: 'customer', id: 'somebody' }, { kind: 'anonymous' }] as const) {
      const foreign = { ...ctx, actor };
      const customerId = ann.subjectId;
      await expect(
        signOutEverywhere(foreign, { person: { kind: 'customer', id: customerId } }),
      ).rejects.toMatchObject({ code: 'not_found' });
      await expect(
        listSessions(foreign, { person: { kind: 'customer', id: customerId }, currentToken: null }),
      ).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(await findSession(ctx, ann.token)).not.toBeNull();
  });

  test('of a customer lasts while it is used every 30 days, for 180 days at most', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const idle = await signIn(ctx, 'ann@x.example');
    clock.advance(30 * day);
    expect(await findSession(ctx, idle.token)).toBeNull();
    const used = await signIn(ctx, 'ann@x.example');
    for (let time = 0; time < 8; time += 1) {
      clock.advance(20 * day);
      expect(await findSession(ctx, used.token)).not.toBeNull();
    }
    clock.advance(20 * day);
    expect(await findSession(ctx, used.token)).toBeNull();
  });

  test('is written down as seen once an hour', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const { token, subjectId: customerId } = await signIn(ctx, 'ann@x.example');
    const signedInAt = clock.now();
    const seen = async () =>
      (await listSessions(ctx, { person: { kind: 'customer', id: customerId }, currentToken: token }))[0]
        ?.lastSeenAt;
    clock.advance(hour - 1);
    await findSession(ctx, token);
    expect(await seen()).toBe(signedInAt);
    clock.advance(1);
    await findSession(ctx, token);
    expect(await seen()).toBe(clock.now());
  });

  test('is known again by its device', async () => {
    const ctx = await createTestContext();
    await signIn(ctx, 'ann@x.example');
    await signOutAll(ctx);
    const { token, browserToken } = await ask(ctx, 'ann@x.example');
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const session = await consumeLink(ctx, { token, browserToken, userAgent });
    await signIn(ctx, 'ann@x.example');
    const list = await listSessions(ctx, {
      person: { kind: 'customer', id: session.subjectId },
      currentToken: session.token,
    });
    expect(list).toHaveLength(2);
    expect(list.find((one) => one.isThis)).toMatchObject({
      device: 'Firefox, Windows',
      startedAt: ctx.now(),
    });
  });

  test('is swept away once it is over, and the others are not', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    await signIn(ctx, 'ann@x.example');
    clock.advance(30 * day);
    await signIn(ctx, 'bob@x.example');
    await runJobs(ctx, { name: 'mail' });
    await runJobs(ctx, { name: 'sessions' });
    const counts =
      'SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM sign_in_challenges), (SELECT count(*) FROM outbox)';
    expect(await ctx.db.read({ sql: counts, args: [] })).toEqual([[1n, 1n, 3n]]);
  });
});

describe('staff', () => {
  test('sign in by the printed link, in any browser, once', async () => {
    const ctx = await createTestContext();
    const { link } = await addStaff(ctx, { email: 'boss@x.example', role: 'owner' });
    const token = new URL(link).searchParams.get('token') ?? '';
    const session = await consumeLink(ctx, { token, browserToken: null });
    expect(session).toMatchObject({ kind: 'staff', max_age_s: 7 * 24 * 3600 });
    expect(await findSession(ctx, session.token)).toMatchObject({
      kind: 'staff',
      staff: { email: 'boss@x.example', role: 'owner' },
    });
    await expect(consumeLink(ctx, { token, browserToken: null })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
  });

  test('are signed out after twelve idle hours and after a week', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const idle = await signInStaff(ctx);
    clock.advance(12 * hour);
    expect(await findSession(ctx, idle)).toBeNull();
    const used = await signInStaff(ctx);
    for (let time = 1; time < 7 * 4; time += 1) {
      clock.advance(6 * hour);
      expect(await findSession(ctx, used)).not.toBeNull();
    }
    clock.advance(6 * hour);
    expect(await findSession(ctx, used)).toBeNull();
  });

  test('get another role, or none, with the very next request', async () => {
    const ctx = await createTestContext();
    const token = await signInStaff(ctx);
    const { link } = await addStaff(ctx, { email: 'boss@x.example', role: 'analyst' });
    expect(await findSession(ctx, token)).toMatchObject({ staff: { role: 'analyst' } });
    await disableStaff(ctx, { email: 'boss@x.example' });
    expect(await findSession(ctx, token)).toBeNull();
    const open = new URL(link).searchParams.get('token') ?? '';
    await addStaff(ctx, { email: 'boss@x.example', role: 'owner' });
    await expect(consumeLink(ctx, { token: open, browserToken: null })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
    expect(await listStaff(ctx)).toHaveLength(1);
  });

  test.each([
    { kind: 'anonymous' },
    { kind: 'customer', id: 'c1' },
    { kind: 'staff', id: 's1', role: 'manager' },
    { kind: 'key', id: 'k1', scopes: ['customers:write'] },
  ] as const)('are not managed by $kind', async (actor) => {
    const ctx = await createTestContext({ actor });
    for (const attempt of [
      addStaff(ctx, { email: 'a@x.example', role: 'owner' }),
      disableStaff(ctx, { email: 'a@x.example' }),
      listStaff(ctx),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await ctx.db.read({ sql: 'SELECT count(*) FROM staff', args: [] })).toEqual([[0n]]);
  });
});

async function signOutAll({ db }: Context): Promise<void> {
  await db.write([{ sql: 'DELETE FROM sessions', args: [] }]);
}

async function signInStaff(ctx: Context): Promise<string> {
  const { link } = await addStaff(ctx, { email: 'boss@x.example', role: 'owner' });
  const token = new URL(link).searchParams.get('token') ?? '';
  return (await consumeLink(ctx, { token, browserToken: null })).token;
}
