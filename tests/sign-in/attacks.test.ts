import { describe, expect, test } from 'vitest';
import { listMailbox } from '../../functions/mail/mailbox.ts';
import type { Context } from '../../functions/platform/context.ts';
import { newToken } from '../../functions/platform/ids.ts';
import { codeOf, linkTokenOf } from '../../functions/sign-in/challenge.ts';
import { confirmEmailChange } from '../../functions/sign-in/confirm-email-change.ts';
import { consumeLink } from '../../functions/sign-in/consume-link.ts';
import { findSession } from '../../functions/sign-in/find-session.ts';
import { requestEmailChange } from '../../functions/sign-in/request-email-change.ts';
import { requestSignIn } from '../../functions/sign-in/request-sign-in.ts';
import { stopEmailChange } from '../../functions/sign-in/stop-email-change.ts';
import { verifyCode } from '../../functions/sign-in/verify-code.ts';
import { ask, dumpOf, signIn, wrongCodeFor } from '../support/sign-in.ts';
import { createTestClock, createTestContext, testSecret } from '../support/test-context.ts';

const minute = 60_000;

test('a thousand guesses from ever new addresses get ten looks a quarter of an hour, and the owner gets in', async () => {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  await signIn(ctx, 'ann@x.example');
  const looks: number[] = [];
  let guesses = 0;
  for (let round = 0; guesses < 1000; round += 1) {
    const from = round % 2 === 0 ? `198.51.${round % 256}.7` : `2001:db8:${round.toString(16)}::1`;
    const { challengeId, code, browserToken } = await ask(ctx, 'ann@x.example', from);
    for (let time = 0; time < 5; time += 1) {
      guesses += 1;
      const guess = verifyCode(ctx, { challengeId, code: wrongCodeFor(code), browserToken });
      const [outcome] = await Promise.allSettled([guess]);
      if (outcome?.status === 'rejected' && outcome.reason.errors[0]?.code === 'wrong_code')
        looks.push(clock.now());
    }
    clock.advance(7000);
  }
  for (const from of looks)
    expect(looks.filter((at) => at >= from && at < from + 15 * minute).length).toBeLessThanOrEqual(10);
  const owner = await ask(ctx, 'ann@x.example', '203.0.113.9');
  const { token, browserToken } = owner;
  expect(await consumeLink(ctx, { token, browserToken })).toMatchObject({ kind: 'customer' });
});

test('three hundred known and three hundred unknown addresses are answered alike and as fast', async () => {
  const ctx = await createTestContext();
  await signIn(ctx, 'known@x.example');
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  const shapes = new Set<string>();
  for (let index = 0; index < 600; index += 1) {
    const kind = index % 2 === 0 ? 'known' : 'unknown';
    const email = kind === 'known' ? 'known@x.example' : `unknown-${index}@x.example`;
    const browserToken = newToken();
    const clientAddress = `10.${index % 256}.${index >> 8}.1`;
    const started = performance.now();
    const answer = await requestSignIn(ctx, { email, language: 'en', browserToken, clientAddress });
    times[kind].push(performance.now() - started);
    shapes.add(Object.keys(answer).join());
  }
  expect([...shapes]).toEqual(['challengeId']);
  expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(5);
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

describe('a change of address', () => {
  test('is stopped by the link that went to the old one, and every device is signed out', async () => {
    const { ctx, ann, customerId, challengeId, session } = await changing();
    const token = linkTokenOf(testSecret, challengeId);
    const [warning] = (await listMailbox(ctx)).filter(({ template }) => template === 'email_change_asked');
    expect(warning).toMatchObject({ to: 'ann@x.example', code: null });
    expect(warning?.link).toContain(`/sign-in/stop?token=${encodeURIComponent(token)}`);
    expect(warning?.text).not.toContain(codeOf(testSecret, challengeId));
    await expect(consumeLink(ctx, { token, browserToken: null })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
    await stopEmailChange(guest(ctx), { token });
    expect(await findSession(ctx, session)).toBeNull();
    const code = codeOf(testSecret, challengeId);
    await expect(
      confirmEmailChange(ann, { customerId, challengeId, code, sessionToken: null }),
    ).rejects.toMatchObject({ code: 'challenge_expired' });
    await expect(stopEmailChange(guest(ctx), { token })).rejects.toMatchObject({ code: 'challenge_expired' });
    const kinds = await ctx.db.read({ sql: 'SELECT kind, actor FROM history ORDER BY seq', args: [] });
    expect(kinds.at(-1)).toEqual(['email_change_stopped', 'anonymous']);
  });

  test('either happens or is stopped, when both come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ctx, ann, customerId, challengeId } = await changing();
      const code = codeOf(testSecret, challengeId);
      const token = linkTokenOf(testSecret, challengeId);
      const outcomes = await Promise.allSettled([
        confirmEmailChange(ann, { customerId, challengeId, code, sessionToken: null }),
        stopEmailChange(guest(ctx), { token }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  test.each(['', 'x', `${'a'.repeat(32)}.${'b'.repeat(43)}`, 'x'.repeat(5000)])(
    'is not stopped by %j',
    async (token) => {
      const { ctx } = await changing();
      await expect(stopEmailChange(guest(ctx), { token })).rejects.toMatchObject({
        code: expect.stringMatching(/challenge_expired|validation_failed/),
      });
    },
  );
});

test('what is planted in mail and tokens shows up in no row that outlives it', async () => {
  const { ctx, challengeId } = await changing();
  const asked = await ask(ctx, 'ann@x.example');
  const dump = await dumpOf(ctx);
  const tokens = [asked.token, asked.code, asked.browserToken, linkTokenOf(testSecret, challengeId)];
  for (const secret of tokens) expect(dump).not.toContain(secret);
  const audit = await ctx.db.read({ sql: 'SELECT detail, actor FROM history', args: [] });
  expect(JSON.stringify(audit)).not.toContain('x.example');
});

async function changing() {
  const ctx = await createTestContext();
  const { subjectId: customerId, token: session } = await signIn(ctx, 'ann@x.example');
  const ann: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const { challengeId } = await requestEmailChange(ann, { customerId, email: 'thief@x.example' });
  return { ctx, ann, customerId, challengeId, session };
}

const guest = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'anonymous' } });
