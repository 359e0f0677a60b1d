import { describe, expect, test } from 'vitest';
import { correctContact, withdrawContact } from '../../../functions/care/contacts/correct-contact.ts';
import { listContacts } from '../../../functions/care/contacts/list-contacts.ts';
import { finishTask, reopenTask } from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { countDueTasks } from '../../../functions/care/contacts/tasks/list-tasks.ts';
import { tieContact } from '../../../functions/care/contacts/tie-contact.ts';
import { log, openContactHouse, rowsOf } from './house.ts';

/** Ann called and nobody took it, a minute ago. */
async function openWaiting() {
  const house = await openContactHouse();
  const { agent, ann, shop } = house;
  const missed = await log(agent, { customerId: ann, direction: 'in', isMissed: true });
  shop.clock.advance(60_000);
  const waiting = async () =>
    (await listContacts(agent, { only: 'unanswered' })).items.length + 10 * (await countDueTasks(agent));
  expect(await waiting()).toBe(11);
  return { ...house, missed, waiting };
}

/** A call as it is corrected, of which only what matters is given. */
const call = { channel: 'phone', direction: 'in', isMissed: false } as const;

describe('whoever waits', () => {
  test('waits again where the call that answered them is taken back', async () => {
    const { agent, ann, waiting, shop, missed } = await openWaiting();
    const { id } = await log(agent, { customerId: ann, staffId: agent.staffId });
    expect(await waiting()).toBe(0);
    shop.clock.advance(60_000);
    await withdrawContact(agent, { id });
    expect(await waiting()).toBe(11);
    const acts = await rowsOf(
      agent,
      'SELECT kind FROM contact_task_acts WHERE task_id = ? ORDER BY seq',
      String(missed.taskId),
    );
    expect(acts.flat()).toEqual(['planned', 'done', 'reopened']);
    await log(agent, { customerId: ann, staffId: agent.staffId });
    expect(await waiting()).toBe(0);
  });

  test('stays answered where they were called twice, or by hand', async () => {
    const { agent, owner, ann, waiting, shop, missed } = await openWaiting();
    const { id } = await log(agent, { customerId: ann, staffId: agent.staffId });
    shop.clock.advance(60_000);
    const second = await log(owner, { customerId: ann, staffId: owner.staffId });
    await withdrawContact(agent, { id });
    expect(await waiting()).toBe(0);
    expect(
      await rowsOf(agent, 'SELECT answered_at, answered_by FROM contacts WHERE wants_answer = 1'),
    ).toEqual([[second.at, owner.staffId]]);
    await withdrawContact(owner, { id: second.id });
    await finishTask(owner, { id: String(missed.taskId) });
    shop.clock.advance(60_000);
    const third = await log(owner, { customerId: ann });
    await withdrawContact(owner, { id: third.id });
    expect(await waiting()).toBe(0);
  });

  test('waits again where the task was done by mistake and is opened again', async () => {
    const { agent, ann, waiting, missed } = await openWaiting();
    await finishTask(agent, { id: String(missed.taskId) });
    expect(await waiting()).toBe(0);
    await reopenTask(agent, { id: String(missed.taskId) });
    expect(await waiting()).toBe(11);
    await log(agent, { customerId: ann });
    expect(await waiting()).toBe(0);
  });

  test('is answered in one press for all their calls, for the whole team, and waits for all of them again', async () => {
    const { agent, owner, ann, bob, shop, missed } = await openWaiting();
    await log(agent, { customerId: ann, direction: 'in', isMissed: true });
    await log(agent, { customerId: bob, direction: 'in', isMissed: true });
    await log(agent, { customerId: ann, channel: 'message', direction: 'in', wantsAnswer: true });
    shop.clock.advance(60_000);
    const who = async () =>
      (await listContacts(agent, { only: 'unanswered' })).items.map((one) => [one.customerId, one.channel]);
    await finishTask(owner, { id: String(missed.taskId) });
    expect(await who()).toEqual([
      [ann, 'message'],
      [bob, 'phone'],
    ]);
    expect((await listContacts(owner, { only: 'answered', answersId: owner.staffId })).items).toHaveLength(2);
    shop.clock.advance(60_000);
    await reopenTask(agent, { id: String(missed.taskId) });
    expect(await who()).toHaveLength(4);
  });

  test('is not called back with somebody else who is known behind the same number', async () => {
    const { agent, ann, bob, waiting, shop } = await openWaiting();
    const number = '+44 20 7946 0123';
    const told = { direction: 'in', isMissed: true, number } as const;
    const anns = await log(agent, { customerId: ann, ...told });
    const bobs = await log(agent, { customerId: bob, ...told });
    shop.clock.advance(60_000);
    await finishTask(agent, { id: String(bobs.taskId) });
    // Both calls of Ann's, by the task of her first.
    expect([anns.taskId, await waiting()]).toEqual([null, 12]);
    await log(agent, { customerId: ann, number });
    expect(await waiting()).toBe(0);
  });

  test('has a task of their own where somebody unknown called from the same number before', async () => {
    const { agent, bob, waiting, shop } = await openWaiting();
    const number = '+44 20 7946 0123';
    const told = { direction: 'in', isMissed: true, number } as const;
    const unknown = await log(agent, told);
    const again = await log(agent, told);
    const bobs = await log(agent, { ...told, customerId: bob });
    expect([typeof unknown.taskId, again.taskId, typeof bobs.taskId]).toEqual(['string', null, 'string']);
    const whose = 'SELECT customer_id FROM contact_tasks WHERE id = ?';
    expect(await rowsOf(agent, whose, String(bobs.taskId))).toEqual([[bob]]);
    shop.clock.advance(60_000);
    await log(agent, { customerId: bob, number });
    expect(await waiting()).toBe(11);
  });

  test('is called back once for what was known apart, and all of it is to be done again where that was a mistake', async () => {
    const { agent, ann, waiting, shop, missed } = await openWaiting();
    const unknown = await log(agent, { number: '+44 20 7946 0123', direction: 'in', isMissed: true });
    await tieContact(agent, { id: unknown.id, customerId: ann });
    shop.clock.advance(60_000);
    expect(await waiting()).toBe(22);
    await finishTask(agent, { id: String(missed.taskId) });
    expect(await waiting()).toBe(0);
    shop.clock.advance(60_000);
    await reopenTask(agent, { id: String(missed.taskId) });
    expect(await waiting()).toBe(22);
  });

  test.each([
    ['somebody took it', { direction: 'in', isMissed: false }],
    ['it was we who called', { direction: 'out', isMissed: true }],
  ] as const)('waits no more where the call is corrected: %s', async (_name, told) => {
    const { agent, missed, waiting } = await openWaiting();
    await correctContact(agent, { ...call, ...told, id: missed.id, at: missed.at });
    expect(await waiting()).toBe(0);
    expect(await rowsOf(agent, 'SELECT outcome FROM contact_tasks')).toEqual([['dropped']]);
  });

  test('waits where the call turns out to be one that nobody took, unless it was answered since', async () => {
    const { agent, ann, shop, waiting } = await openWaiting();
    const taken = await log(agent, { customerId: ann, direction: 'in' });
    expect(await waiting()).toBe(0);
    shop.clock.advance(60_000);
    // It answered the first one, which waits again with it.
    await correctContact(agent, { ...call, isMissed: true, id: taken.id, at: taken.at });
    expect((await listContacts(agent, { only: 'unanswered' })).items).toHaveLength(2);
    expect(await countDueTasks(agent)).toBeGreaterThan(0);
    await log(agent, { customerId: ann });
    expect(await waiting()).toBe(0);
    await correctContact(agent, { ...call, id: taken.id, at: taken.at });
    await correctContact(agent, { ...call, isMissed: true, id: taken.id, at: taken.at });
    expect(await waiting()).toBe(0);
  });
});
