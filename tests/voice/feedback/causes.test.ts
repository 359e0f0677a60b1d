import { expect, test } from 'vitest';
import { addStep, moveStep } from '../../../functions/voice/feedback/causes/cause-steps.ts';
import { closeCause, reopenCause } from '../../../functions/voice/feedback/causes/close-cause.ts';
import { getCause } from '../../../functions/voice/feedback/causes/get-cause.ts';
import { countDueCauses, listCauses } from '../../../functions/voice/feedback/causes/list-causes.ts';
import { openCause } from '../../../functions/voice/feedback/causes/open-cause.ts';
import { planCause } from '../../../functions/voice/feedback/causes/plan-cause.ts';
import { remindCauses } from '../../../functions/voice/feedback/causes/remind-causes.ts';
import { setCause } from '../../../functions/voice/feedback/causes/set-cause.ts';
import { tellRepeat } from '../../../functions/voice/feedback/causes/tell-repeat.ts';
import { listCaseOwners } from '../../../functions/voice/feedback/list-inbox.ts';
import { listChanges, tellChanges } from '../../../functions/voice/testimonials/changes.ts';
import { openHouse as openUnclaimed, tell, threadOf } from './house.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const text = { en: 'All bags are of double paper now.', uk: 'Тепер усі пакети з подвійного паперу.' };

type House = Awaited<ReturnType<typeof openUnclaimed>>;

/** Who has proven their email is told of what became of it. */
async function openHouse(): Promise<House> {
  const house = await openUnclaimed();
  await house.ctx.db.write([{ sql: 'UPDATE customers SET claimed_at = 1', args: [] }]);
  return house;
}

/** A problem of Ann's whose cause was mended, told of, and published. */
async function mended() {
  const house = await openHouse();
  const { ann, agent, shop } = house;
  const told = await tell(ann);
  const { causeId } = await setCause(agent, { feedbackId: told.id, choice: { kind: 'named', name: 'Bags' } });
  const id = causeId ?? '';
  shop.clock.advance(HOUR_MS);
  await closeCause(agent, { id, outcome: 'changed', text, isPublic: true });
  await tellChanges(shop.ctx);
  shop.clock.advance(DAY_MS);
  return { ...house, id, told };
}

/** The same house, in which no two looks at the clock are of one moment. */
function ticking<One extends House['ctx']>(ctx: One, { clock }: House['shop']): One {
  const now = () => {
    clock.advance(1);
    return ctx.now();
  };
  return { ...ctx, now };
}

async function mails({ ctx }: Pick<House, 'ctx'>, template: string): Promise<string[]> {
  const rows = await ctx.db.read({
    sql: `SELECT coalesce(o.address, c.email) FROM outbox AS o LEFT JOIN customers AS c ON c.id = o.customer_id
      WHERE o.template = ? ORDER BY o.id`,
    args: [template],
  });
  return rows.map(([address]) => String(address));
}

const known = (id: string) => ({ kind: 'known', id }) as const;

test('who says it again after it was mended opens the cause, and whoever sees to it is told', async () => {
  const { id, bob, agent, owner, ctx } = await mended();
  expect(await listChanges(ctx)).toMatchObject([{ id }]);
  await planCause(agent, { id, owner: owner.staffId });
  const again = await tell(bob);
  expect(await setCause(agent, { feedbackId: again.id, choice: known(id) })).toEqual({
    causeId: id,
    isReopened: true,
  });
  expect(await listChanges(ctx)).toEqual([]);
  const cause = await getCause(agent, { id });
  expect(cause).toMatchObject({ outcome: null, isAgain: true, said: 2, open: 2 });
  expect(cause.events.map(({ kind }) => kind)).toEqual(['opened', 'changed', 'given', 'came_back']);
  expect(cause.events.at(-1)).toMatchObject({ subject: again.reference, by: 'agent@example.com' });
  expect(await mails({ ctx }, 'cause_waits')).toEqual(['owner@example.com']);
});

test('mended again, it is told to who said it since, and to nobody twice', async () => {
  const { id, bob, agent, ctx, shop } = await mended();
  expect(await mails({ ctx }, 'you_said_we_did')).toEqual(['ann@example.com']);
  const again = await tell(bob);
  await setCause(agent, { feedbackId: again.id, choice: known(id) });
  shop.clock.advance(HOUR_MS);
  await closeCause(agent, { id, outcome: 'changed', text, isPublic: true });
  for (let run = 0; run < 3; run += 1) await tellChanges(ctx);
  expect(await mails({ ctx }, 'you_said_we_did')).toEqual(['ann@example.com', 'bob@example.com']);
});

test('what was told before it was mended opens nothing, and is told of the change', async () => {
  const { agent, bob, ctx, shop, ann } = await openHouse();
  const early = await tell(bob);
  const told = await tell(ann);
  shop.clock.advance(HOUR_MS);
  const { causeId } = await setCause(agent, { feedbackId: told.id, choice: { kind: 'named', name: 'Bags' } });
  await closeCause(agent, { id: causeId ?? '', outcome: 'changed', text, isPublic: true });
  shop.clock.advance(10 * DAY_MS);
  const set = await setCause(agent, { feedbackId: early.id, choice: known(causeId ?? '') });
  expect(set.isReopened).toBe(false);
  await tellChanges(ctx);
  expect((await mails({ ctx }, 'you_said_we_did')).sort()).toEqual(['ann@example.com', 'bob@example.com']);
});

test('a no is told with its reason, also to who says it long after', async () => {
  const { agent, ann, bob, ctx, shop } = await openHouse();
  const idea = await tell(ann, { kind: 'idea', text: 'Open on Sundays.', wantsReply: false });
  const { causeId } = await setCause(agent, {
    feedbackId: idea.id,
    choice: { kind: 'named', name: 'Sundays' },
  });
  await closeCause(agent, { id: causeId ?? '', outcome: 'declined', text, isPublic: false });
  await tellChanges(ctx);
  shop.clock.advance(30 * DAY_MS);
  const later = await tell(bob, { kind: 'idea', text: 'Sundays?' });
  const set = await setCause(agent, { feedbackId: later.id, choice: known(causeId ?? '') });
  expect(set.isReopened).toBe(false);
  for (let run = 0; run < 2; run += 1) await tellChanges(ctx);
  expect(await mails({ ctx }, 'you_said_we_decided')).toEqual(['ann@example.com', 'bob@example.com']);
});

test('a no that becomes a change is told to everybody who heard the no', async () => {
  const { agent: person, ann, ctx, shop } = await openHouse();
  const agent = ticking(person, shop);
  const idea = await tell(ann, { kind: 'idea' });
  const { causeId } = await setCause(agent, {
    feedbackId: idea.id,
    choice: { kind: 'named', name: 'Sundays' },
  });
  const id = causeId ?? '';
  await closeCause(agent, { id, outcome: 'declined', text, isPublic: false });
  await tellChanges(ctx);
  shop.clock.advance(DAY_MS);
  await closeCause(agent, { id, outcome: 'changed', text, isPublic: true });
  for (let run = 0; run < 2; run += 1) await tellChanges(ctx);
  expect(await mails({ ctx }, 'you_said_we_decided')).toEqual(['ann@example.com']);
  expect(await mails({ ctx }, 'you_said_we_did')).toEqual(['ann@example.com']);
});

test('a change that becomes a no is told to everybody who heard of the change', async () => {
  const { id, agent, ctx, shop } = await mended();
  const of = ticking(agent, shop);
  await closeCause(of, { id, outcome: 'declined', text, isPublic: false });
  for (let run = 0; run < 2; run += 1) await tellChanges(ctx);
  expect(await mails({ ctx }, 'you_said_we_decided')).toEqual(['ann@example.com']);
  shop.clock.advance(DAY_MS);
  await closeCause(of, { id, outcome: 'changed', text, isPublic: true });
  for (let run = 0; run < 2; run += 1) await tellChanges(ctx);
  expect(await mails({ ctx }, 'you_said_we_did')).toEqual(['ann@example.com', 'ann@example.com']);
});

test('a change that is shown to nobody is told to who said it, with their own words behind the link', async () => {
  const { agent, ann, ctx } = await openHouse();
  const told = await tell(ann);
  const { causeId } = await setCause(agent, { feedbackId: told.id, choice: { kind: 'named', name: 'Bags' } });
  await closeCause(agent, { id: causeId ?? '', outcome: 'changed', text, isPublic: false });
  for (let run = 0; run < 2; run += 1) await tellChanges(ctx);
  expect(await mails({ ctx }, 'you_said_we_did')).toEqual(['ann@example.com']);
  const [[params] = []] = await ctx.db.read({
    sql: "SELECT params FROM outbox WHERE template = 'you_said_we_did'",
    args: [],
  });
  expect(String(params)).toContain(told.reference);
  expect(await listChanges(ctx)).toEqual([]);
  expect(await threadOf(ann, told)).toMatchObject({ changed: text });
});

test('who sees to a cause stays in its plan once they have left', async () => {
  const { agent, owner, shop } = await openHouse();
  const id = await openCause(agent, { name: 'Bags' });
  await planCause(agent, { id, owner: agent.staffId });
  await shop.ctx.db.write([{ sql: 'UPDATE staff SET disabled_at = 1 WHERE id = ?', args: [agent.staffId] }]);
  await planCause(owner, { id, owner: agent.staffId, dueOn: '2026-03-20' });
  expect(await getCause(owner, { id })).toMatchObject({ dueOn: '2026-03-20', owner: { id: agent.staffId } });
  expect((await listCaseOwners(owner)).map(({ email }) => email)).toEqual(['owner@example.com']);
});

test('a step that is done three times at once was done once', async () => {
  const { agent } = await openHouse();
  const causeId = await openCause(agent, { name: 'Bags' });
  const { id: step } = await addStep(agent, { causeId, what: 'Ask the courier' });
  await Promise.all([1, 2, 3].map(() => moveStep(agent, { causeId, step, state: 'done' })));
  const { events } = await getCause(agent, { id: causeId });
  expect(events.filter(({ kind }) => kind === 'step_done')).toHaveLength(1);
});

test('ten who say it again at once open it once', async () => {
  const { id, ann, agent, ctx } = await mended();
  const all = await Promise.all(Array.from({ length: 10 }, () => tell(ann)));
  const set = await Promise.all(
    all.map(({ id: feedbackId }) => setCause(agent, { feedbackId, choice: known(id) })),
  );
  expect(set.filter(({ isReopened }) => isReopened)).toHaveLength(1);
  const { events, said } = await getCause(agent, { id });
  expect(events.filter(({ kind }) => kind === 'came_back')).toHaveLength(1);
  expect(said).toBe(11);
  expect((await mails({ ctx }, 'cause_waits')).length).toBeGreaterThan(0);
});

test('a case of the time before says by hand that it happened again', async () => {
  const { id, told, agent, analyst } = await mended();
  await expect(tellRepeat(analyst, { feedbackId: told.id })).rejects.toMatchObject({ code: 'forbidden' });
  await tellRepeat(agent, { feedbackId: told.id });
  await tellRepeat(agent, { feedbackId: told.id });
  expect((await getCause(agent, { id })).events.map(({ kind }) => kind)).toEqual([
    'opened',
    'changed',
    'came_back',
  ]);
});

test('a cause has who sees to it, a day, steps and where it lies; each act is kept', async () => {
  const { agent, analyst, owner, shop } = await openHouse();
  const id = await openCause(agent, { name: 'Couriers do not ring' });
  await planCause(agent, {
    ...{ id, owner: 'owner@example.com', dueOn: '2026-03-20', process: ' Delivery ', convenientFor: 'us' },
  });
  const { id: step } = await addStep(agent, { causeId: id, what: 'Ask the courier' });
  const { id: other } = await addStep(agent, { causeId: id, what: 'Find another' });
  await moveStep(agent, { causeId: id, step, state: 'done' });
  await moveStep(agent, { causeId: id, step, state: 'done' });
  await moveStep(agent, { causeId: id, step: other, state: 'dropped' });
  await moveStep(agent, { causeId: id, step: other, state: 'open' });
  const cause = await getCause(analyst, { id });
  expect(cause).toMatchObject({
    ...{ process: 'Delivery', convenientFor: 'us', dueOn: '2026-03-20', isOverdue: false },
    owner: { id: owner.staffId },
    steps: { done: 1, open: 1 },
    plan: [
      { what: 'Ask the courier', outcome: 'done' },
      { what: 'Find another', outcome: null },
    ],
  });
  expect(cause.events.map(({ kind }) => kind)).toEqual([
    ...['opened', 'placed', 'given', 'due_set', 'step_added', 'step_added'],
    ...['step_done', 'step_dropped', 'step_reopened'],
  ]);
  shop.clock.advance(60 * DAY_MS);
  expect((await listCauses(analyst))[0]).toMatchObject({ isOverdue: true });
});

test.each([
  ['an analyst', { owner: 'analyst@example.com' }, 'owner'],
  ['a stranger', { owner: 'nobody@example.com' }, 'owner'],
  ['no day', { dueOn: 'soon' }, 'dueOn'],
  ['a long name', { process: 'x'.repeat(61) }, 'process'],
])('a plan with %s is refused', async (_, plan, path) => {
  const { agent } = await openHouse();
  const id = await openCause(agent, { name: 'Bags' });
  await expect(planCause(agent, { id, ...plan })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path }],
  });
});

test('who sees to a cause is told on its day, once; nobody does, so owners and managers are', async () => {
  const { agent, ctx, shop } = await openHouse();
  const id = await openCause(agent, { name: 'Bags' });
  const unowned = await openCause(agent, { name: 'Lids' });
  await planCause(agent, { id, owner: agent.staffId, dueOn: '2026-03-10' });
  await planCause(agent, { id: unowned, dueOn: '2026-03-10' });
  expect(await remindCauses(ctx)).toBe(0);
  expect(await countDueCauses(agent)).toBe(0);
  shop.clock.advance(30 * DAY_MS);
  expect(await remindCauses(ctx)).toBe(2);
  expect(await remindCauses(ctx)).toBe(0);
  expect((await mails({ ctx }, 'cause_waits')).sort()).toEqual(['agent@example.com', 'owner@example.com']);
  expect(await countDueCauses(agent)).toBe(2);
  await closeCause(agent, { id, outcome: 'changed', text, isPublic: false });
  expect(await countDueCauses(agent)).toBe(1);
});

test('to put words right closes nothing anew; opened by hand it is open once', async () => {
  const { id, agent } = await mended();
  const before = await getCause(agent, { id });
  await closeCause(agent, { id, outcome: 'changed', text: { ...text, en: 'Better words.' }, isPublic: true });
  expect(await getCause(agent, { id })).toMatchObject({
    closedAt: before.closedAt,
    publishedAt: before.publishedAt,
    text: { en: 'Better words.' },
  });
  await reopenCause(agent, { id });
  await reopenCause(agent, { id });
  expect((await getCause(agent, { id })).events.map(({ kind }) => kind)).toEqual([
    ...['opened', 'changed', 'reworded', 'reopened'],
  ]);
});

test('what happened before events were kept is told by the row, and no more than it knows', async () => {
  const { agent, ctx } = await openHouse();
  await ctx.db.write([
    {
      sql: `INSERT INTO causes (id, name, opened_at, opened_by, closed_at, closed_by, outcome, change_text)
        VALUES ('old', 'Old bags', 100, 'system:x', 200, 'system:x', 'declined', '{"en":"No."}')`,
      args: [],
    },
  ]);
  const events = async () => (await getCause(agent, { id: 'old' })).events.map(({ kind, at }) => [kind, at]);
  expect(await events()).toEqual([
    ['opened', 100],
    ['declined', 200],
  ]);
  await reopenCause(agent, { id: 'old' });
  expect(await events()).toEqual([
    ['opened', 100],
    ['closed', 200],
    ['reopened', ctx.now()],
  ]);
  await closeCause(agent, { id: 'old', outcome: 'declined', text, isPublic: false });
  expect((await events()).map(([kind]) => kind)).toEqual(['opened', 'closed', 'reopened', 'declined']);
});
