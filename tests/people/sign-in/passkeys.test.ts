import { describe, expect, test } from 'vitest';
import type { Actor, Context } from '../../../functions/ground/platform/context.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { leave } from '../../../functions/people/joining/leave.ts';
import { codeOf, oldAddressCodeOf } from '../../../functions/people/sign-in/challenge.ts';
import { confirmEmailChange } from '../../../functions/people/sign-in/confirm-email-change.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { addPasskey } from '../../../functions/people/sign-in/passkeys/add-passkey.ts';
import {
  beginPasskey,
  beginPasskeySignIn,
} from '../../../functions/people/sign-in/passkeys/begin-passkey.ts';
import { listPasskeys } from '../../../functions/people/sign-in/passkeys/list-passkeys.ts';
import { mayHavePasskeys } from '../../../functions/people/sign-in/passkeys/relying-party.ts';
import { removePasskey } from '../../../functions/people/sign-in/passkeys/remove-passkey.ts';
import { signInByPasskey } from '../../../functions/people/sign-in/passkeys/sign-in-by-passkey.ts';
import { requestEmailChange } from '../../../functions/people/sign-in/request-email-change.ts';
import { signOutEverywhere } from '../../../functions/people/sign-in/sign-out.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { proveByPasskey } from '../../../functions/people/staff/factor/prove-by-passkey.ts';
import { resetFactor } from '../../../functions/people/staff/factor/reset-factor.ts';
import { listStaff } from '../../../functions/people/staff/list-staff.ts';
import { createAuthenticator } from '../../support/authenticator.ts';
import { dumpOf, signIn } from '../../support/sign-in.ts';
import { createTestClock, createTestContext, testConfig } from '../../support/test-context.ts';

const minute = 60_000;
const clientAddress = '192.0.2.1';
const browserToken = newToken();
const over = { code: 'challenge_expired' };
const refused = { code: 'passkey_refused' };

describe('a passkey', () => {
  test('signs a customer in without an address, is listed with its last use, and told by mail', async () => {
    const { ctx, ann, device, answer, enter } = await open();
    const list = () => listPasskeys(ann);
    expect(await list()).toMatchObject([{ name: 'My phone', lastUsedAt: null, createdAt: ctx.now() }]);
    ctx.clock.advance(minute);
    const session = await enter(await answer());
    expect(await findSession(ctx, session.token)).toMatchObject({
      kind: 'customer',
      customer: { email: 'ann@x.example' },
    });
    expect(await list()).toMatchObject([{ lastUsedAt: ctx.now() }]);
    expect(await mailsOf(ctx)).toEqual(['passkey_added']);
    expect(device.id).not.toBe('');
  });

  test('removed opens nothing any more, which is told by mail; nobody else can remove it', async () => {
    const { ctx, ann, bob, answer, enter } = await open();
    const [kept] = await listPasskeys(ann);
    const id = kept?.id ?? '';
    await removePasskey(bob, { id });
    expect(await listPasskeys(ann)).toHaveLength(1);
    expect(await listPasskeys(bob)).toEqual([]);
    const before = await answer();
    await removePasskey(ann, { id });
    await expect(enter(before)).rejects.toMatchObject(refused);
    expect(await mailsOf(ctx)).toEqual(['passkey_added', 'passkey_removed']);
    await removePasskey(ann, { id });
    expect(await mailsOf(ctx)).toHaveLength(2);
  });

  test('answers each challenge once, also of twenty who send it at once', async () => {
    const { ctx, answer, enter } = await open();
    const sent = await answer();
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => enter(sent)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(enter(sent)).rejects.toMatchObject(over);
    expect(
      await ctx.db.read({ sql: "SELECT count(*) FROM sessions WHERE kind = 'customer'", args: [] }),
    ).toEqual([[3n]]);
  });

  test('is in time for five minutes, and not a moment longer', async () => {
    const { ctx, answer, enter } = await open();
    const late = await answer();
    ctx.clock.advance(5 * minute);
    await expect(enter(late)).rejects.toMatchObject(over);
    const inTime = await answer();
    ctx.clock.advance(5 * minute - 1);
    await expect(enter(inTime)).resolves.toMatchObject({ kind: 'customer' });
  });

  test('is answered by the browser that asked alone', async () => {
    const { ctx, answer } = await open();
    const sent = await answer();
    for (const other of [newToken(), null])
      await expect(signInByPasskey(ctx, { ...sent, browserToken: other })).rejects.toMatchObject(over);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another portal', { rpId: 'evil.example' }],
    ['another challenge', { challenge: newToken() }],
    ['a device that did not ask who holds it', { isVerified: false }],
    ['somebody else’s handle', { userHandle: Buffer.from('customer:somebody').toString('base64url') }],
  ])('is refused for %s', async (_name, trick) => {
    const { answer, enter } = await open();
    await expect(enter(await answer(trick))).rejects.toMatchObject(refused);
    await expect(enter(await answer())).resolves.toMatchObject({ kind: 'customer' });
  });

  test('of a copied device is refused: its counter goes back, or stands still', async () => {
    const { answer, enter } = await open();
    await enter(await answer({ counter: 7 }));
    for (const counter of [6, 7, 0])
      await expect(enter(await answer({ counter }))).rejects.toMatchObject(refused);
    await expect(enter(await answer({ counter: 8 }))).resolves.toMatchObject({ kind: 'customer' });
  });

  test('counts up once when the original and its copy come at the same moment', async () => {
    const { answer, enter } = await open();
    const both = await Promise.allSettled(
      [await answer({ counter: 9 }), await answer({ counter: 9 })].map((sent) => enter(sent)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('of a device that does not count works as often as it likes', async () => {
    const { answer, enter } = await open();
    for (let time = 0; time < 3; time += 1)
      await expect(enter(await answer({ counter: 0 }))).resolves.toMatchObject({ kind: 'customer' });
  });

  test('that nobody has here, or that another key signed, opens nothing', async () => {
    const { ctx, device, enter, begin } = await open();
    const stranger = createAuthenticator(testConfig.publicUrl);
    const { challengeId, options } = await begin();
    await expect(enter({ challengeId, answer: stranger.sign(options) })).rejects.toMatchObject(refused);
    const forged = stranger.sign(options).replaceAll(stranger.id, device.id);
    await expect(enter({ challengeId, answer: forged })).rejects.toMatchObject(refused);
    for (const answer of ['', 'null', '{}', '[]', '{"id":1}'])
      await expect(enter({ challengeId, answer })).rejects.toMatchObject({ code: 'validation_failed' });
    expect(await ctx.db.read({ sql: 'SELECT max(last_used_at) FROM passkeys', args: [] })).toEqual([[null]]);
  });

  test('is made for who is signed in, by the challenge they were given, once and in time', async () => {
    const { ctx, ann, bob } = await open();
    const device = createAuthenticator(testConfig.publicUrl);
    const asked = await beginPasskey(ann, { browserToken, clientAddress });
    const made = {
      challengeId: asked.challengeId,
      answer: device.make(asked.options),
      name: 'Key',
      browserToken,
    };
    await expect(addPasskey(bob, made)).rejects.toMatchObject(over);
    await expect(addPasskey(ctx, made)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(addPasskey(ann, { ...made, browserToken: newToken() })).rejects.toMatchObject(over);
    await expect(addPasskey(ann, { ...made, name: ' ' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    for (const trick of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { isVerified: false }])
      await expect(
        addPasskey(ann, { ...made, answer: device.make(asked.options, trick) }),
      ).rejects.toMatchObject(refused);
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => addPasskey(ann, made)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const late = await beginPasskey(ann, { browserToken, clientAddress });
    ctx.clock.advance(5 * minute);
    const answer = createAuthenticator(testConfig.publicUrl).make(late.options);
    await expect(addPasskey(ann, { ...made, challengeId: late.challengeId, answer })).rejects.toMatchObject(
      over,
    );
    expect(await listPasskeys(ann)).toHaveLength(2);
  });

  test('of one person is not taken by another', async () => {
    const { bob, device } = await open();
    const asked = await beginPasskey(bob, { browserToken, clientAddress });
    const answer = device.make(asked.options);
    await expect(
      addPasskey(bob, { challengeId: asked.challengeId, answer, name: 'Mine', browserToken }),
    ).rejects.toMatchObject(refused);
    expect(await listPasskeys(bob)).toEqual([]);
  });

  test('ends when its customer leaves', async () => {
    const { ann, answer, enter } = await open();
    const sent = await answer();
    await leave(ann);
    await expect(enter(sent)).rejects.toMatchObject(refused);
  });

  test('ends when a change of address is made: who had added one to a borrowed session keeps nothing', async () => {
    const { ctx, ann, answer, enter } = await open();
    const sent = await answer();
    const customerId = personOf(ann);
    const { challengeId } = await requestEmailChange(ann, { customerId, email: 'ann@new.example' });
    const code = codeOf(testConfig.secret, challengeId);
    const oldCode = oldAddressCodeOf(testConfig.secret, challengeId);
    await confirmEmailChange(ann, { customerId, challengeId, code, oldCode, sessionToken: null });
    expect(
      await ctx.db.read({ sql: 'SELECT email FROM customers WHERE id = ?', args: [customerId] }),
    ).toEqual([['ann@new.example']]);
    await expect(enter(sent)).rejects.toMatchObject(refused);
    expect(await listPasskeys(ann)).toEqual([]);
  });

  test('is added within ten minutes of signing in, and not a moment later', async () => {
    const { ctx, ann } = await open();
    const actor = { kind: 'customer', id: personOf(ann), signedInAt: ctx.now() } as const;
    const lately: Context = { ...ann, actor };
    const device = createAuthenticator(testConfig.publicUrl);
    ctx.clock.advance(10 * minute - 1);
    const { challengeId, options } = await beginPasskey(lately, { browserToken, clientAddress });
    const made = { challengeId, answer: device.make(options), name: 'Key', browserToken };
    ctx.clock.advance(1);
    const again = { code: 'sign_in_again' };
    await expect(beginPasskey(lately, { browserToken, clientAddress })).rejects.toMatchObject(again);
    await expect(addPasskey(lately, made)).rejects.toMatchObject(again);
    expect(await listPasskeys(ann)).toHaveLength(1);
    const fresh: Context = { ...ann, actor: { ...actor, signedInAt: ctx.now() } };
    await addPasskey(fresh, made);
    expect(await listPasskeys(ann)).toHaveLength(2);
  });

  test('is not added by a session that has ended meanwhile', async () => {
    const { ctx, ann } = await open();
    const { token } = await signIn(ctx, 'ann@x.example');
    const other = await signIn(ctx, 'bob@x.example');
    const device = createAuthenticator(testConfig.publicUrl);
    const begin = async () => {
      const { challengeId, options } = await beginPasskey(ann, { browserToken, clientAddress });
      return { challengeId, answer: device.make(options), name: 'Key', browserToken };
    };
    await expect(addPasskey(ann, { ...(await begin()), sessionToken: other.token })).rejects.toMatchObject(
      over,
    );
    const held = await begin();
    const late = await begin();
    await addPasskey(ann, { ...held, sessionToken: token });
    await signOutEverywhere(ctx, { person: { kind: 'customer', id: personOf(ann) }, exceptToken: null });
    await expect(addPasskey(ann, { ...late, sessionToken: token })).rejects.toMatchObject(over);
    expect(await listPasskeys(ann)).toHaveLength(2);
  });

  test('of somebody who may not sign in any more opens nothing', async () => {
    const { ctx, answer, enter } = await open();
    const sent = await answer();
    await ctx.db.write([{ sql: 'UPDATE customers SET withdrawn_at = 1', args: [] }]);
    await expect(enter(sent)).rejects.toMatchObject(refused);
  });

  test('keeps nothing readable of the challenge', async () => {
    const { ctx, begin } = await open();
    const { options } = await begin();
    expect(await dumpOf(ctx)).not.toContain(options.challenge);
  });

  test('is asked for thirty times a quarter of an hour by one client', async () => {
    const { begin } = await open();
    for (let time = 0; time < 29; time += 1) await begin();
    await expect(begin()).rejects.toMatchObject({ code: 'too_many_requests' });
  });
});

describe('staff', () => {
  test('sign in by a passkey with both factors at once, until they are shut out', async () => {
    const { ctx, boss, answer, enter } = await openStaff();
    const session = await enter(await answer());
    expect(await findSession(ctx, session.token)).toMatchObject({
      kind: 'staff',
      staff: { role: 'owner', provenAt: ctx.now(), factors: { app: false, passkey: true } },
    });
    const before = await answer();
    await disableStaff(ctx, { email: 'boss@x.example' });
    await expect(enter(before)).rejects.toMatchObject(refused);
    expect(await listPasskeys(boss)).toEqual([]);
  });

  test('prove it again by a passkey of their own alone, in the same session', async () => {
    const { ctx, boss, answer, enter } = await openStaff();
    const { token, subjectId: id } = await enter(await answer());
    const ann = createAuthenticator(testConfig.publicUrl);
    const { subjectId } = await signIn(ctx, 'ann@x.example');
    await add({ ...ctx, actor: { kind: 'customer', id: subjectId } }, ann);
    await addStaff(ctx, { email: 'other@x.example', role: 'owner' });
    const other = (await listStaff(ctx)).find(({ email }) => email === 'other@x.example');
    const others = createAuthenticator(testConfig.publicUrl);
    await add({ ...ctx, actor: { kind: 'staff', id: other?.id ?? '', role: 'owner' } }, others);
    ctx.clock.advance(10 * minute);
    const entrant = { id, role: 'owner', sessionToken: token } as const;
    const prove = (sent: { challengeId: string; answer: string }) =>
      proveByPasskey(boss, { entrant, ...sent, browserToken });
    for (const device of [ann, others])
      await expect(prove(await waysIn(ctx, device).answer())).rejects.toMatchObject(refused);
    const sent = await answer();
    await prove(sent);
    await expect(prove(sent)).rejects.toMatchObject(over);
    expect(await findSession(ctx, token)).toMatchObject({ staff: { provenAt: ctx.now() } });
  });

  test('keep their last second factor while one is required, also of two removed at once', async () => {
    const { ctx, boss } = await openStaff();
    await add(boss, createAuthenticator(testConfig.publicUrl));
    const ids = (await listPasskeys(boss)).map(({ id }) => id);
    const last = { code: 'last_factor' };
    const both = await Promise.allSettled(ids.map((id) => removePasskey(boss, { id })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [left] = await listPasskeys(boss);
    const id = left?.id ?? '';
    await expect(removePasskey(boss, { id })).rejects.toMatchObject(last);
    expect(await mailsOf(ctx)).toEqual(['passkey_added', 'passkey_added', 'passkey_removed']);
    const app = `INSERT INTO staff_factors (id, staff_id, sealed_secret, created_at) VALUES ('f1', ?, 'x', 1)`;
    await ctx.db.write([{ sql: app, args: [personOf(boss)] }]);
    await removePasskey(boss, { id });
    expect(await listPasskeys(boss)).toEqual([]);
  });

  test('remove the last one where the business leaves a second factor to them', async () => {
    const { ctx, boss } = await openStaff();
    await setPolicy(ctx, 'staffFactor', 'optional');
    const [only] = await listPasskeys(boss);
    await removePasskey(boss, { id: only?.id ?? '' });
    expect(await listPasskeys(boss)).toEqual([]);
  });

  test('come back without the passkeys they had', async () => {
    const { ctx, boss, answer, enter } = await openStaff();
    await ctx.db.write([{ sql: 'UPDATE staff SET disabled_at = 1', args: [] }]);
    await addStaff(ctx, { email: 'boss@x.example', role: 'agent' });
    await expect(enter(await answer())).rejects.toMatchObject(refused);
    expect(await listPasskeys(boss)).toEqual([]);
  });

  test('lose their passkeys with a second factor that is reset', async () => {
    const { ctx, boss, answer, enter } = await openStaff();
    const before = await answer();
    await resetFactor(ctx, { email: 'boss@x.example' });
    await expect(enter(before)).rejects.toMatchObject(refused);
    expect(await listPasskeys(boss)).toEqual([]);
  });
});

test.each([
  ['http://localhost:4321', true],
  ['https://club.example.com', true],
  ['http://127.0.0.1:4321', false],
  ['https://192.0.2.7', false],
  ['https://[2001:db8::1]', false],
])('at %s there are passkeys: %s', (publicUrl, are) => {
  expect(mayHavePasskeys({ config: { ...testConfig, publicUrl } })).toBe(are);
});

type Device = ReturnType<typeof createAuthenticator>;

/** Ann with a passkey, and Bob without one. */
async function open() {
  const clock = createTestClock();
  const ctx = { ...(await createTestContext({ now: clock.now })), clock };
  const [{ subjectId }, other] = [await signIn(ctx, 'ann@x.example'), await signIn(ctx, 'bob@x.example')];
  const ann: Context = { ...ctx, actor: { kind: 'customer', id: subjectId } };
  const bob: Context = { ...ctx, actor: { kind: 'customer', id: other.subjectId } };
  const device = createAuthenticator(testConfig.publicUrl);
  await add(ann, device);
  return { ctx, ann, bob, device, ...waysIn(ctx, device) };
}

async function openStaff() {
  const clock = createTestClock();
  const ctx = { ...(await createTestContext({ now: clock.now })), clock };
  await addStaff(ctx, { email: 'boss@x.example', role: 'owner' });
  const [member] = await listStaff(ctx);
  const actor: Actor = { kind: 'staff', id: member?.id ?? '', role: 'owner' };
  const boss: Context = { ...ctx, actor };
  const device = createAuthenticator(testConfig.publicUrl);
  await add(boss, device);
  return { ctx, boss, device, ...waysIn(ctx, device) };
}

async function add(ctx: Context, device: Device): Promise<void> {
  const { challengeId, options } = await beginPasskey(ctx, { browserToken, clientAddress });
  await addPasskey(ctx, { challengeId, answer: device.make(options), name: 'My phone', browserToken });
}

function waysIn(ctx: Context, device: Device) {
  const anybody: Context = { ...ctx, actor: { kind: 'anonymous' } };
  const begin = () => beginPasskeySignIn(anybody, { browserToken, clientAddress });
  return {
    begin,
    answer: async (trick: Parameters<Device['sign']>[1] = {}) => {
      const { challengeId, options } = await begin();
      return { challengeId, answer: device.sign(options, trick) };
    },
    enter: (sent: { challengeId: string; answer: string }) =>
      signInByPasskey(anybody, { ...sent, browserToken }),
  };
}

const personOf = ({ actor }: Context): string =>
  actor.kind === 'customer' || actor.kind === 'staff' ? actor.id : '';

async function mailsOf(ctx: Context): Promise<unknown[]> {
  const sql = "SELECT template FROM outbox WHERE template LIKE 'passkey%' ORDER BY created_at, id";
  return (await ctx.db.read({ sql, args: [] })).flat();
}
