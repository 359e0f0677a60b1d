import { describe, expect, test } from 'vitest';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { requestSignIn } from '../../../functions/people/sign-in/request-sign-in.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { endStaffSessions } from '../../../functions/people/staff/end-staff-sessions.ts';
import { listTeam } from '../../../functions/people/staff/list-team.ts';
import { setStaffName } from '../../../functions/people/staff/set-name.ts';
import { setRole } from '../../../functions/people/staff/set-role.ts';
import { createTestClock, createTestContext, testSecret } from '../../support/test-context.ts';

const olena = 'olena@x.example';
const yurii = 'yurii@x.example';

describe('the team', () => {
  test('signs in by the code in their mail; nobody else is written to', async () => {
    const { ctx } = await open();
    await addStaff(ctx, { email: olena, role: 'owner' });
    const known = await request(ctx, olena);
    const unknown = await request(ctx, 'nobody@x.example');
    const mails = await ctx.db.read({ sql: 'SELECT address FROM outbox', args: [] });
    expect(mails.flat()).toEqual([olena]);
    const session = await verifyCode(ctx, { ...known, code: codeOf(testSecret, known.challengeId) });
    expect(session.kind).toBe('staff');
    await expect(
      verifyCode(ctx, { ...unknown, code: codeOf(testSecret, unknown.challengeId) }),
    ).rejects.toMatchObject({ code: 'challenge_expired' });
  });

  test('has its older links ended by a newer one, and all by shutting out', async () => {
    const { ctx, enter } = await open();
    const first = await addStaff(ctx, { email: olena, role: 'owner' });
    const second = await addStaff(ctx, { email: olena, role: 'owner' });
    await expect(enter(first.link)).rejects.toMatchObject({ code: 'challenge_expired' });
    const session = await enter(second.link);
    const asked = await request(ctx, olena);
    await disableStaff(ctx, { email: olena });
    expect(await findSession(ctx, session.token)).toBeNull();
    await expect(
      verifyCode(ctx, { ...asked, code: codeOf(testSecret, asked.challengeId) }),
    ).rejects.toMatchObject({ code: 'challenge_expired' });
    expect(await findSession(ctx, session.token)).toBeNull();
  });

  test('is called by names that they say themselves, or an owner does', async () => {
    const { ctx, as } = await open();
    await addStaff(ctx, { email: olena, role: 'owner', name: ' Olena ' });
    await addStaff(ctx, { email: yurii, role: 'analyst' });
    await addStaff(ctx, { email: olena, role: 'owner' });
    const [owner, analyst] = [await as(olena, 'owner'), await as(yurii, 'analyst')];
    const names = async () => (await listTeam(ctx)).map(({ name }) => name);
    expect(await names()).toEqual(['Olena', null]);
    await setStaffName(analyst, { email: yurii, name: 'Yurii' });
    await setStaffName(owner, { email: yurii, name: 'Yurii K.' });
    await expect(setStaffName(analyst, { email: olena, name: 'X' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(setStaffName(owner, { email: olena, name: 'x'.repeat(81) })).rejects.toMatchObject({
      errors: [{ path: 'name' }],
    });
    expect(await names()).toEqual(['Olena', 'Yurii K.']);
    const { items } = await listActs(ctx, { actor: null, subject: null, day: null, after: null });
    expect(items.find(({ act }) => act === 'staff.named')?.actor.name).toBe(`Olena (${olena})`);
    await setStaffName(owner, { email: olena, name: '' });
    expect(await names()).toEqual([null, 'Yurii K.']);
  });

  test('is managed by owners alone, and never by oneself', async () => {
    const { ctx, as } = await open();
    await addStaff(ctx, { email: olena, role: 'owner' });
    await addStaff(ctx, { email: yurii, role: 'analyst' });
    for (const role of ['manager', 'agent', 'analyst'] as const) {
      const other = await as(olena, role);
      for (const act of [
        () => addStaff(other, { email: 'new@x.example', role: 'owner' }),
        () => setRole(other, { email: yurii, role: 'owner' }),
        () => disableStaff(other, { email: yurii }),
        () => endStaffSessions(other, { email: yurii }),
        () => listTeam(other),
      ])
        await expect(act()).rejects.toMatchObject({ code: 'forbidden' });
    }
    const owner = await as(olena, 'owner');
    for (const act of [
      () => setRole(owner, { email: olena, role: 'agent' }),
      () => disableStaff(owner, { email: olena }),
      () => addStaff(owner, { email: olena, role: 'agent' }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'forbidden' });
    await setRole(owner, { email: yurii, role: 'manager' });
    await expect(setRole(owner, { email: 'nobody@x.example', role: 'agent' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await listTeam(owner)).toMatchObject([
      { email: olena, role: 'owner' },
      { email: yurii, role: 'manager' },
    ]);
  });

  test('has the sessions of a member ended by an owner, and the member stays', async () => {
    const { ctx, enter } = await open();
    const { link } = await addStaff(ctx, { email: olena, role: 'agent' });
    const other = await addStaff(ctx, { email: yurii, role: 'agent' });
    const [ended, left] = [await enter(link), await enter(other.link)];
    await endStaffSessions(ctx, { email: olena });
    expect(await findSession(ctx, ended.token)).toBeNull();
    expect(await findSession(ctx, left.token)).not.toBeNull();
    const again = await request(ctx, olena);
    await verifyCode(ctx, { ...again, code: codeOf(testSecret, again.challengeId) });
  });

  test('added twice at the same moment is there once', async () => {
    const { ctx } = await open();
    const links = await Promise.all([
      addStaff(ctx, { email: olena, role: 'owner' }),
      addStaff(ctx, { email: olena, role: 'agent' }),
    ]);
    expect(links).toHaveLength(2);
    expect(await listTeam(ctx)).toHaveLength(1);
  });
});

describe('the log', () => {
  test('is read by actor, subject and day, in pages, by owners and managers', async () => {
    const { ctx, clock, as } = await open();
    await addStaff(ctx, { email: olena, role: 'owner' });
    const owner = await as(olena, 'owner');
    await addStaff(owner, { email: yurii, role: 'agent' });
    clock.advance(86_400_000);
    for (const role of ['manager', 'agent', 'analyst'] as const) await setRole(owner, { email: yurii, role });
    const all = { actor: null, subject: null, day: null, after: null };
    expect((await listActs(owner, all)).items).toHaveLength(5);
    expect((await listActs(owner, { ...all, actor: olena })).items).toHaveLength(4);
    expect((await listActs(owner, { ...all, actor: 'system:test' })).items).toHaveLength(1);
    expect((await listActs(owner, { ...all, day: '2026-03-01' })).items).toHaveLength(2);
    const [latest] = (await listActs(owner, { ...all, day: '2026-03-02' })).items;
    expect(latest).toMatchObject({
      act: 'staff.role-set',
      actor: { kind: 'staff', name: olena },
      detail: [
        ['from', 'agent'],
        ['to', 'analyst'],
      ],
    });
    const ofYurii = await listActs(owner, { ...all, subject: latest?.subjectId ?? '' });
    expect(ofYurii.items).toHaveLength(4);
    await expect(listActs(await as(olena, 'agent'), all)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('goes on where a page ends', async () => {
    const { ctx } = await open();
    await addStaff(ctx, { email: olena, role: 'owner' });
    for (let time = 0; time < 60; time += 1) await endStaffSessions(ctx, { email: olena });
    const all = { actor: null, subject: null, day: null, after: null };
    const first = await listActs(ctx, all);
    const second = await listActs(ctx, { ...all, after: first.next });
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 11, null]);
    const ids = new Set([...first.items, ...second.items].map(({ id }) => id));
    expect(ids.size).toBe(61);
  });
});

async function open() {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  const enter = (link: string) =>
    consumeLink(ctx, { token: new URL(link).searchParams.get('token') ?? '', browserToken: null });
  const as = async (email: string, role: Role): Promise<Context> => {
    const [row] = await ctx.db.read({ sql: 'SELECT id FROM staff WHERE email = ?', args: [email] });
    return { ...ctx, actor: { kind: 'staff', id: String(row?.[0]), role } };
  };
  return { ctx, clock, enter, as };
}

async function request(ctx: Context, email: string) {
  const browserToken = newToken();
  const asked = { email, language: 'en', browserToken, clientAddress: '192.0.2.1', isForStaff: true };
  return { ...(await requestSignIn(ctx, asked)), browserToken, clientAddress: asked.clientAddress };
}
