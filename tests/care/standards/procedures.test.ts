import { expect, test } from 'vitest';
import { getProcedureProgress } from '../../../functions/care/standards/procedures/get-progress.ts';
import { listProcedures } from '../../../functions/care/standards/procedures/list-procedures.ts';
import { setProcedure } from '../../../functions/care/standards/procedures/set-procedure.ts';
import { tickStep } from '../../../functions/care/standards/procedures/tick-step.ts';
import type { SetProcedureInput } from '../../../functions/care/standards/schema.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getPowers } from '../../../functions/money/credits/get-powers.ts';
import { giveGoodwill } from '../../../functions/voice/feedback/give-goodwill.ts';
import { answer, newKey, openHouse, tell } from '../../voice/feedback/house.ts';
import { log, rowsOf } from '../contacts/house.ts';

const plain: SetProcedureInput = {
  kind: 'complaint',
  name: 'A complaint',
  steps: [
    { what: 'Apologise and listen', proof: 'listen' },
    { what: 'Call and ask' },
    { what: 'Send a new one', who: 'manager' },
  ],
};

async function openProcedures() {
  const house = await openHouse();
  await setProcedure(house.owner, plain);
  const told = await tell(house.ann, { kind: 'complaint' });
  const subject = { about: 'case', aboutId: told.id } as const;
  const steps = async (ctx: Context = house.agent) => (await getProcedureProgress(ctx, subject))?.steps ?? [];
  const tick = async (ctx: Context, what: string, isDone = true) => {
    const step = (await steps(ctx)).find((one) => one.what === what);
    await tickStep(ctx, { ...subject, stepId: step?.id ?? '', isDone });
  };
  return { ...house, told, subject, steps, tick };
}

test('the steps of a case are ticked by hand or by what was done, and by whom they are for', async () => {
  const { agent, owner, told, steps, tick } = await openProcedures();
  expect((await steps()).map(({ isDone, mayTick }) => [isDone, mayTick])).toEqual([
    [false, false],
    [false, true],
    [false, false],
  ]);
  await tick(agent, 'Call and ask');
  await tick(agent, 'Call and ask');
  await expect(tick(agent, 'Send a new one')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(tick(agent, 'Apologise and listen')).rejects.toMatchObject({ code: 'not_found' });
  await tick(owner, 'Send a new one');
  await answer(agent, told.id);
  expect((await steps()).map(({ isDone, by }) => [isDone, by])).toEqual([
    [true, null],
    [true, 'agent@example.com'],
    [true, 'owner@example.com'],
  ]);
  await tick(agent, 'Call and ask', false);
  expect((await steps())[1]).toMatchObject({ isDone: false, by: null });
});

test('ticks are in the log, once for each change', async () => {
  const { ctx, agent, tick } = await openProcedures();
  await tick(agent, 'Call and ask');
  await tick(agent, 'Call and ask');
  await tick(agent, 'Call and ask', false);
  const acts = "SELECT act, subject_kind FROM audit_log WHERE act LIKE 'step.%' ORDER BY id";
  expect(await rowsOf(ctx, acts)).toEqual([
    ['step.ticked', 'feedback'],
    ['step.unticked', 'feedback'],
  ]);
});

test('a changed procedure keeps what was ticked of the steps that stay', async () => {
  const { agent, owner, steps, tick } = await openProcedures();
  await tick(agent, 'Call and ask');
  await setProcedure(owner, { ...plain, steps: [{ what: 'Write it down' }, { what: 'Call and ask' }] });
  expect((await steps()).map(({ what, isDone }) => [what, isDone])).toEqual([
    ['Write it down', false],
    ['Call and ask', true],
  ]);
  await setProcedure(owner, { ...plain, steps: [] });
  expect(await listProcedures(owner)).toEqual([]);
  expect(await steps()).toEqual([]);
});

test('a contact has the procedure of its channel, else that of any', async () => {
  const { agent, owner, ann } = await openProcedures();
  const steps = (what: string) => [{ what }];
  await setProcedure(owner, { kind: 'contact', name: 'Any', steps: steps('Write it down') });
  await setProcedure(owner, { kind: 'contact', channel: 'phone', name: 'A call', steps: steps('Greet') });
  const customerId = ann.actor.kind === 'customer' ? ann.actor.id : '';
  const nameFor = async (channel: 'phone' | 'visit') => {
    const { id } = await log(agent, { customerId, channel });
    return (await getProcedureProgress(agent, { about: 'contact', aboutId: id }))?.procedure.name;
  };
  expect([await nameFor('phone'), await nameFor('visit')]).toEqual(['A call', 'Any']);
});

test('feedback without a procedure has none, and what is not there is refused', async () => {
  const { agent, analyst, ann, subject } = await openProcedures();
  const idea = await tell(ann, { kind: 'idea' });
  expect(await getProcedureProgress(agent, { about: 'case', aboutId: idea.id })).toBeNull();
  await expect(getProcedureProgress(agent, { about: 'case', aboutId: 'none' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(tickStep(analyst, { ...subject, stepId: 'none', isDone: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(getProcedureProgress(ann, subject)).rejects.toMatchObject({ code: 'forbidden' });
});

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['thirteen steps', { steps: Array.from({ length: 13 }, (_, at) => ({ what: `Step ${at}` })) }, 'steps'],
  ['a contact that ticks itself', { kind: 'contact', steps: [{ what: 'Listen', proof: 'listen' }] }, 'steps'],
] as const)('refuses %s', async (_name, input, path) => {
  const { owner } = await openProcedures();
  await expect(setProcedure(owner, Object.assign({}, plain, input))).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path }],
  });
});

test('only owners and managers set procedures', async () => {
  const { agent } = await openProcedures();
  await expect(setProcedure(agent, plain)).rejects.toMatchObject({ code: 'forbidden' });
});

test('powers say what may be given at once and what is left of today', async () => {
  const { agent, owner, analyst, told } = await openProcedures();
  expect(await getPowers(agent)).toEqual({
    currency: 'EUR',
    limits: { act: 1000n, day: 5000n },
    left: 5000n,
  });
  await giveGoodwill(agent, { feedbackId: told.id, amount: 700n, reason: 'Sorry', key: newKey() });
  expect((await getPowers(agent))?.left).toBe(4300n);
  expect(await getPowers(owner)).toMatchObject({ limits: null, left: null });
  expect(await getPowers(analyst)).toBeNull();
});
