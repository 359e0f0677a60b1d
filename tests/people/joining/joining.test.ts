import { describe, expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { consentText } from '../../../functions/people/joining/consent-texts.ts';
import { listConsents, setNews, wantsNews } from '../../../functions/people/joining/consents.ts';
import { decideRequest } from '../../../functions/people/joining/decide-request.ts';
import { findOpenInvitation } from '../../../functions/people/joining/find-open-invitation.ts';
import { finishJoining } from '../../../functions/people/joining/finish-joining.ts';
import { getJoining } from '../../../functions/people/joining/get-joining.ts';
import { invite } from '../../../functions/people/joining/invite.ts';
import { listJoining } from '../../../functions/people/joining/list-joining.ts';
import { withdrawInvitation } from '../../../functions/people/joining/withdraw-invitation.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { linkTokenOf } from '../../../functions/people/sign-in/challenge.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { portal } from '../../../src/portal.config.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { ask, joinWith, signIn } from '../../support/sign-in.ts';
import { createTestClock, createTestContext, testSecret } from '../../support/test-context.ts';

const terms = consentText(portal, { kind: 'terms', language: 'en' });

describe('joining', () => {
  test('keeps what was agreed to word for word, and says welcome', async () => {
    const ctx = await createTestContext();
    const { subjectId } = await signIn(ctx, 'new@x.example');
    const [consent, ...others] = await listConsents(as(ctx, subjectId));
    expect(others).toEqual([]);
    expect(consent).toMatchObject({ kind: 'terms', isGiven: true, source: 'joining', at: ctx.now() });
    expect(consent?.text).toBe(terms.text);
    expect((await listMailbox(ctx)).map(({ template }) => template)).toContain('welcome');
  });

  test('shows the orders that carried the email before, and what they earned', async () => {
    const { ctx, order } = await openShop(moneyBack);
    await order({ totals: [12_300] });
    const { subjectId } = await signIn(ctx, 'ann@example.com');
    const sql = 'SELECT count(*) FROM orders WHERE customer_id = ?';
    expect(await ctx.db.read({ sql, args: [subjectId] })).toEqual([[1n]]);
    const balance = 'SELECT balance_minor FROM accounts WHERE owner_id = ?';
    expect(await ctx.db.read({ sql: balance, args: [subjectId] })).toEqual([[500n]]);
  });

  test('takes nobody who has not proven an email, or no longer', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    const given = { name: 'Ann', language: 'en' as const, termsVersion: terms.version };
    await expect(finishJoining(ctx, { ...given, sessionToken: 'none' })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
    const token = await prove(ctx, 'new@x.example');
    clock.advance(3_600_000);
    await expect(finishJoining(ctx, { ...given, sessionToken: token })).rejects.toMatchObject({
      code: 'challenge_expired',
    });
    expect(await countCustomers(ctx)).toBe(0);
  });

  test.each([
    ['', 'name'],
    ['  ', 'name'],
    ['Ann\nB', 'name'],
    ['A\u0000', 'name'],
    ['a'.repeat(121), 'name'],
  ])('asks again for %j', async (name, path) => {
    const ctx = await createTestContext();
    const sessionToken = await prove(ctx, 'new@x.example');
    const given = { sessionToken, name, language: 'en' as const, termsVersion: terms.version };
    await expect(finishJoining(ctx, given)).rejects.toMatchObject({ errors: [{ path }] });
    expect(await countCustomers(ctx)).toBe(0);
  });

  test('goes on under another token, and the old one opens nothing any more', async () => {
    const ctx = await createTestContext();
    const old = await prove(ctx, 'new@x.example');
    const joined = await join(ctx, old);
    expect(joined).toMatchObject({ outcome: 'joined' });
    const token = joined.outcome === 'joined' ? joined.token : '';
    expect(token).not.toBe(old);
    expect(await findSession(ctx, token)).toMatchObject({ kind: 'customer' });
    expect(await findSession(ctx, old)).toBeNull();
    await expect(join(ctx, old)).rejects.toMatchObject({ code: 'challenge_expired' });
  });

  test('with another wording than that in force is refused', async () => {
    const ctx = await createTestContext();
    const sessionToken = await prove(ctx, 'new@x.example');
    const given = { sessionToken, name: 'Ann', language: 'en' as const, termsVersion: 'old' };
    await expect(finishJoining(ctx, given)).rejects.toMatchObject({ code: 'terms_changed' });
  });

  test('ten times at once makes one customer with one set of consents', async () => {
    const ctx = await createTestContext();
    const token = await prove(ctx, 'new@x.example');
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => joinWith(ctx, token)));
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await countCustomers(ctx)).toBe(1);
    const sql = 'SELECT (SELECT count(*) FROM consents), (SELECT count(*) FROM sessions)';
    expect(await ctx.db.read({ sql, args: [] })).toEqual([[1n, 1n]]);
  });
});

describe('by invitation', () => {
  test('nobody comes in without one, except whom orders know', async () => {
    const { ctx, order } = await openShop(moneyBack);
    await setPolicy(ctx, 'registration', 'invitation');
    const token = await prove(ctx, 'stranger@x.example');
    expect(await join(ctx, token)).toEqual({ outcome: 'uninvited' });
    expect(await findSession(ctx, token)).toMatchObject({ kind: 'joining' });
    await order({ email: 'regular@x.example' });
    expect((await signIn(ctx, 'regular@x.example')).subjectId).toBeTruthy();
  });

  test('an invitation lets in, once, and its link opens nothing by itself', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    await setPolicy(ctx, 'registration', 'invitation');
    const { id } = await invite(ctx, { email: 'Guest@X.example' });
    const token = linkTokenOf(testSecret, id);
    const [mail] = await listMailbox(ctx);
    expect(mail).toMatchObject({ template: 'invitation', to: 'guest@x.example' });
    expect(mail?.link).toContain(encodeURIComponent(token));
    for (let time = 0; time < 5; time += 1)
      expect(await findOpenInvitation(ctx, { token })).toMatchObject({ email: 'guest@x.example' });
    await signIn(ctx, 'guest@x.example');
    expect(await findOpenInvitation(ctx, { token })).toBeNull();
    expect(await findOpenInvitation(ctx, { token: `${id}.${'x'.repeat(43)}` })).toBeNull();
  });

  test('an invitation that is too old, taken back or replaced lets nobody in', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    await setPolicy(ctx, 'registration', 'invitation');
    const { id } = await invite(ctx, { email: 'late@x.example' });
    const replacing = await invite(ctx, { email: 'late@x.example' });
    expect(await findOpenInvitation(ctx, { token: linkTokenOf(testSecret, id) })).toBeNull();
    clock.advance(14 * 24 * 3_600_000);
    expect(await join(ctx, await prove(ctx, 'late@x.example'))).toEqual({ outcome: 'uninvited' });
    await expect(withdrawInvitation(ctx, { invitationId: replacing.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    const other = await invite(ctx, { email: 'late@x.example' });
    await withdrawInvitation(ctx, { invitationId: other.id });
    expect(await join(ctx, await prove(ctx, 'late@x.example'))).toEqual({ outcome: 'uninvited' });
  });

  test.each([
    { kind: 'anonymous' },
    { kind: 'customer', id: 'c1' },
    { kind: 'staff', id: 's1', role: 'analyst' },
    { kind: 'key', id: 'k1', scopes: ['customers:read'] },
  ] as const)('$kind may neither invite nor decide', async (actor) => {
    const ctx = await createTestContext({ actor });
    const refused = { code: expect.stringMatching(/unauthenticated|forbidden|scope_missing/) };
    await expect(invite(ctx, { email: 'a@x.example' })).rejects.toMatchObject(refused);
    await expect(
      decideRequest(ctx, { requestId: 'r', outcome: 'approved', reason: null }),
    ).rejects.toMatchObject(refused);
  });
});

describe('with approval', () => {
  test('somebody waits, sees nothing, and is let in by staff', async () => {
    const ctx = await createTestContext();
    await setPolicy(ctx, 'registration', 'approval');
    const token = await prove(ctx, 'new@x.example');
    expect(await join(ctx, token)).toEqual({ outcome: 'waiting' });
    expect(await join(ctx, token)).toEqual({ outcome: 'waiting' });
    expect(await countCustomers(ctx)).toBe(0);
    expect(await findSession(ctx, token)).toMatchObject({ kind: 'joining' });
    const [request, ...others] = (await listJoining(ctx)).waiting;
    expect(others).toEqual([]);
    const staff = asStaff(ctx);
    await decideRequest(staff, { requestId: request?.id ?? '', outcome: 'approved', reason: null });
    const { subjectId } = await signIn(ctx, 'new@x.example');
    expect(await listConsents(as(ctx, subjectId))).toMatchObject([
      { kind: 'terms', at: request?.askedAt, source: 'joining' },
    ]);
    const acts = await ctx.db.read({ sql: 'SELECT act, actor FROM audit_log', args: [] });
    expect(acts).toContainEqual(['join_request.approved', 'staff:s1']);
    const history = await ctx.db.read({ sql: 'SELECT kind, actor FROM history', args: [] });
    expect(history).toEqual([['claimed', 'staff:s1']]);
  });

  test('a refusal needs a reason, is told, and can be changed', async () => {
    const ctx = await createTestContext();
    await setPolicy(ctx, 'registration', 'approval');
    const email = 'new@x.example';
    await join(ctx, await prove(ctx, email));
    const requestId = (await listJoining(ctx)).waiting[0]?.id ?? '';
    const declined = { requestId, outcome: 'declined' as const };
    await expect(decideRequest(ctx, { ...declined, reason: ' ' })).rejects.toMatchObject({
      errors: [{ path: 'reason' }],
    });
    await decideRequest(ctx, { ...declined, reason: 'Trade only' });
    const [mail] = await listMailbox(ctx);
    expect(mail).toMatchObject({ template: 'join_declined', to: email });
    expect(mail?.text).toContain('Trade only');
    const stands = { admission: 'declined', isMember: false, reason: 'Trade only' };
    expect(await getJoining(ctx, { email })).toMatchObject(stands);
    await expect(decideRequest(ctx, { ...declined, reason: 'Again' })).rejects.toMatchObject({
      code: 'already_decided',
    });
    await decideRequest(ctx, { requestId, outcome: 'approved', reason: null });
    expect(await getJoining(ctx, { email })).toMatchObject({ isMember: true, reason: null });
    expect((await signIn(ctx, email)).subjectId).toBeTruthy();
    await expect(decideRequest(ctx, { ...declined, reason: 'Late' })).rejects.toMatchObject({
      code: 'already_decided',
    });
  });

  test('ten decisions at once are one', async () => {
    const ctx = await createTestContext();
    await setPolicy(ctx, 'registration', 'approval');
    await join(ctx, await prove(ctx, 'new@x.example'));
    const requestId = (await listJoining(ctx)).waiting[0]?.id ?? '';
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => decideRequest(ctx, { requestId, outcome: 'approved', reason: null })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await countCustomers(ctx)).toBe(1);
  });
});

describe('news', () => {
  test('is off until it is wished for, and each change is a row', async () => {
    const ctx = await createTestContext();
    const { subjectId: customerId } = await signIn(ctx, 'ann@x.example');
    const ann = as(ctx, customerId);
    expect(await wantsNews(ctx, { customerId })).toBe(false);
    for (const isWanted of [true, true, false])
      await setNews(ann, { isWanted, language: 'uk', source: 'settings' });
    expect(await wantsNews(ctx, { customerId })).toBe(false);
    const news = (await listConsents(ann)).filter(({ kind }) => kind === 'news');
    expect(news.map(({ isGiven }) => isGiven)).toEqual([false, true]);
    expect(news[0]?.text).toBe(consentText(portal, { kind: 'news', language: 'uk' }).text);
    for (const sql of ['UPDATE consents SET is_given = 1', 'DELETE FROM consents'])
      await expect(ctx.db.write([{ sql, args: [] }])).rejects.toMatchObject({ name: 'StoreConflict' });
  });
});

async function prove(ctx: Context, email: string): Promise<string> {
  const { challengeId, code, browserToken } = await ask(ctx, email);
  return (await verifyCode(ctx, { challengeId, code, browserToken, clientAddress: '192.0.2.1' })).token;
}

function join(ctx: Context, sessionToken: string) {
  return finishJoining(
    { ...ctx, actor: { kind: 'anonymous' } },
    { sessionToken, name: 'Ann', language: 'en', termsVersion: terms.version },
  );
}

const as = (ctx: Context, id: string): Context => ({ ...ctx, actor: { kind: 'customer', id } });
const asStaff = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } });

async function countCustomers({ db }: Context): Promise<number> {
  const [row] = await db.read({ sql: 'SELECT count(*) FROM customers', args: [] });
  return Number(row?.[0]);
}
