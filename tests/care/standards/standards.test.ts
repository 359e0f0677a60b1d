import { expect, test } from 'vitest';
import { correctContact } from '../../../functions/care/contacts/correct-contact.ts';
import { getContact } from '../../../functions/care/contacts/get-contact.ts';
import { moveTask } from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { listTasks } from '../../../functions/care/contacts/tasks/list-tasks.ts';
import { getKeptStandards, shareOf } from '../../../functions/care/standards/kept/get-kept.ts';
import { thankKept } from '../../../functions/care/standards/kept/thank-kept.ts';
import { listStandards } from '../../../functions/care/standards/list-standards.ts';
import { pickStandard } from '../../../functions/care/standards/pick-standard.ts';
import type { SetStandardInput } from '../../../functions/care/standards/schema.ts';
import { setStandard } from '../../../functions/care/standards/set-standard.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { listOwnThanks } from '../../../functions/people/thanks/list-thanks.ts';
import { getOwnPromise, getPromise } from '../../../functions/voice/feedback/promise.ts';
import { moveCase } from '../../../functions/voice/feedback/staff-case.ts';
import { answer, openHouse, tell, threadOf } from '../../voice/feedback/house.ts';
import { log, rowsOf } from '../contacts/house.ts';

const HOUR_MS = 3_600_000;

/** Monday nine o'clock in London, where the shop is open from nine to five. */
async function openOnMonday() {
  const house = await openHouse();
  house.shop.clock.advance(21 * HOUR_MS);
  const set = (input: Partial<SetStandardInput>) =>
    setStandard(house.owner, { kind: 'complaint', hours: 4, ...input });
  const kept = (ctx: Context = house.owner) =>
    getKeptStandards(ctx, { period: 'month', since: '', until: '' });
  return { ...house, set, kept };
}

test('who tells something waits as long as the standard for it says, by the hours of the business', async () => {
  const { ann, set } = await openOnMonday();
  await set({ hours: 4 });
  const complaint = await threadOf(ann, await tell(ann, { kind: 'complaint' }));
  expect(new Date(complaint.replyDueAt ?? 0).toISOString()).toBe('2026-03-02T13:00:00.000Z');
  const problem = await threadOf(ann, await tell(ann));
  expect(new Date(problem.replyDueAt ?? 0).toISOString()).toBe('2026-03-03T17:00:00.000Z');
});

test('the promise shown is that to who asks; who stays unnamed is promised what everybody is', async () => {
  const { ann, bob, ctx, set } = await openOnMonday();
  for (const kind of ['praise', 'idea', 'question', 'problem', 'complaint'] as const)
    await set({ kind, audience: 'premium', hours: 2 });
  await ctx.db.write([
    {
      sql: "UPDATE accounts SET club_spans = '[[1, null]]' WHERE owner_id = ?",
      args: [ann.actor.kind === 'customer' ? ann.actor.id : ''],
    },
  ]);
  const dueAt = (promise: { replyDueAt: number }) => new Date(promise.replyDueAt).toISOString();
  expect(dueAt(await getOwnPromise(ann))).toBe('2026-03-02T11:00:00.000Z');
  for (const promise of [getOwnPromise(bob), getPromise(ann)])
    expect(dueAt(await promise)).toBe('2026-03-03T17:00:00.000Z');
});

test('the group of the customer decides, and what was promised stays when the standard changes', async () => {
  const { ann, bob, ctx, set } = await openOnMonday();
  await set({ audience: 'premium', hours: 2 });
  await set({ hours: 8 });
  await ctx.db.write([
    {
      sql: "UPDATE accounts SET club_spans = '[[1, null]]' WHERE owner_id = ?",
      args: [ann.actor.kind === 'customer' ? ann.actor.id : ''],
    },
  ]);
  const told = await tell(ann, { kind: 'complaint' });
  const dueAt = async (ctx: Context, one: typeof told) =>
    new Date((await threadOf(ctx, one)).replyDueAt ?? 0).toISOString();
  expect(await dueAt(ann, told)).toBe('2026-03-02T11:00:00.000Z');
  expect(await dueAt(bob, await tell(bob, { kind: 'complaint' }))).toBe('2026-03-02T17:00:00.000Z');
  await set({ audience: 'premium', hours: 6 });
  expect(await dueAt(ann, told)).toBe('2026-03-02T11:00:00.000Z');
});

const plain = { kind: 'complaint', audience: null, level: null, channel: null, hours: 9 } as const;
const waiting = { kind: 'complaint', channel: 'portal', audience: 'buyer', level: 'first' } as const;

test.each([
  ['none fits another kind', [{ ...plain, kind: 'idea' as const }], null],
  ['one for all', [plain], 9],
  ['the one that names more', [plain, { ...plain, audience: 'buyer' as const, hours: 20 }], 20],
  [
    'of two that name as much the quickest',
    [
      { ...plain, audience: 'buyer' as const, hours: 5 },
      { ...plain, channel: 'portal' as const, hours: 3 },
    ],
    3,
  ],
  ['none of another level', [{ ...plain, level: 'advocate' as const }], null],
])('of standards counts: %s', (_name, standards, hours) => {
  expect(
    pickStandard(
      standards.map((one, at) => ({ ...one, id: `${at}`, at: 0 })),
      waiting,
    )?.hours ?? null,
  ).toBe(hours);
});

test('a contact that waits has its standard, which follows what is corrected', async () => {
  const { ctx, agent, ann, set } = await openOnMonday();
  await set({ kind: 'contact', channel: 'phone', hours: 1 });
  const customerId = ann.actor.kind === 'customer' ? ann.actor.id : '';
  const { id, at } = await log(agent, { customerId, direction: 'in', isMissed: true });
  const due = async () => (await getContact(ctx, { id })).answerDueAt;
  expect(new Date((await due()) ?? 0).toISOString()).toBe('2026-03-02T10:00:00.000Z');
  const content = {
    ...({ id, channel: 'phone', direction: 'in', durationS: null, staffId: null } as const),
    ...{ summary: 'It was me', mood: null, satisfaction: null },
  };
  await correctContact(agent, { ...content, isMissed: true, at });
  expect(await due()).toBe(at + HOUR_MS);
  await correctContact(agent, { ...content, isMissed: true, at: at - HOUR_MS });
  expect(await due()).toBeNull();
  const earlier = await log(agent, { customerId, direction: 'in', isMissed: true, at: at - HOUR_MS });
  expect((await getContact(ctx, earlier)).answerDueAt).toBeNull();
  await correctContact(agent, { ...content, isMissed: true, at });
  expect(await due()).toBe(at + HOUR_MS);
  await correctContact(agent, { ...content, isMissed: false, at });
  expect(await due()).toBeNull();
});

test('the same standard again changes nothing, null takes it back, and twenty at once set one', async () => {
  const { ctx, owner, set } = await openOnMonday();
  await Promise.all(Array.from({ length: 20 }, () => set({ hours: 4 })));
  const [first] = (await listStandards(owner)).items;
  expect(await set({ hours: 4 })).toEqual({ id: first?.id, hours: 4 });
  expect(await set({ hours: null })).toEqual({ id: null, hours: null });
  expect(await listStandards(owner)).toEqual({ items: [], otherwise: 16 });
  expect(await rowsOf(ctx, "SELECT act FROM audit_log WHERE act LIKE 'standard.%' ORDER BY id")).toEqual([
    ['standard.set'],
    ['standard.ended'],
  ]);
});

test.each([
  ['no hours', { hours: 0 }, 'hours'],
  ['a month of hours', { hours: 721 }, 'hours'],
  ['a complaint by telephone', { channel: 'phone' }, 'channel'],
  ['a contact in the portal', { kind: 'contact', channel: 'portal' }, 'channel'],
] as const)('refuses %s', async (_name, input, path) => {
  const { set } = await openOnMonday();
  await expect(set(input)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path }] });
});

test('only owners and managers set standards', async () => {
  const { agent, analyst, ann } = await openOnMonday();
  for (const who of [agent, analyst, ann])
    await expect(setStandard(who, { kind: 'idea', hours: 2 })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await listStandards(analyst)).items).toEqual([]);
});

test('what is kept counts by who answered, once: in time when they did, else when it was due', async () => {
  const { ann, bob, agent, owner, shop, set, kept, ctx } = await openOnMonday();
  await set({ hours: 2 });
  await set({ kind: 'contact', hours: 2 });
  const inTime = await tell(ann, { kind: 'complaint' });
  const late = await tell(bob, { kind: 'complaint' });
  await tell(bob, { kind: 'complaint' });
  const call = { customerId: ann.actor.kind === 'customer' ? ann.actor.id : '', direction: 'in' } as const;
  await log(agent, { ...call, isMissed: true });
  shop.clock.advance(HOUR_MS);
  expect((await kept()).all).toEqual({ kept: 0, of: 0 });
  await answer(agent, inTime.id);
  await log(agent, { ...call, staffId: agent.staffId });
  shop.clock.advance(3 * HOUR_MS);
  await answer(owner, late.id);
  const now = await kept();
  expect(now.all).toEqual({ kept: 2, of: 4 });
  expect(
    now.people.map(({ staff, ...one }) => [typeof staff === 'string' ? staff : staff.name, one]),
  ).toEqual([
    [
      'agent@example.com',
      { all: { kept: 2, of: 2 }, cases: { kept: 1, of: 1 }, contacts: { kept: 1, of: 1 } },
    ],
    [
      'owner@example.com',
      { all: { kept: 0, of: 1 }, cases: { kept: 0, of: 1 }, contacts: { kept: 0, of: 0 } },
    ],
    ['nobody', { all: { kept: 0, of: 1 }, cases: { kept: 0, of: 1 }, contacts: { kept: 0, of: 0 } }],
  ]);
  await disableStaff(ctx, { email: 'agent@example.com' });
  expect((await kept()).people.map(({ staff }) => (typeof staff === 'string' ? staff : staff.name))).toEqual([
    'owner@example.com',
    'left',
    'nobody',
  ]);
});

test('a call that is due in a month and answered the month before counts in one of them', async () => {
  const { ann, agent, owner, shop, set } = await openOnMonday();
  await set({ kind: 'contact', hours: 24 });
  shop.clock.advance(29 * 24 * HOUR_MS);
  const call = { customerId: ann.actor.kind === 'customer' ? ann.actor.id : '', direction: 'in' } as const;
  await log(agent, { ...call, isMissed: true });
  shop.clock.advance(HOUR_MS);
  await log(agent, { ...call, staffId: agent.staffId });
  shop.clock.advance(5 * 24 * HOUR_MS);
  const between = (since: string, until: string) =>
    getKeptStandards(owner, { period: 'days', since, until }).then(({ all }) => all);
  expect(await between('2026-03-01', '2026-03-31')).toEqual({ kept: 1, of: 1 });
  expect(await between('2026-04-01', '2026-04-30')).toEqual({ kept: 0, of: 0 });
});

test('a case closed before it is due without an answer counts for nothing, one closed late is broken', async () => {
  const { ann, agent, shop, ctx, set, kept } = await openOnMonday();
  await set({ kind: 'problem', hours: 2 });
  await setPolicy(ctx, 'thanksEvery', '1');
  const [soon, late] = [await tell(ann), await tell(ann)];
  await moveCase(agent, { feedbackId: soon.id, move: 'closed' });
  expect((await kept()).all).toEqual({ kept: 0, of: 0 });
  shop.clock.advance(3 * HOUR_MS);
  await moveCase(agent, { feedbackId: late.id, move: 'closed' });
  expect((await kept()).all).toEqual({ kept: 0, of: 1 });
  expect(await thankKept(ctx)).toBe(0);
});

test.each([
  ['nine of nine cannot be told yet', { kept: 9, of: 9 }, null],
  ['ten of ten', { kept: 10, of: 10 }, 100],
  ['all but one of many is not all', { kept: 999, of: 1000 }, 99],
])('%s', (_name, kept, share) => {
  expect(shareOf(kept)).toBe(share);
});

test('staff are thanked for every so many cases closed within the standard, once, also by two runs at once', async () => {
  const { ann, agent, shop, ctx, set } = await openOnMonday();
  await set({ kind: 'problem', hours: 2 });
  await setPolicy(ctx, 'thanksEvery', '2');
  const close = async () => {
    const { id } = await tell(ann);
    await answer(agent, id, { state: 'resolved' });
    await moveCase(agent, { feedbackId: id, move: 'closed' });
  };
  await close();
  expect(await thankKept(ctx)).toBe(0);
  await close();
  await Promise.all([thankKept(ctx), thankKept(ctx)]);
  const mails = () => rowsOf(ctx, "SELECT address FROM outbox WHERE template = 'staff_thanked'");
  expect(await mails()).toEqual([['agent@example.com']]);
  const { id } = await tell(ann);
  shop.clock.advance(3 * HOUR_MS);
  await answer(agent, id, { state: 'resolved' });
  expect(await thankKept(ctx)).toBe(0);
  await close();
  await close();
  expect(await thankKept(ctx)).toBe(1);
  expect((await listOwnThanks(agent)).map(({ kind, count }) => [kind, count])).toEqual([
    ['cases_kept', 4],
    ['cases_kept', 2],
  ]);
  await setPolicy(ctx, 'thanksEvery', '0');
  expect(await thankKept(ctx)).toBe(0);
});

test('cases closed at the end of a month are thanked for in the first days of the next, and count in it no more', async () => {
  const { ann, agent, shop, ctx, set } = await openOnMonday();
  await set({ kind: 'problem', hours: 2 });
  await setPolicy(ctx, 'thanksEvery', '2');
  shop.clock.advance(29 * 24 * HOUR_MS);
  const told = [await tell(ann), await tell(ann)];
  for (const { id } of told) await answer(agent, id, { state: 'resolved' });
  shop.clock.advance(2 * 24 * HOUR_MS);
  expect(await thankKept(ctx)).toBe(1);
  for (const { id } of told) await moveCase(agent, { feedbackId: id, move: 'closed' });
  expect(await thankKept(ctx)).toBe(0);
  expect((await listOwnThanks(agent)).length).toBe(1);
});

test('who is to be called back is due by the clock of the standard, told with its hour; without one on the same day', async () => {
  const { agent, shop, set } = await openOnMonday();
  const tasks = async () =>
    (await listTasks(agent, { view: 'open' })).items.map(({ dueOn, dueAt, isOverdue }) => [
      ...[dueOn, dueAt === null ? null : new Date(dueAt).toISOString(), isOverdue],
    ]);
  await log(agent, { number: '+442079460001', direction: 'in', isMissed: true });
  expect(await tasks()).toEqual([['2026-03-02', null, false]]);
  await set({ kind: 'contact', channel: 'phone', hours: 12 });
  await log(agent, { number: '+442079460002', direction: 'in', isMissed: true });
  expect((await tasks())[1]).toEqual(['2026-03-03', '2026-03-03T13:00:00.000Z', false]);
  shop.clock.advance(29 * HOUR_MS);
  const later = (await tasks())[1];
  expect(later).toEqual(['2026-03-03', '2026-03-03T13:00:00.000Z', true]);
  const { items } = await listTasks(agent, { view: 'open' });
  await moveTask(agent, { id: items[1]?.id ?? '', dueOn: '2026-03-05' });
  expect((await tasks())[1]).toEqual(['2026-03-05', null, false]);
});
