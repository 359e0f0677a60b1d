import { describe, expect, test } from 'vitest';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { becomeOwner, isOwnerLinkOpen } from '../../../functions/people/sign-in/become-owner.ts';
import { linkTokenOf } from '../../../functions/people/sign-in/challenge.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { makeOwnerLink } from '../../../functions/people/sign-in/make-owner-link.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { listTeam } from '../../../functions/people/staff/list-team.ts';
import { ask, dumpOf } from '../../support/sign-in.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const olena = 'olena@x.example';
const over = { code: 'challenge_expired' };

describe('the owner link', () => {
  test('makes the owner and signs them in, without the second factor that they have yet to set up', async () => {
    const { ctx, guest, token } = await open();
    expect(await isOwnerLinkOpen(guest, { token })).toBe(true);
    const opened = await becomeOwner(guest, { token, email: olena });
    const session = await findSession(ctx, opened.token);
    expect(session).toMatchObject({
      kind: 'staff',
      staff: { email: olena, role: 'owner', factors: { app: false, passkey: false }, provenAt: null },
    });
    expect(await listTeam(ctx)).toMatchObject([{ email: olena, role: 'owner', disabledAt: null }]);
    expect(
      (await listActs(ctx, { actor: null, subject: null, day: null, after: null })).items[0],
    ).toMatchObject({ act: 'staff.added', subjectName: olena });
  });

  test('works once, and none is made again', async () => {
    const { ctx, guest, token } = await open();
    await becomeOwner(guest, { token, email: olena });
    expect(await isOwnerLinkOpen(guest, { token })).toBe(false);
    await expect(becomeOwner(guest, { token, email: 'next@x.example' })).rejects.toMatchObject(over);
    expect(await makeOwnerLink(ctx)).toBeNull();
  });

  test('makes one owner of twenty who open it at once', async () => {
    const { ctx, guest, token } = await open();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => becomeOwner(guest, { token, email: `${at}@x.example` })),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject(over);
    expect(await listTeam(ctx)).toHaveLength(1);
    expect(await ctx.db.read({ sql: 'SELECT count(*) FROM sessions', args: [] })).toEqual([[1n]]);
  });

  test('makes one owner, even if two of them were open', async () => {
    const { ctx, guest, token } = await open();
    const next = tokenIn(await makeOwnerLink(ctx));
    await ctx.db.write([{ sql: 'UPDATE sign_in_challenges SET consumed_at = NULL', args: [] }]);
    const both = [token, next].map((one, at) => becomeOwner(guest, { token: one, email: `${at}@x.example` }));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listTeam(ctx)).toHaveLength(1);
  });

  test('is ended by the one of the next start', async () => {
    const { ctx, guest, token } = await open();
    const next = tokenIn(await makeOwnerLink(ctx));
    await expect(becomeOwner(guest, { token, email: olena })).rejects.toMatchObject(over);
    await becomeOwner(guest, { token: next, email: olena });
  });

  test('is over after a day', async () => {
    const { clock, guest, token } = await open();
    clock.advance(24 * 3_600_000 - 1);
    expect(await isOwnerLinkOpen(guest, { token })).toBe(true);
    clock.advance(1);
    expect(await isOwnerLinkOpen(guest, { token })).toBe(false);
    await expect(becomeOwner(guest, { token, email: olena })).rejects.toMatchObject(over);
  });

  test('is over once somebody was added by the command line', async () => {
    const { ctx, guest, token } = await open();
    await addStaff(ctx, { email: 'first@x.example', role: 'agent' });
    expect(await isOwnerLinkOpen(guest, { token })).toBe(false);
    await expect(becomeOwner(guest, { token, email: olena })).rejects.toMatchObject(over);
    expect(await makeOwnerLink(ctx)).toBeNull();
  });

  test('opens nothing else, and no other link makes an owner', async () => {
    const { ctx, guest, token } = await open();
    await expect(consumeLink(guest, { token, browserToken: null })).rejects.toMatchObject(over);
    const forged = linkTokenOf('another-secret-of-32-characters-or-more', token.split('.')[0] ?? '');
    await expect(becomeOwner(guest, { token: forged, email: olena })).rejects.toMatchObject(over);
    expect(await dumpOf(ctx)).not.toContain(token);
    const { token: ofCustomer } = await ask(ctx, 'ann@x.example');
    await expect(becomeOwner(guest, { token: ofCustomer, email: olena })).rejects.toMatchObject(over);
    expect(await listTeam(ctx)).toEqual([]);
  });

  test('goes on working after an address that is none, and beside a team that comes by links alone', async () => {
    const { ctx, guest, token } = await open();
    await expect(becomeOwner(guest, { token, email: 'nobody' })).rejects.toMatchObject({
      errors: [{ path: 'email' }],
    });
    await addStaff(ctx, { email: olena, role: 'owner' });
    await ctx.db.write([{ sql: 'UPDATE staff SET by_link_only = 1', args: [] }]);
    await expect(becomeOwner(guest, { token, email: olena })).rejects.toMatchObject({ code: 'email_taken' });
    await becomeOwner(guest, { token, email: 'me@x.example' });
  });

  test('is made by nobody who was not let in', async () => {
    const { guest } = await open();
    await expect(makeOwnerLink(guest)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

async function open() {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  const guest: Context = { ...ctx, actor: { kind: 'anonymous' } };
  return { ctx, clock, guest, token: tokenIn(await makeOwnerLink(ctx)) };
}

function tokenIn(link: string | null): string {
  return new URL(link ?? '').searchParams.get('token') ?? '';
}
