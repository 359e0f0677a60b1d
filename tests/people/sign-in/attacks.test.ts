import { describe, expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { codeOf, linkTokenOf, oldAddressCodeOf } from '../../../functions/people/sign-in/challenge.ts';
import { confirmEmailChange } from '../../../functions/people/sign-in/confirm-email-change.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { requestEmailChange } from '../../../functions/people/sign-in/request-email-change.ts';
import { requestSignIn } from '../../../functions/people/sign-in/request-sign-in.ts';
import { stopEmailChange } from '../../../functions/people/sign-in/stop-email-change.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { type Asked, ask, dumpOf, signIn, wrongCodeFor } from '../../support/sign-in.ts';
import {
  createTestClock,
  createTestContext,
  type TestClock,
  testSecret,
} from '../../support/test-context.ts';

const minute = 60_000;

const withoutLink = ({ token: _link, ...asked }: Asked) => asked;

/** Asks for an address from everywhere and types wrong codes, for an hour; answers when codes were looked at. */
async function besiege(
  ctx: Context,
  { clock, email, from }: { clock: TestClock; email: string; from: (round: number) => string },
): Promise<number[]> {
  const looks: number[] = [];
  for (let round = 0; round < 48; round += 1) {
    const asked = await ask(ctx, email, from(round)).catch(() => null);
    if (asked !== null)
      for (let time = 0; time < 5; time += 1) {
        const guess = verifyCode(ctx, { ...withoutLink(asked), code: wrongCodeFor(asked.code) });
        const [outcome] = await Promise.allSettled([guess]);
        if (outcome?.status === 'rejected' && outcome.reason.errors[0]?.code === 'wrong_code')
          looks.push(clock.now());
      }
    clock.advance(75_000);
  }
  return looks;
}

describe.each([
  ['eight networks of one household each', (round: number) => `2001:db${round % 8}:1:1::1`],
  ['one provider, ever new addresses', (round: number) => `198.51.${round}.7`],
])('two hundred and forty requests an hour from %s', (_name, from) => {
  test('keep the owner out neither by link nor by code, in a new browser or the one they use', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const { knownToken } = await signIn(ctx, 'ann@x.example');
    for (let hour = 0; hour < 2; hour += 1) await besiege(ctx, { clock, email: 'ann@x.example', from });
    const mailed = async () =>
      (await ctx.db.read({ sql: "SELECT 1 FROM outbox WHERE template = 'sign_in'", args: [] })).length;
    const before = await mailed();
    const byCode = await ask(ctx, 'ann@x.example', '203.0.113.9');
    expect(await mailed()).toBe(before + 1);
    expect(await verifyCode(ctx, withoutLink(byCode))).toMatchObject({ kind: 'customer' });
    const byLink = await ask(ctx, 'ann@x.example', '203.0.113.9');
    expect(await mailed()).toBe(before + 2);
    const { token, code } = byLink;
    expect(await consumeLink(ctx, { token, code, browserToken: null })).toMatchObject({ kind: 'customer' });
    for (let time = 0; time < 5; time += 1) {
      const known = await ask(ctx, 'ann@x.example', `192.0.2.${time}`, knownToken);
      expect(await mailed()).toBe(before + 3 + time);
      expect(await verifyCode(ctx, { ...withoutLink(known), knownToken })).toMatchObject({
        kind: 'customer',
      });
    }
  });

  test('leave every mailed link usable beside its code', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    await signIn(ctx, 'ann@x.example');
    const asked = await ask(ctx, 'ann@x.example', from(0));
    for (let time = 0; time < 8; time += 1)
      await verifyCode(ctx, { ...withoutLink(asked), code: wrongCodeFor(asked.code) }).catch(() => null);
    const { token, code } = asked;
    expect(await consumeLink(ctx, { token, code, browserToken: null })).toMatchObject({ kind: 'customer' });
  });
});

test('who is limited takes no attempt from a challenge', async () => {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  const asked = [];
  for (let time = 0; time < 5; time += 1) asked.push(await ask(ctx, `p${time}@x.example`, '198.51.100.7'));
  const late = await ask(ctx, 'late@x.example', '198.51.100.7');
  for (const one of asked)
    for (let time = 0; time < 4; time += 1)
      await expect(
        verifyCode(ctx, { ...withoutLink(one), code: wrongCodeFor(one.code) }),
      ).rejects.toMatchObject({ errors: [{ code: 'wrong_code' }] });
  for (let time = 0; time < 10; time += 1)
    await expect(
      verifyCode(ctx, { ...withoutLink(late), code: wrongCodeFor(late.code) }),
    ).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(
    await ctx.db.read({
      sql: 'SELECT attempts FROM sign_in_challenges WHERE id = ?',
      args: [late.challengeId],
    }),
  ).toEqual([[0n]]);
  expect(await verifyCode(ctx, { ...withoutLink(late), clientAddress: '203.0.113.1' })).toBeTruthy();
});

test('one client gets twenty looks a quarter of an hour and a hundred a day, over all addresses', async () => {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  const looks: number[] = [];
  for (let quarter = 0; quarter < 30; quarter += 1) {
    for (let address = 0; address < 8; address += 1)
      looks.push(...(await guessAt(ctx, `v${quarter}-${address}@x.example`, '198.51.100.7', clock)));
    clock.advance(16 * minute);
  }
  expect(looks).toHaveLength(100);
  expect(looks.filter((at) => at < (looks[0] ?? 0) + 15 * minute)).toHaveLength(20);
});

test('all clients together get three hundred looks an hour, and who guessed nothing still gets in', async () => {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  const looks: number[] = [];
  for (let client = 0; client < 40; client += 1)
    for (let address = 0; address < 3; address += 1)
      looks.push(...(await guessAt(ctx, `v${client}-${address}@x.example`, `10.${client}.0.1`, clock)));
  expect(looks.length).toBeLessThanOrEqual(300 + 3 * 40);
  const owner = await ask(ctx, 'ann@x.example', '203.0.113.9');
  expect(await verifyCode(ctx, withoutLink(owner))).toMatchObject({ kind: 'joining' });
});

async function guessAt(ctx: Context, email: string, from: string, clock: TestClock): Promise<number[]> {
  const asked = await ask(ctx, email, from);
  const looks: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    const guess = verifyCode(ctx, { ...withoutLink(asked), code: wrongCodeFor(asked.code) });
    const [outcome] = await Promise.allSettled([guess]);
    if (outcome?.status === 'rejected' && outcome.reason.errors[0]?.code === 'wrong_code')
      looks.push(clock.now());
  }
  return looks;
}

test('a mailbox gets its mail counted once, however its address is spelled', async () => {
  const ctx = await createTestContext();
  const spellings = (time: number) => [
    `ann+${time}@bücher.example`,
    `ann+${time}@xn--bcher-kva.example`,
    `ann@bücher.example`,
    `ａnn@bücher.example`,
  ];
  for (let time = 0; time < 20; time += 1)
    for (const email of spellings(time)) await ask(ctx, email, `198.51.100.${time}`);
  const sent = await ctx.db.read({ sql: 'SELECT count(*) FROM outbox', args: [] });
  expect(sent).toEqual([[22n]]);
});

test.each([
  ['a zero-width space', 'an\u200bn@x.example'],
  ['a soft hyphen', 'ann@x\u00ad.example'],
  ['a trailing dot', 'ann@x.example.'],
  ['an ideographic stop', 'ann@x\u3002example'],
  ['a full-width stop', 'ann@x\uff0eexample'],
])('%s in an address is refused at the door, but of who is known by it', async (_name, email) => {
  const ctx = await createTestContext();
  await expect(ask(ctx, email)).rejects.toMatchObject({ errors: [{ code: 'invalid_email' }] });
  const insert = "INSERT INTO customers (id, email, created_at, claimed_at) VALUES ('c1', ?, 1, 1)";
  await ctx.db.write([{ sql: insert, args: [email] }]);
  const { token: _link, ...asked } = await ask(ctx, email);
  expect(await verifyCode(ctx, asked)).toMatchObject({ kind: 'customer', subjectId: 'c1' });
});

test('a known and an unknown address are answered alike, after the same work', async () => {
  const ctx = await createTestContext();
  await signIn(ctx, 'known@x.example');
  const work: Record<'known' | 'unknown', Set<string>> = { known: new Set(), unknown: new Set() };
  for (let index = 0; index < 40; index += 1) {
    const kind = index % 2 === 0 ? 'known' : 'unknown';
    const email = kind === 'known' ? 'known@x.example' : `unknown-${index}@x.example`;
    const asked = { email, language: 'en', browserToken: newToken(), clientAddress: `10.0.${index}.1` };
    await ctx.db.write([{ sql: 'DELETE FROM rate_limits', args: [] }]);
    const steps: string[] = [];
    const answer = await requestSignIn({ ...ctx, db: watched(ctx.db, steps) }, asked);
    work[kind].add([...steps, ...Object.keys(answer)].join('\n'));
  }
  expect(work.known).toEqual(work.unknown);
});

/** The same database; every statement is noted, in the order of its coming. */
function watched(store: Store, steps: string[]): Store {
  const read: Store['read'] = (one) => {
    steps.push(one.sql);
    return store.read(one);
  };
  const write: Store['write'] = (statements) => {
    steps.push(...statements.map(({ sql }) => sql));
    return store.write(statements);
  };
  const parts = { ...store, read, write, fresh: { ...store, read, write } };
  return parts;
}

describe('a change of address', () => {
  test('is stopped by the link that went to the old one, and every device is signed out', async () => {
    const { ctx, ann, customerId, challengeId, session } = await changing();
    const token = linkTokenOf(testSecret, challengeId);
    const [warning] = (await listMailbox(ctx)).filter(({ template }) => template === 'email_change_asked');
    expect(warning).toMatchObject({ to: 'ann@x.example', code: oldAddressCodeOf(testSecret, challengeId) });
    expect(warning?.link).toContain(`/sign-in/stop?token=${encodeURIComponent(token)}`);
    expect(warning?.text).not.toContain(codeOf(testSecret, challengeId));
    await expect(consumeLink(ctx, { token, browserToken: null })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
    await stopEmailChange(guest(ctx), { token });
    expect(await findSession(ctx, session)).toBeNull();
    const code = codeOf(testSecret, challengeId);
    const oldCode = oldAddressCodeOf(testSecret, challengeId);
    await expect(
      confirmEmailChange(ann, { customerId, challengeId, code, oldCode, sessionToken: null }),
    ).rejects.toMatchObject({ code: 'challenge_expired' });
    await expect(stopEmailChange(guest(ctx), { token })).rejects.toMatchObject({ code: 'challenge_expired' });
    const kinds = await ctx.db.read({ sql: 'SELECT kind, actor FROM history ORDER BY seq', args: [] });
    expect(kinds.at(-1)).toEqual(['email_change_stopped', 'anonymous']);
  });

  test('either happens or is stopped, when both come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ctx, ann, customerId, challengeId } = await changing();
      const code = codeOf(testSecret, challengeId);
      const oldCode = oldAddressCodeOf(testSecret, challengeId);
      const token = linkTokenOf(testSecret, challengeId);
      const outcomes = await Promise.allSettled([
        confirmEmailChange(ann, { customerId, challengeId, code, oldCode, sessionToken: null }),
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
