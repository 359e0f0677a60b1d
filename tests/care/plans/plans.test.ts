import { expect, test } from 'vitest';
import { dropTask, finishTask, moveTask } from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { listTasks } from '../../../functions/care/contacts/tasks/list-tasks.ts';
import { givePlanTask } from '../../../functions/care/contacts/tasks/plan-task.ts';
import { getCalendar } from '../../../functions/care/plans/get-calendar.ts';
import { giveTasks } from '../../../functions/care/plans/give-tasks.ts';
import { listHeard } from '../../../functions/care/plans/list-heard.ts';
import { getPlan, listPlans } from '../../../functions/care/plans/list-plans.ts';
import type { PlanInput } from '../../../functions/care/plans/schema.ts';
import { endPlan, setPlan } from '../../../functions/care/plans/set-plan.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { DAY_MS } from '../../support/shop.ts';
import { log, openContactHouse, rowsOf } from '../contacts/house.ts';

const plain: PlanInput = {
  ...{
    id: null,
    what: 'Ask how it is',
    audience: 'buyer',
    level: null,
    channel: 'phone',
    purpose: 'service',
  },
  ...{ intervalDays: 30, mostPerDay: 10, staff: null },
};

/** Ann and Bob can be called; the facts are counted. */
async function openPlans() {
  const house = await openContactHouse();
  const { ctx, shop } = house;
  await ctx.db.write([{ sql: "UPDATE customers SET phone = '+44 20 7946 0101'", args: [] }]);
  await runJobs(ctx);
  const plan = (input: Partial<PlanInput> = {}) => setPlan(ctx, { ...plain, ...input });
  const given = async () => {
    await Promise.all([giveTasks(ctx), giveTasks(ctx)]);
    const { items } = await listTasks(ctx, { view: 'open' });
    return items.map(({ name, what, staff }) => [name, what, staff?.name ?? null]);
  };
  const wait = (days: number) => shop.clock.advance(days * DAY_MS);
  /** Into the club, and with it into the group `premium`. */
  const promote = (customerId: string) =>
    ctx.db.write([
      { sql: "UPDATE accounts SET club_spans = '[[1, null]]' WHERE owner_id = ?", args: [customerId] },
    ]);
  return { ...house, plan, given, wait, promote };
}

test('whoever is due becomes a task of who looks after them, once, and again an interval after they were called', async () => {
  const { ctx, agent, ann, plan, given, wait } = await openPlans();
  const [row] = await rowsOf(ctx, 'SELECT id FROM accounts WHERE owner_id = ?', ann);
  await assignManager(ctx, { accountId: String(row?.[0]), manager: 'agent@example.com', why: null });
  await plan();
  const first = [
    ['ann@example.com', 'Ask how it is', 'agent@example.com'],
    ['bob@example.com', 'Ask how it is', null],
  ];
  expect((await given()).toSorted()).toEqual(first);
  expect((await given()).toSorted()).toEqual(first);
  const { items } = await listTasks(ctx, { view: 'open' });
  const annsTask = items.find(({ customerId }) => customerId === ann);
  await log(agent, { customerId: ann });
  await finishTask(agent, { id: annsTask?.id ?? '' });
  wait(29);
  expect((await given()).map(([name]) => name)).toEqual(['bob@example.com']);
  wait(1);
  expect((await given()).map(([name]) => name).toSorted()).toEqual(['ann@example.com', 'bob@example.com']);
});

test('gives no more a day than the plan says, and the rest on the next', async () => {
  const { plan, given, wait } = await openPlans();
  await plan({ mostPerDay: 1 });
  expect((await given()).length).toBe(1);
  expect((await given()).length).toBe(1);
  wait(1);
  expect((await given()).length).toBe(2);
});

test('of many accounts each run looks at a few for a plan, and behind the last begins with the first again', async () => {
  const { ctx, agent, plan, wait } = await openPlans();
  await plan();
  const runs = async (count: number) => {
    const given: number[] = [];
    for (let at = 0; at < count; at += 1) given.push(await giveTasks(ctx, { sliceSize: 1 }));
    return given;
  };
  expect(await runs(2)).toEqual([1, 1]);
  for (const { id } of (await listTasks(ctx, { view: 'open' })).items) await finishTask(agent, { id });
  wait(30);
  expect(await runs(3)).toEqual([0, 1, 1]);
});

test('whoever declined, paused or has heard enough is left in peace, with the reason', async () => {
  const { ctx, ann, bob, agent, plan, given } = await openPlans();
  await setPolicy(ctx, 'weeklyLimit', '1');
  await setPreferences(ctx, {
    ...{ customerId: ann, basis: 'said so' },
    wishes: [{ topic: 'contact', channel: 'phone', isOn: false }],
  });
  await log(agent, { customerId: bob, channel: 'post' });
  const { id } = await plan();
  expect(await given()).toEqual([]);
  const { free, held } = await getPlan(ctx, { id });
  expect(free).toEqual([]);
  expect(held.map(({ customerId, verdict }) => [customerId, verdict.because]).toSorted()).toEqual(
    [
      [ann, 'declined'],
      [bob, 'week_full'],
    ].toSorted(),
  );
  const heard = await listHeard(ctx);
  expect(heard.full).toMatchObject([{ customerId: bob, subject: null, reached: 1, most: 1, isOwn: false }]);
  expect(heard.held.length).toBe(2);
});

test('what a plan asks for counts against limits, as it is of our own accord', async () => {
  const { ctx, ann, agent, plan, given } = await openPlans();
  await plan();
  await given();
  await log(agent, { customerId: ann });
  await log(agent, { customerId: ann });
  const { full } = await listHeard(ctx);
  expect(full).toMatchObject([{ customerId: ann, reached: 2, most: 2 }]);
});

test('stops a sales call to who became premium, with the reason', async () => {
  const { ctx, ann, plan, given, promote } = await openPlans();
  await plan({ purpose: 'sales' });
  expect((await given()).length).toBe(2);
  await promote(ann);
  expect((await given()).map(([name]) => name)).toEqual(['bob@example.com']);
  expect((await listHeard(ctx)).stopped).toMatchObject([{ customerId: ann, why: 'premium' }]);
});

test('of premium customers, sells to those alone who asked for offers, as long as they want them', async () => {
  const { ctx, ann, bob, plan, given, promote } = await openPlans();
  await promote(ann);
  await promote(bob);
  const { id } = await plan({ audience: 'premium', purpose: 'sales' });
  const want = (customerId: string, offers: boolean | null) =>
    setPreferences(ctx, { customerId, offers, basis: 'said so' });
  expect(await given()).toEqual([]);
  const { held } = await getPlan(ctx, { id });
  expect(held.map(({ customerId, verdict }) => [customerId, verdict.because])).toEqual(
    expect.arrayContaining([
      [ann, 'premium'],
      [bob, 'premium'],
    ]),
  );
  await want(ann, true);
  await want(bob, true);
  expect((await given()).length).toBe(2);
  await want(ann, false);
  await want(bob, null);
  expect(await given()).toEqual([]);
  const { stopped } = await listHeard(ctx);
  expect(stopped.map(({ customerId, why }) => [customerId, why])).toEqual(
    expect.arrayContaining([
      [ann, 'declined'],
      [bob, 'premium'],
    ]),
  );
});

test('sells to nobody of another group who wants no offers', async () => {
  const { ctx, ann, plan, given } = await openPlans();
  await setPreferences(ctx, { customerId: ann, offers: false, basis: 'said so' });
  await plan({ purpose: 'sales' });
  expect((await given()).map(([name]) => name)).toEqual(['bob@example.com']);
  expect((await listHeard(ctx)).held).toMatchObject([{ customerId: ann, verdict: { because: 'declined' } }]);
});

test('takes back what an ended plan asked for, and what nobody wants any more', async () => {
  const { ctx, ann, plan, given } = await openPlans();
  const { id } = await plan();
  await given();
  await setPreferences(ctx, {
    ...{ customerId: ann, basis: 'said so' },
    wishes: [{ topic: 'contact', channel: 'phone', isOn: false }],
  });
  expect((await given()).map(([name]) => name)).toEqual(['bob@example.com']);
  await endPlan(ctx, { id });
  expect(await given()).toEqual([]);
  expect((await listHeard(ctx)).stopped.map(({ why }) => why).toSorted()).toEqual(['declined', 'plan_ended']);
  await expect(getPlan(ctx, { id })).rejects.toMatchObject({ code: 'not_found' });
});

test('two who become one are asked for once', async () => {
  const { ctx, plan, given } = await openPlans();
  await plan();
  await given();
  await mergeCustomers(ctx, { survivor: 'ann@example.com', merged: 'bob@example.com', key: newId() });
  expect((await given()).map(([name]) => name)).toEqual(['ann@example.com']);
  expect((await listHeard(ctx)).stopped).toMatchObject([{ why: 'twice' }]);
});

test('a plan by mail is one task for the group each time it comes round, missed ones are one', async () => {
  const { ctx, plan, given, wait } = await openPlans();
  await plan({ channel: 'mail', audience: 'enquirer', purpose: 'news', staff: 'owner@example.com' });
  expect(await given()).toEqual([[null, 'Ask how it is', 'owner@example.com']]);
  wait(29);
  expect((await given()).length).toBe(1);
  const { items } = await listTasks(ctx, { view: 'open' });
  await dropTask(ctx, { id: items[0]?.id ?? '' });
  wait(100);
  expect((await given()).length).toBe(1);
  expect(await listPlans(ctx)).toMatchObject([{ open: 1, due: 0, nextOn: '2026-07-29' }]);
});

test('however many who declined are in front, whoever is behind them is given', async () => {
  const { ctx, ann, plan, given } = await openPlans();
  await setPreferences(ctx, {
    ...{ customerId: ann, basis: 'said so' },
    wishes: [{ topic: 'contact', channel: 'phone', isOn: false }],
  });
  const copy = async (table: string, whose: string, own: Record<string, string>) => {
    const names = await rowsOf(ctx, `SELECT name FROM pragma_table_info('${table}')`);
    const columns = names.map(([name]) => String(name));
    const values = columns.map((name) => own[name] ?? `t.${name}`);
    const numbers = JSON.stringify(Array.from({ length: 2600 }, (_, number) => number));
    const rows = `SELECT ${values} FROM ${table} AS t, json_each('${numbers}') AS n WHERE t.${whose}`;
    await ctx.db.write([{ sql: `INSERT INTO ${table} (${columns}) ${rows}`, args: [ann] }]);
  };
  const id = "'0-' || n.value";
  await copy('customers', 'id = ?', { id, email: `${id} || '@example.com'`, member_number: 'NULL' });
  await copy('accounts', 'owner_id = ?', { id, root_id: id, owner_id: id });
  await copy('account_facts', 'account_id = (SELECT id FROM accounts WHERE owner_id = ?)', {
    account_id: id,
  });
  await copy('preferences', 'customer_id = ?', { id: `t.id || ${id}`, customer_id: id });
  const { id: planId } = await plan();
  expect((await getPlan(ctx, { id: planId })).plan.due).toBe(2602);
  expect(await listPlans(ctx, { sliceSize: 1000 })).toMatchObject([{ due: 1000, dueAmong: 1000 }]);
  expect(await given()).toEqual([['bob@example.com', 'Ask how it is', null]]);
});

test('a task that cannot be taken back keeps no other waiting', async () => {
  const { ctx, ann, plan, given } = await openPlans();
  const { id } = await plan();
  await given();
  await endPlan(ctx, { id });
  await ctx.db.write([
    {
      sql: `CREATE TRIGGER stuck BEFORE INSERT ON contact_task_acts WHEN new.kind = 'dropped' AND new.task_id =
        (SELECT id FROM contact_tasks WHERE customer_id = '${ann}') BEGIN SELECT RAISE(ABORT, 'refused: stuck'); END`,
      args: [],
    },
  ]);
  await plan({ what: 'Next' });
  expect((await given()).map(([name, what]) => [name, what]).toSorted()).toEqual([
    ['ann@example.com', 'Ask how it is'],
    ['bob@example.com', 'Next'],
  ]);
});

test('asks for a level no more once they are of another', async () => {
  const { ctx, shop, plan, given, wait } = await openPlans();
  await plan({ level: 'first' });
  expect((await given()).length).toBe(2);
  wait(1);
  await shop.order({ email: 'ann@example.com', totals: [1000] });
  await runJobs(ctx);
  expect((await given()).map(([name]) => name)).toEqual(['bob@example.com']);
  expect((await listHeard(ctx)).stopped).toMatchObject([{ why: 'other_level' }]);
});

test('of a round of a plan by mail there is one task, whoever moved or ended it', async () => {
  const { ctx, plan, given, wait } = await openPlans();
  const { id } = await plan({ channel: 'mail', audience: 'enquirer', purpose: 'news' });
  await given();
  const [task] = (await listTasks(ctx, { view: 'open' })).items;
  await moveTask(ctx, { id: task?.id ?? '', dueOn: '2026-05-20' });
  await finishTask(ctx, { id: task?.id ?? '' });
  expect(await given()).toEqual([]);
  wait(30);
  expect((await given()).length).toBe(1);
  const again = { plan: { id, what: 'Ask' }, who: null, staffId: null, dueOn: '2026-03-31' };
  for (const { id: open } of (await listTasks(ctx, { view: 'open' })).items)
    await finishTask(ctx, { id: open });
  await expect(givePlanTask(ctx, { ...again, round: '2026-03-31' })).rejects.toThrow(/round/);
});

test('the calendar says what was done, and spreads what is to come', async () => {
  const { ctx, plan, given } = await openPlans();
  const { id } = await plan({ mostPerDay: 1 });
  await given();
  const { days } = await getCalendar(ctx, { month: null });
  expect(days).toEqual([
    { day: '2026-03-01', plans: [{ planId: id, given: 1, done: 0, expected: 0 }], occasions: [] },
    { day: '2026-03-02', plans: [{ planId: id, given: 0, done: 0, expected: 1 }], occasions: [] },
  ]);
  const ahead = await getCalendar(ctx, { month: '2026-06' });
  expect([ahead.month, ahead.before, ahead.after]).toEqual(['2026-06', '2026-05', null]);
});

test.each([
  ['no words', { what: ' ' }, 'what'],
  ['an interval of nothing', { intervalDays: 0 }, 'intervalDays'],
  ['an interval of more than two years', { intervalDays: 731 }, 'intervalDays'],
  ['nobody a day', { mostPerDay: 0 }, 'mostPerDay'],
  ['somebody who does not work here', { staff: 'nobody@example.com' }, 'staff'],
  ['somebody who only reads', { staff: 'analyst@example.com' }, 'staff'],
] as const)('refuses %s', async (_name, input, path) => {
  const { plan } = await openPlans();
  await expect(plan(input)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path }] });
});

test('owners and managers plan, the team sees it', async () => {
  const { agent, analyst, owner, ctx } = await openPlans();
  await expect(setPlan(agent, plain)).rejects.toMatchObject({ code: 'forbidden' });
  await setPlan(owner, plain);
  await runJobs(ctx);
  expect((await listPlans(analyst)).length).toBe(1);
  expect((await listHeard(agent)).stopped).toEqual([]);
});
