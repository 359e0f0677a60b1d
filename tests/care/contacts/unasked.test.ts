import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ask } from '../../../db/query.ts';
import { finishTask } from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { unaskedContacts } from '../../../functions/care/contacts/unasked-contacts.ts';
import { countReached } from '../../../functions/people/preferences/unasked.ts';
import { DAY_MS } from '../../support/shop.ts';
import { log, openContactHouse } from './house.ts';

/** What counts against how much Ann wants to hear. */
async function openAsked() {
  const house = await openContactHouse();
  const { ctx, agent, ann, shop } = house;
  const unasked = async () => {
    const terms = { customerId: sql`${ann}`, since: sql`0` };
    const [row] = await ask(ctx.db, (query) =>
      query
        .select({ n: sql`${countReached([unaskedContacts], terms)}`.mapWith(Number) })
        .from(sql`(SELECT 1)`),
    );
    return row?.n;
  };
  const call = () => {
    shop.clock.advance(60_000);
    return log(agent, { customerId: ann });
  };
  return { ...house, unasked, call };
}

test('a call-back is asked for, also where it is logged after "Done"; a second call is not', async () => {
  const { agent, ann, shop, unasked, call } = await openAsked();
  const { taskId } = await log(agent, { customerId: ann, direction: 'in', isMissed: true });
  shop.clock.advance(60_000);
  await finishTask(agent, { id: String(taskId) });
  await call();
  expect(await unasked()).toBe(0);
  await call();
  expect(await unasked()).toBe(1);
});

test('what was promised is asked for once, and the call that promised it is not', async () => {
  const { agent, ann, shop, unasked, call } = await openAsked();
  const nextStep = { what: 'Call with the price', dueOn: '2026-03-04', staffId: null };
  await log(agent, { customerId: ann, nextStep });
  expect(await unasked()).toBe(1);
  shop.clock.advance(3 * DAY_MS);
  await call();
  expect(await unasked()).toBe(1);
  await call();
  expect(await unasked()).toBe(2);
});

test('what was done long ago excuses no call of today', async () => {
  const { agent, ann, shop, unasked, call } = await openAsked();
  const { taskId } = await log(agent, { customerId: ann, direction: 'in', isMissed: true });
  await finishTask(agent, { id: String(taskId) });
  shop.clock.advance(2 * DAY_MS);
  await call();
  expect(await unasked()).toBe(1);
});
