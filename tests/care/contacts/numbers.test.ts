import { expect, test } from 'vitest';
import { withdrawContact } from '../../../functions/care/contacts/correct-contact.ts';
import { type ContactFilter, listContacts } from '../../../functions/care/contacts/list-contacts.ts';
import { getContactNumbers } from '../../../functions/care/contacts/numbers/get-contact-numbers.ts';
import { finishTask, handTask } from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { downloadContactNumbers } from '../../../functions/desk/console/contacts/download-numbers.ts';
import { dayOf } from '../../../functions/ground/platform/business-time.ts';
import { DAY_MS } from '../../support/shop.ts';
import { log, openContactHouse } from './house.ts';

const HOUR_MS = 3_600_000;

/** Ten days of contacts by two people, answered after 1, 2, 3 and 10 hours and one not at all; one was taken back. */
async function openTold() {
  const house = await openContactHouse();
  const { agent, owner, ann, bob, shop } = house;
  const own = { staffId: agent.staffId };
  await log(agent, { customerId: ann, direction: 'in', durationS: 600, ...own });
  shop.clock.advance(9 * DAY_MS);
  await log(agent, { customerId: ann, durationS: 1800, satisfaction: 5, ...own });
  await log(agent, { customerId: bob, isMissed: true, ...own });
  await log(owner, { customerId: bob, channel: 'visit', satisfaction: 2, staffId: owner.staffId });
  const wrong = await log(agent, { customerId: bob, ...own });
  await withdrawContact(agent, { id: wrong.id });
  for (const [hours, by] of [
    [1, agent],
    [2, agent],
    [3, owner],
    [10, owner],
  ] as const) {
    const missed = await log(agent, { customerId: ann, direction: 'in', isMissed: true });
    shop.clock.advance(hours * HOUR_MS);
    await finishTask(by, { id: String(missed.taskId) });
  }
  const open = await log(agent, { customerId: ann, channel: 'message', direction: 'in', wantsAnswer: true });
  await handTask(agent, { id: String(open.taskId), staffId: owner.staffId });
  const today = dayOf(shop.ctx.now(), 'UTC');
  const asked = { period: 'week', since: '', until: '', channel: null, staffId: null };
  return { ...house, today, asked };
}

test('tells contacts, hours and answers by person and channel, beside as many days before', async () => {
  const { agent, owner, analyst, asked, today, shop } = await openTold();
  const since = dayOf(shop.ctx.now() - 5 * DAY_MS, 'UTC');
  const days = { ...asked, period: 'days', since, until: today };
  const { total, people, channels, parts } = await getContactNumbers(analyst, days);
  expect(total).toMatchObject({
    now: {
      ...{ incoming: 5, outgoing: 3, missed: 4, unreached: 1, seconds: 1800, timed: 1 },
      ...{ satisfactionSum: 7, satisfied: 2, waited: 5, answered: 4 },
      ...{ medianMs: 2.5 * HOUR_MS, ninthMs: 10 * HOUR_MS },
    },
    before: { incoming: 1, outgoing: 0, seconds: 600, waited: 0, medianMs: null },
  });
  expect(
    people.map(({ staff, now }) => [staff?.name, now.incoming, now.outgoing, now.waited, now.medianMs]),
  ).toEqual([
    ['agent@example.com', 0, 2, 2, 1.5 * HOUR_MS],
    ['owner@example.com', 0, 1, 3, 6.5 * HOUR_MS],
    [undefined, 5, 0, 0, null],
  ]);
  expect(channels.map(({ channel, now }) => [channel, now.incoming, now.waited, now.answered])).toEqual([
    ['phone', 4, 4, 4],
    ['visit', 0, 0, 0],
    ['message', 1, 1, 0],
  ]);
  expect(parts.now.reduce((sum, part) => sum + part.contacts, 0)).toBe(8);
  const ofOwner = await getContactNumbers(agent, { ...days, staffId: owner.staffId, channel: 'phone' });
  expect(ofOwner.total.now).toMatchObject({ outgoing: 0, waited: 2, answered: 2, medianMs: 6.5 * HOUR_MS });
  await expect(
    getContactNumbers({ ...agent, actor: { kind: 'key', id: 'k', scopes: ['orders:write'] } }, days),
  ).rejects.toMatchObject({ code: 'scope_missing' });
});

test('each figure is as many as its list has', async () => {
  const { agent, asked } = await openTold();
  const { period, people, both } = await getContactNumbers(agent, { ...asked, period: 'year' });
  const listed = async (filter: ContactFilter) =>
    (await listContacts(agent, { from: period.since, until: period.until, ...filter })).items.length;
  for (const { staff, channel, now } of [...people, ...both]) {
    const who = staff?.id ?? 'nobody';
    const shown = {
      incoming: await listed({ channel, staffId: who, direction: 'in' }),
      missed: await listed({ channel, staffId: who, only: 'missed', direction: 'in' }),
      satisfied: await listed({ channel, staffId: who, only: 'rated' }),
      waited: await listed({ channel, answersId: who, only: 'waited' }),
      answered: await listed({ channel, answersId: who, only: 'answered' }),
    };
    expect(now).toMatchObject(shown);
  }
});

test('goes home as a file, of both stretches, and that stands in the log', async () => {
  const { agent, asked, today } = await openTold();
  const lines = (await downloadContactNumbers(agent, { ...asked, period: 'today' })).split('\n');
  expect(lines[0]).toContain('staff,channel,incoming');
  expect(lines).toContain(`now,${today},${today},owner@example.com,message,0,0,0,0,0,0,1,0,,,0,0`);
  const [line] = await agent.db.read({
    sql: "SELECT subject_id FROM audit_log WHERE act = 'figures.exported'",
    args: [],
  });
  expect(line).toEqual(['contacts']);
});
