import { expect, test } from 'vitest';
import { mailTasks } from '../../../functions/care/contacts/task-mail/mail-tasks.ts';
import { getTaskMail, setTaskMail } from '../../../functions/care/contacts/task-mail/set-task-mail.ts';
import { instantOfLocal } from '../../../functions/ground/platform/business-time.ts';
import { setAbsence } from '../../../functions/people/managers/absences/set-absence.ts';
import { log, openContactHouse, rowsOf } from './house.ts';

/** A shop in London in summer, where the clock is an hour ahead of UTC; the evening of 1 April. */
async function openEvening() {
  const house = await openContactHouse();
  const { ctx, shop } = house;
  const goTo = async (local: string) => {
    shop.clock.advance(instantOfLocal(`2026-04-${local}:00.000`, 'Europe/London') - shop.clock.now());
    await Promise.all([mailTasks(ctx), mailTasks(ctx)]);
  };
  const mails = () =>
    rowsOf(
      ctx,
      `SELECT address, params ->> '$.due', params ->> '$.overdue' FROM outbox WHERE template = 'tasks_due'
       ORDER BY created_at, address`,
    );
  await goTo('01T21:00');
  return { ...house, goTo, mails };
}

test('who wishes it is told once a day at their hour of what is due, and nobody of nothing', async () => {
  const { agent, owner, ann, goTo, mails } = await openEvening();
  await setTaskMail(agent, { hour: 8 });
  await setTaskMail(owner, { hour: 20 });
  const step = (dueOn: string, staffId: string | null) =>
    log(agent, { customerId: ann, nextStep: { what: 'Call', dueOn, staffId } });
  await step('2026-04-01', null);
  await step('2026-04-02', agent.staffId);
  await step('2026-04-03', owner.staffId);
  await goTo('01T22:00');
  await goTo('02T07:59');
  expect(await mails()).toEqual([]);
  await goTo('02T08:00');
  await goTo('02T09:00');
  expect(await mails()).toEqual([['agent@example.com', 2, 1]]);
  await goTo('02T20:00');
  expect(await mails()).toEqual([
    ['agent@example.com', 2, 1],
    ['owner@example.com', 1, 1],
  ]);
});

test('is told of what is due for who is away by who stands in', async () => {
  const { ctx, agent, owner, ann, goTo, mails } = await openEvening();
  await setTaskMail(agent, { hour: 8 });
  const nextStep = { what: 'Call', dueOn: '2026-04-02', staffId: owner.staffId };
  await log(agent, { customerId: ann, nextStep });
  const days = { from: '2026-04-02', until: '2026-04-02' };
  await setAbsence(ctx, { staff: owner.staffId, standIn: agent.staffId, ...days });
  await goTo('02T08:00');
  await goTo('03T08:00');
  expect(await mails()).toEqual([['agent@example.com', 1, 0]]);
});

test('each says so for themselves, changes the hour, and stops it', async () => {
  const { agent, owner, analyst, ann, goTo, mails } = await openEvening();
  await setTaskMail(agent, { hour: 8 });
  await setTaskMail(agent, { hour: 6 });
  expect([await getTaskMail(agent), await getTaskMail(owner)]).toEqual([{ hour: 6 }, { hour: null }]);
  await goTo('02T06:30');
  await log(agent, { customerId: ann, direction: 'in', isMissed: true });
  await goTo('02T10:00');
  expect(await mails()).toEqual([]);
  await goTo('03T06:00');
  expect(await mails()).toEqual([['agent@example.com', 1, 1]]);
  await setTaskMail(agent, { hour: null });
  await goTo('04T08:00');
  expect(await mails()).toHaveLength(1);
  await expect(setTaskMail(agent, { hour: 24 })).rejects.toMatchObject({ errors: [{ path: 'hour' }] });
  await expect(setTaskMail(analyst, { hour: 8 })).rejects.toMatchObject({ code: 'forbidden' });
});
