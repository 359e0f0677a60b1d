import { describe, expect, test } from 'vitest';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { endStaffSession, endStaffSessions } from '../../../functions/people/staff/end-staff-sessions.ts';
import { resetFactor } from '../../../functions/people/staff/factor/reset-factor.ts';
import { listTeam } from '../../../functions/people/staff/list-team.ts';
import {
  agreeToOwnerChange,
  stopOwnerChange,
} from '../../../functions/people/staff/owner-changes/end-change.ts';
import { listOwnerChanges } from '../../../functions/people/staff/owner-changes/list-owner-changes.ts';
import { setStaffName } from '../../../functions/people/staff/set-name.ts';
import { setRole } from '../../../functions/people/staff/set-role.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const day = 24 * 3_600_000;
const olena = 'olena@x.example';
const yurii = 'yurii@x.example';
const third = 'third@x.example';

const acts = {
  'shut-out': (ctx: Context, email: string) => disableStaff(ctx, { email }),
  role: (ctx: Context, email: string) => setRole(ctx, { email, role: 'agent' }),
  'sign-out': (ctx: Context, email: string) => endStaffSessions(ctx, { email }),
  factor: (ctx: Context, email: string) => resetFactor(ctx, { email }),
} as const;
const kinds = ['shut-out', 'role', 'sign-out', 'factor'] as const;

describe('what one owner takes from another', () => {
  test.each(kinds)('waits a day, told to all owners by mail, and is done then: %s', async (act) => {
    const { ctx, as, session, standing } = await open();
    const before = await standing(yurii);
    expect(await acts[act](await as(olena), yurii)).toBe('waits');
    expect(await acts[act](await as(olena), yurii)).toBe('waits');
    expect(await standing(yurii)).toEqual(before);
    expect(await findSession(ctx, session)).not.toBeNull();
    expect(await mailsOf(ctx)).toEqual([
      ['asked', olena],
      ['asked', third],
      ['asked', yurii],
    ]);
    ctx.clock.advance(day - 1);
    await runJobs(ctx, { name: 'owners' });
    expect(await standing(yurii)).toEqual(before);
    ctx.clock.advance(1);
    await runJobs(ctx, { name: 'owners' });
    expect(await listOwnerChanges(ctx)).toEqual([]);
    const after = await standing(yurii);
    if (act === 'role') expect(after).toMatchObject({ role: 'agent', isIn: true });
    if (act === 'shut-out') expect(after).toMatchObject({ role: 'owner', isIn: false });
    if (act !== 'role') expect(await findSession(ctx, session)).toBeNull();
    const [asked = 0, done = 0] = await auditOf(ctx, ['owner-change.asked', 'owner-change.due']);
    expect([asked, done]).toEqual([1, 1]);
    expect((await mailsOf(ctx)).filter(([outcome]) => outcome === 'due')).toHaveLength(3);
  });

  test('is stopped by any owner, and never done', async () => {
    const { ctx, as, standing } = await open();
    await disableStaff(await as(olena), { email: yurii });
    const [change] = await listOwnerChanges(await as(third));
    await stopOwnerChange(await as(third), { id: change?.id ?? '' });
    ctx.clock.advance(2 * day);
    await runJobs(ctx, { name: 'owners' });
    expect(await standing(yurii)).toMatchObject({ isIn: true });
    await expect(stopOwnerChange(await as(yurii), { id: change?.id ?? '' })).rejects.toMatchObject(decided);
  });

  test('is done at once when that one agrees, and nobody else can', async () => {
    const { as, standing } = await open();
    await setRole(await as(olena), { email: yurii, role: 'manager' });
    const [change] = await listOwnerChanges(await as(olena));
    const id = change?.id ?? '';
    for (const other of [olena, third])
      await expect(agreeToOwnerChange(await as(other), { id })).rejects.toMatchObject({ code: 'forbidden' });
    await agreeToOwnerChange(await as(yurii), { id });
    expect(await standing(yurii)).toMatchObject({ role: 'manager' });
    await expect(stopOwnerChange(await as(olena), { id })).rejects.toMatchObject(decided);
  });

  test('lapses when who asked is no owner any more', async () => {
    const { ctx, as, standing } = await open();
    await disableStaff(await as(olena), { email: yurii });
    await disableStaff(ctx, { email: olena });
    ctx.clock.advance(day);
    await runJobs(ctx, { name: 'owners' });
    expect(await standing(yurii)).toMatchObject({ isIn: true });
    expect(await auditOf(ctx, ['owner-change.lapsed'])).toEqual([1]);
  });

  test('lapses, too, when the other agrees to who is no owner any more', async () => {
    const { ctx, as, standing } = await open();
    await setRole(await as(olena), { email: yurii, role: 'manager' });
    await disableStaff(ctx, { email: olena });
    const [change] = await listOwnerChanges(ctx);
    const agreeing = agreeToOwnerChange(await as(yurii), { id: change?.id ?? '' });
    await expect(agreeing).rejects.toMatchObject(decided);
    expect(await listOwnerChanges(ctx)).toEqual([]);
    expect(await standing(yurii)).toMatchObject({ role: 'owner' });
    expect(await auditOf(ctx, ['owner-change.lapsed', 'owner-change.agreed'])).toEqual([1, 0]);
  });

  test('is told with name and address, and to the one concerned as "you"', async () => {
    const { ctx, as } = await open();
    await setStaffName(await as(yurii), { email: yurii, name: 'Olena' });
    await disableStaff(await as(olena), { email: yurii });
    const { id } = (await listOwnerChanges(ctx))[0] ?? { id: '' };
    await stopOwnerChange(await as(third), { id });
    const letters = await listMailbox(ctx);
    const textTo = (address: string, part: string) =>
      letters.filter(({ to, text }) => to === address && text.includes(part));
    expect(textTo(third, `Olena (${yurii}) is shut out`)).toHaveLength(2);
    expect(textTo(yurii, 'you are shut out')).toHaveLength(2);
    expect(textTo(yurii, `(${yurii})`)).toEqual([]);
    expect(textTo(third, 'This was asked for and will not happen')).toHaveLength(1);
  });

  test('never leaves the business without an owner, also when two shut each other out', async () => {
    const { ctx, as, standing } = await open();
    await disableStaff(ctx, { email: third });
    await disableStaff(await as(olena), { email: yurii });
    await disableStaff(await as(yurii), { email: olena });
    ctx.clock.advance(day);
    await Promise.all([runJobs(ctx, { name: 'owners' }), runJobs(ctx, { name: 'owners' })]);
    const left = [await standing(olena), await standing(yurii)].filter(({ isIn }) => isIn);
    expect(left).toHaveLength(1);
  });

  test('is done once when agreeing, stopping and the job come at the same moment', async () => {
    const { ctx, as } = await open();
    await setRole(await as(olena), { email: yurii, role: 'manager' });
    const [change] = await listOwnerChanges(ctx);
    const id = change?.id ?? '';
    ctx.clock.advance(day);
    const [agreeing, stopping] = [await as(yurii), await as(third)];
    await Promise.allSettled([
      agreeToOwnerChange(agreeing, { id }),
      stopOwnerChange(stopping, { id }),
      runJobs(ctx, { name: 'owners' }),
    ]);
    expect(await ctx.db.read({ sql: 'SELECT count(*) FROM owner_change_ends', args: [] })).toEqual([[1n]]);
  });

  test('has no way around: neither another link with lower powers, nor one browser at a time', async () => {
    const { ctx, as, session } = await open();
    const boss = await as(olena);
    for (const role of ['agent', 'owner'] satisfies Role[])
      await expect(addStaff(boss, { email: yurii, role })).rejects.toMatchObject(guarded);
    const member = (await listTeam(ctx)).find(({ email }) => email === yurii);
    const id = member?.sessions[0]?.id ?? '';
    await expect(endStaffSession(boss, { email: yurii, id })).rejects.toMatchObject(guarded);
    expect(await findSession(ctx, session)).not.toBeNull();
  });
});

test('commands and acts on who is no owner take effect at once', async () => {
  const { ctx, as, standing } = await open();
  await addStaff(ctx, { email: 'agent@x.example', role: 'agent' });
  expect(await disableStaff(await as(olena), { email: 'agent@x.example' })).toBe('done');
  expect(await disableStaff(ctx, { email: yurii })).toBe('done');
  expect(await standing(yurii)).toMatchObject({ isIn: false });
});

test('an owner signs a member out of one browser', async () => {
  const { ctx, as } = await open();
  const { link } = await addStaff(ctx, { email: 'agent@x.example', role: 'agent' });
  const token = new URL(link).searchParams.get('token') ?? '';
  const session = await consumeLink(ctx, { token, browserToken: null });
  const member = (await listTeam(ctx)).find(({ email }) => email === 'agent@x.example');
  const boss = await as(olena);
  await endStaffSession(boss, { email: 'agent@x.example', id: 'none' });
  expect(await findSession(ctx, session.token)).not.toBeNull();
  await endStaffSession(boss, { email: 'agent@x.example', id: member?.sessions[0]?.id ?? '' });
  expect(await findSession(ctx, session.token)).toBeNull();
});

const decided = { code: 'already_decided' };
const guarded = { code: 'owner_protected' };

/** Three owners, of whom Yurii is signed in. */
async function open() {
  const clock = createTestClock();
  const ctx = { ...(await createTestContext({ now: clock.now })), clock };
  const links = new Map<string, string>();
  for (const email of [olena, yurii, third])
    links.set(email, (await addStaff(ctx, { email, role: 'owner' })).link);
  const token = new URL(links.get(yurii) ?? '').searchParams.get('token') ?? '';
  const { token: session } = await consumeLink(ctx, { token, browserToken: null });
  const memberOf = async (email: string) => {
    const found = (await listTeam(ctx)).find((member) => member.email === email);
    if (found === undefined) throw new Error(`${email} is on the team`);
    return found;
  };
  const as = async (email: string): Promise<Context> => {
    const { id } = await memberOf(email);
    return { ...ctx, actor: { kind: 'staff', id, role: 'owner' } };
  };
  const standing = async (email: string) => {
    const { role, disabledAt } = await memberOf(email);
    return { role, isIn: disabledAt === null };
  };
  return { ctx, as, session, standing };
}

async function mailsOf(ctx: Context): Promise<unknown[][]> {
  const sql = `SELECT params ->> 'outcome', address FROM outbox WHERE template = 'owner_change' ORDER BY 1, 2`;
  return (await ctx.db.read({ sql, args: [] })).map((row) => [...row]);
}

async function auditOf(ctx: Context, acts: readonly string[]): Promise<number[]> {
  const rows = await ctx.db.read({ sql: 'SELECT act FROM audit_log', args: [] });
  return acts.map((act) => rows.filter(([kind]) => kind === act).length);
}
