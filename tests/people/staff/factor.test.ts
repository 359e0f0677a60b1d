import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { seal, unseal } from '../../../functions/ground/platform/seal.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { beginFactor } from '../../../functions/people/staff/factor/begin-factor.ts';
import { proveFactor } from '../../../functions/people/staff/factor/prove-factor.ts';
import { resetFactor } from '../../../functions/people/staff/factor/reset-factor.ts';
import { type Entrant, setUpFactor } from '../../../functions/people/staff/factor/set-up-factor.ts';
import { dumpOf } from '../../support/sign-in.ts';
import { createTestClock, createTestContext, testSecret } from '../../support/test-context.ts';

const minute = 60_000;

describe('a second factor', () => {
  test('set up at the first sign-in makes the session whole, under a new token', async () => {
    const { ctx, enter, setUp } = await open();
    const entrant = await enter();
    expect(await findSession(ctx, entrant.sessionToken)).toMatchObject({
      staff: { factors: { app: false }, provenAt: null },
    });
    const { token, paperCodes } = await setUp(entrant);
    expect(await findSession(ctx, token)).toMatchObject({
      staff: { factors: { app: true }, provenAt: expect.any(Number) },
    });
    expect(await findSession(ctx, entrant.sessionToken)).toBeNull();
    expect(new Set(paperCodes).size).toBe(10);
  });

  test('leaves nothing readable in the database: neither the secret nor codes on paper', async () => {
    const { ctx, enter, setUp } = await open();
    const { paperCodes, secret } = await setUp(await enter());
    const dump = await dumpOf(ctx);
    for (const canary of [secret, ...paperCodes]) expect(dump).not.toContain(canary);
  });

  test('is asked for at each sign-in, and of every other session', async () => {
    const { ctx, enter, setUp, codeAt } = await open();
    const other = await enter();
    await setUp(await enter());
    const late = await enter();
    for (const { sessionToken } of [other, late])
      expect(await findSession(ctx, sessionToken)).toMatchObject({
        staff: { factors: { app: true }, provenAt: null },
      });
    ctx.clock.advance(minute);
    const { token } = await proveFactor(ctx, { entrant: late, code: codeAt() });
    expect(await findSession(ctx, token)).toMatchObject({ staff: { provenAt: expect.any(Number) } });
    expect(await findSession(ctx, other.sessionToken)).toMatchObject({ staff: { provenAt: null } });
  });

  test('takes a code once, also of two who send it at once, and not the one it was set up by', async () => {
    const { ctx, enter, setUp, codeAt } = await open();
    await setUp(await enter());
    const [first, second, third] = [await enter(), await enter(), await enter()];
    await expect(proveFactor(ctx, { entrant: third, code: codeAt() })).rejects.toMatchObject(wrong);
    ctx.clock.advance(minute);
    const code = codeAt();
    const both = await Promise.allSettled([
      proveFactor(ctx, { entrant: first, code }),
      proveFactor(ctx, { entrant: second, code }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test.each([
    ['half a minute before', -30_000, true],
    ['half a minute after', 30_000, true],
    ['a minute before', -60_000, false],
    ['a minute after', 60_000, false],
  ])('takes the code of %s: %s → %s', async (_name, off, isTaken) => {
    const { ctx, enter, setUp, codeAt } = await open();
    await setUp(await enter());
    const entrant = await enter();
    ctx.clock.advance(10 * minute);
    const proving = proveFactor(ctx, { entrant, code: codeAt(off) });
    if (isTaken) await expect(proving).resolves.toMatchObject({ token: expect.any(String) });
    else await expect(proving).rejects.toMatchObject(wrong);
  });

  test('lost, is replaced by each code on paper once, however it is typed', async () => {
    const { ctx, enter, setUp } = await open();
    const { paperCodes } = await setUp(await enter());
    const [paper = ''] = paperCodes;
    const entrant = await enter();
    await proveFactor(ctx, { entrant, code: paper.toLowerCase().replaceAll('-', ' ') });
    const again = await enter();
    await expect(proveFactor(ctx, { entrant: again, code: paper })).rejects.toMatchObject(wrong);
    await proveFactor(ctx, { entrant: again, code: paperCodes[1] ?? '' });
  });

  test('lost with its codes on paper, is reset by an owner: sessions end, codes end, another is set up', async () => {
    const { ctx, enter, setUp, codeAt } = await open();
    const { token, paperCodes } = await setUp(await enter());
    const agent: Context = { ...ctx, actor: { kind: 'staff', id: 'x', role: 'manager' } };
    await expect(resetFactor(agent, { email: 'olena@x.example' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await resetFactor(ctx, { email: 'olena@x.example' });
    expect(await findSession(ctx, token)).toBeNull();
    const entrant = await enter();
    ctx.clock.advance(minute);
    for (const code of [codeAt(), paperCodes[0] ?? ''])
      await expect(proveFactor(ctx, { entrant, code })).rejects.toMatchObject({ code: 'challenge_expired' });
    await setUp(entrant);
  });

  test('may be guessed five times, then nobody may, not even with the right code', async () => {
    const { ctx, enter, setUp, codeAt } = await open();
    await setUp(await enter());
    ctx.clock.advance(20 * minute);
    const entrant = await enter();
    for (let time = 0; time < 5; time += 1)
      await expect(proveFactor(ctx, { entrant, code: 'ABCD-EFGH-JKLM' })).rejects.toMatchObject(wrong);
    await expect(proveFactor(ctx, { entrant, code: codeAt() })).rejects.toMatchObject({
      code: 'too_many_requests',
    });
    ctx.clock.advance(20 * minute);
    await proveFactor(ctx, { entrant, code: codeAt() });
  });

  test('is set up once, by the offer made to this member, within half an hour', async () => {
    const { ctx, enter, setUp } = await open();
    const entrant = await enter();
    const offer = await beginFactor(ctx, { id: 'somebody-else', email: 'olena@x.example' });
    const over = { code: 'challenge_expired' };
    await expect(setUpFactor(ctx, { entrant, sealed: offer.sealed, code: '123456' })).rejects.toMatchObject(
      over,
    );
    await expect(setUpFactor(ctx, { entrant, sealed: 'nonsense', code: '123456' })).rejects.toMatchObject(
      over,
    );
    const old = await beginFactor(ctx, { id: entrant.id, email: 'olena@x.example' });
    ctx.clock.advance(31 * minute);
    await expect(setUpFactor(ctx, { entrant, sealed: old.sealed, code: '123456' })).rejects.toMatchObject(
      over,
    );
    const second = await enter();
    await setUp(entrant);
    await expect(setUp(second)).rejects.toMatchObject({ code: 'factor_exists' });
  });

  test('is added to a session that has proven a passkey lately, never by mail alone, and told by mail', async () => {
    const { ctx, enter, setUp } = await open();
    const entrant = await enter();
    await ctx.db.write([
      statement(
        `INSERT INTO passkeys (id, kind, subject_id, credential_id, public_key, counter, transports, name, created_at)
         VALUES ('p', 'staff', ?, 'c', 'k', 0, '', 'Key', 1)`,
        entrant.id,
      ),
    ]);
    await expect(setUp(entrant)).rejects.toMatchObject({ code: 'factor_exists' });
    const as = (ago_ms: number): Context => ({
      ...ctx,
      actor: { kind: 'staff', id: entrant.id, role: 'owner', provenAt: ctx.now() - ago_ms },
    });
    await expect(setUp(entrant, as(10 * minute))).rejects.toMatchObject({ code: 'proof_needed' });
    await setUp(entrant, as(10 * minute - 1));
    const sql = "SELECT template, address FROM outbox WHERE template = 'factor_added'";
    expect(await ctx.db.read({ sql, args: [] })).toEqual([['factor_added', 'olena@x.example']]);
  });

  test('proven again keeps the token of its session, so that a lost answer signs nobody out', async () => {
    const { ctx, enter, setUp, codeAt } = await open();
    const { token, ...entrant } = { ...(await enter()), ...(await setUp(await enter())) };
    ctx.clock.advance(10 * minute);
    const again = { entrant: { ...entrant, sessionToken: token }, code: codeAt(), isAgain: true };
    expect((await proveFactor(ctx, again)).token).toBe(token);
    expect(await findSession(ctx, token)).toMatchObject({ staff: { provenAt: ctx.now() } });
    await expect(proveFactor(ctx, again)).rejects.toMatchObject(wrong);
    expect(await findSession(ctx, token)).toMatchObject({ staff: { provenAt: ctx.now() } });
  });

  test('leaves its acts in the log', async () => {
    const { ctx, enter, setUp } = await open();
    await setUp(await enter());
    const acts = await ctx.db.read({ sql: 'SELECT act FROM audit_log ORDER BY id', args: [] });
    expect(acts.flat()).toEqual(['staff.added', 'staff.mail-proven', 'staff.factor-set-up']);
  });
});

test('what is sealed opens for the same secret, purpose and owner alone', () => {
  const to = { secret: testSecret, purpose: 'factor', owner: 'olena' };
  const sealed = seal('JBSW Y3DP', to);
  expect(unseal(sealed, to)).toBe('JBSW Y3DP');
  expect(seal('JBSW Y3DP', to)).not.toBe(sealed);
  const others = [{ secret: 'another-secret-of-32-characters-x' }, { purpose: 'offer' }, { owner: 'yurii' }];
  for (const other of others) expect(unseal(sealed, { ...to, ...other })).toBeNull();
  const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
  for (const wrong of [changed, '', 'short']) expect(unseal(wrong, to)).toBeNull();
});

const wrong = { code: 'validation_failed', errors: [{ code: 'wrong_code' }] };

async function open() {
  const clock = createTestClock();
  const ctx = { ...(await createTestContext({ now: clock.now })), clock };
  let secret = '';
  const enter = async (): Promise<Entrant> => {
    const { link } = await addStaff(ctx, { email: 'olena@x.example', role: 'owner' });
    const token = new URL(link).searchParams.get('token') ?? '';
    const session = await consumeLink(ctx, { token, browserToken: null });
    return { id: session.subjectId, role: 'owner', sessionToken: session.token };
  };
  const codeAt = (off = 0) =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() + off });
  const setUp = async (entrant: Entrant, as: Context = ctx) => {
    const offer = await beginFactor(ctx, { id: entrant.id, email: 'olena@x.example' });
    secret = offer.manualKey.replaceAll(' ', '');
    return { ...(await setUpFactor(as, { entrant, sealed: offer.sealed, code: codeAt() })), secret };
  };
  return { ctx, enter, setUp, codeAt };
}
