import { describe, expect, test } from 'vitest';
import { insertInto } from '../../../db/query.ts';
import { accounts, customers, memberships } from '../../../db/schema/index.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { ask, joinWith, signIn, wrongCodeFor } from '../../support/sign-in.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const minute = 60_000;

describe('proving an address', () => {
  test('makes nobody a customer by itself', async () => {
    const ctx = await createTestContext();
    const opened = await verifyCode(ctx, withoutToken(await ask(ctx, 'new@x.example')));
    expect(opened).toMatchObject({ kind: 'joining', max_age_s: 3600 });
    expect(await findSession(ctx, opened.token)).toEqual({
      kind: 'joining',
      joining: { email: 'new@x.example', referralCode: null, askedAt: ctx.now() },
    });
    expect(
      await read(ctx, 'SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM accounts)'),
    ).toEqual([[0n, 0n]]);
  });

  test('makes an unknown person who joins a claimed customer with an account of their own', async () => {
    const ctx = await createTestContext();
    const { token, subjectId } = await signIn(ctx, 'new@x.example');
    expect(await findSession(ctx, token)).toMatchObject({
      kind: 'customer',
      customer: { id: subjectId, email: 'new@x.example', name: 'Ann' },
    });
    expect(await read(ctx, 'SELECT claimed_at, member_number FROM customers')).toEqual([
      [BigInt(ctx.now()), expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)],
    ]);
    expect(
      await read(ctx, 'SELECT kind, owner_id = ?, signed_up_at, history_seq FROM accounts', subjectId),
    ).toEqual([['personal', 1n, BigInt(ctx.now()), 1n]]);
    expect(await read(ctx, 'SELECT seq, kind, actor FROM history')).toEqual([
      [1n, 'claimed', `customer:${subjectId}`],
    ]);
    expect(await read(ctx, 'SELECT count(*) FROM memberships')).toEqual([[1n]]);
  });

  test('claims an imported customer, revives a withdrawn one, and leaves the rest alone', async () => {
    const ctx = await createTestContext();
    await importedCustomer(ctx, { withdrawnAt: 5 });
    const first = await signIn(ctx, 'old@x.example');
    const second = await signIn(ctx, 'old@x.example');
    expect(first.subjectId).toBe('c1');
    expect(second.subjectId).toBe('c1');
    expect(await read(ctx, 'SELECT name, withdrawn_at, claimed_at FROM customers')).toEqual([
      ['Ann', null, BigInt(ctx.now())],
    ]);
    expect(await read(ctx, 'SELECT withdrawn_at, signed_up_at, history_seq FROM accounts')).toEqual([
      [null, BigInt(ctx.now()), 1n],
    ]);
    expect(await read(ctx, 'SELECT count(*) FROM history')).toEqual([[1n]]);
  });

  test('makes one customer of five who join at once', async () => {
    const ctx = await createTestContext();
    const asked = [];
    for (let time = 0; time < 5; time += 1) asked.push(await ask(ctx, 'new@x.example'));
    const opened = await Promise.all(asked.map((one) => verifyCode(ctx, { ...withoutToken(one) })));
    const signedIn = await Promise.all(opened.map(({ token }) => joinWith(ctx, token)));
    expect(new Set(signedIn.map(({ subjectId }) => subjectId)).size).toBe(1);
    expect(
      await read(ctx, 'SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM accounts)'),
    ).toEqual([[1n, 1n]]);
  });

  test('opens one session when the same challenge comes twenty times at once', async () => {
    const ctx = await createTestContext();
    const { token, browserToken } = await ask(ctx, 'new@x.example');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => consumeLink(ctx, { token, browserToken })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'challenge_expired' });
    }
    expect(await read(ctx, 'SELECT count(*) FROM sessions')).toEqual([[1n]]);
  });

  test('is over after ten minutes, and after one use', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const late = withoutToken(await ask(ctx, 'new@x.example'));
    clock.advance(10 * minute);
    await expect(verifyCode(ctx, late)).rejects.toMatchObject({ code: 'challenge_expired' });
    const used = withoutToken(await ask(ctx, 'new@x.example'));
    await verifyCode(ctx, used);
    await expect(verifyCode(ctx, used)).rejects.toMatchObject({ code: 'challenge_expired' });
  });

  test('works at the last moment, and with the code typed in groups', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const asked = withoutToken(await ask(ctx, 'new@x.example'));
    clock.advance(10 * minute - 1);
    await verifyCode(ctx, { ...asked, code: ` ${asked.code.slice(0, 3)} ${asked.code.slice(3)} ` });
  });

  test('refuses the right code in another browser', async () => {
    const ctx = await createTestContext();
    const { challengeId, code } = await ask(ctx, 'new@x.example');
    for (const browserToken of [newToken(), null, '']) {
      await expect(
        verifyCode(ctx, { challengeId, code, browserToken, clientAddress: '192.0.2.1' }),
      ).rejects.toMatchObject({
        code: 'challenge_expired',
      });
    }
  });
});

describe('a link', () => {
  test('asks another browser for the code, too', async () => {
    const ctx = await createTestContext();
    const { token, code } = await ask(ctx, 'new@x.example');
    await expect(consumeLink(ctx, { token, browserToken: null })).rejects.toMatchObject({
      errors: [{ path: 'code', code: 'code_required' }],
    });
    await expect(
      consumeLink(ctx, { token, browserToken: newToken(), code: wrongCodeFor(code) }),
    ).rejects.toMatchObject({ errors: [{ code: 'wrong_code' }] });
    expect(await consumeLink(ctx, { token, browserToken: null, code })).toMatchObject({ kind: 'joining' });
  });

  test('that we did not make opens nothing', async () => {
    const ctx = await createTestContext();
    const { token, browserToken, challengeId, code } = await ask(ctx, 'new@x.example');
    const forged = [
      '',
      '.',
      challengeId,
      `${challengeId}.`,
      `${token}x`,
      token.slice(0, -1),
      `${challengeId}.${code}`,
    ];
    for (const bad of forged) {
      await expect(consumeLink(ctx, { token: bad, browserToken })).rejects.toMatchObject({
        code: 'challenge_expired',
      });
    }
    expect(await read(ctx, 'SELECT count(*) FROM sessions')).toEqual([[0n]]);
  });
});

describe('guessing', () => {
  test('gets five tries at a challenge; the right code comes too late after them', async () => {
    const ctx = await createTestContext();
    const asked = withoutToken(await ask(ctx, 'ann@x.example'));
    const wrong = { ...asked, code: wrongCodeFor(asked.code) };
    for (let time = 0; time < 5; time += 1) {
      await expect(verifyCode(ctx, wrong)).rejects.toMatchObject({ errors: [{ code: 'wrong_code' }] });
    }
    await expect(verifyCode(ctx, asked)).rejects.toMatchObject({ code: 'challenge_expired' });
  });

  test('gets five tries when a hundred come at once', async () => {
    const ctx = await createTestContext();
    const asked = withoutToken(await ask(ctx, 'ann@x.example'));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => verifyCode(ctx, { ...asked, code: wrongCodeFor(asked.code) })),
    );
    expect(outcomes.filter(isWrongCode)).toHaveLength(5);
  });

  test('gets at most ten tries at an address in any quarter of an hour, and the owner still gets in', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const evaluated: number[] = [];
    for (let challenge = 0; challenge < 60; challenge += 1) {
      const asked = withoutToken(await ask(ctx, 'ann@x.example', `198.51.100.${challenge}`));
      for (let time = 0; time < 6; time += 1) {
        const [outcome] = await Promise.allSettled([
          verifyCode(ctx, { ...asked, code: wrongCodeFor(asked.code) }),
        ]);
        if (isWrongCode(outcome)) evaluated.push(clock.now());
      }
      clock.advance(minute);
    }
    for (const from of evaluated) {
      expect(evaluated.filter((at) => at >= from && at < from + 15 * minute).length).toBeLessThanOrEqual(
        10 + 3,
      );
    }
    expect(evaluated.length).toBeGreaterThan(10);
    const owner = await ask(ctx, 'ann@x.example', '203.0.113.1');
    expect(await verifyCode(ctx, withoutToken(owner))).toBeTruthy();
    const other = await ask(ctx, 'ann@x.example', '203.0.113.1');
    expect(await consumeLink(ctx, { token: other.token, browserToken: null, code: other.code })).toBeTruthy();
  });
});

function isWrongCode(outcome: PromiseSettledResult<unknown> | undefined): boolean {
  return outcome?.status === 'rejected' && outcome.reason.errors[0]?.code === 'wrong_code';
}

function withoutToken({ token: _link, ...asked }: Awaited<ReturnType<typeof ask>>) {
  return asked;
}

function read({ db }: Context, sql: string, ...args: string[]) {
  return db.read({ sql, args });
}

async function importedCustomer({ db }: Context, given: { withdrawnAt: number | null }): Promise<void> {
  const { withdrawnAt } = given;
  const none = { historySeq: 0, ledgerSeq: 0, ledgerHash: '', balanceMinor: 0n, settledRevision: 0 };
  await db.write([
    insertInto(customers)({
      id: 'c1',
      email: 'old@x.example',
      name: 'Old Friend',
      createdAt: 1,
      withdrawnAt,
    }),
    insertInto(accounts)({
      id: 'a1',
      rootId: 'a1',
      kind: 'personal',
      name: '',
      ownerId: 'c1',
      createdAt: 1,
      withdrawnAt,
      ...none,
    }),
    insertInto(memberships)({ accountId: 'a1', customerId: 'c1', since: 1 }),
  ]);
}
