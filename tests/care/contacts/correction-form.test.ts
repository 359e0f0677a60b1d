import { expect, test } from 'vitest';
import { getContact } from '../../../functions/care/contacts/get-contact.ts';
import { filledWith, postCorrection } from '../../../src/contact-form.ts';
import type { Messages } from '../../../src/locale.ts';
import { log, openContactHouse } from './house.ts';

/** Which words a page would show is of no matter here. */
const t = new Proxy({}, { get: () => () => 'words' }) as Messages;
const timeZone = 'Europe/Kyiv';

test.each([
  ['to the second', Date.UTC(2026, 0, 5, 9, 30, 27)],
  // Clocks went back at 01:00 UTC: this is the first of two times 03:30.
  ['in the hour that the clock shows twice', Date.UTC(2025, 9, 26, 0, 30, 27)],
  ['in the same hour, the second time', Date.UTC(2025, 9, 26, 1, 30, 27)],
])('a form that says other words leaves time, duration and person as they were, %s', async (_name, at) => {
  const { ctx, agent, owner, ann } = await openContactHouse();
  const told = { customerId: ann, at, durationS: 340, staffId: agent.staffId, summary: 'Asked' };
  const { id } = await log(owner, told);
  await ctx.db.write([{ sql: 'UPDATE staff SET disabled_at = 1 WHERE id = ?', args: [agent.staffId] }]);
  const before = await getContact(owner, { id });
  const fields = new Map(Object.entries({ ...filledWith(before, timeZone), summary: 'Thanked' }));
  expect(await postCorrection(owner, { t, fields, timeZone, before })).toEqual([]);
  expect(await getContact(owner, { id })).toMatchObject({
    ...{ at, durationS: 340, staff: { id: agent.staffId }, summary: 'Thanked' },
    entries: [{ changed: ['summary'] }, {}],
  });
  fields.set('minutes', '7');
  expect(await postCorrection(owner, { t, fields, timeZone, before })).toEqual([]);
  expect(await getContact(owner, { id })).toMatchObject({ at, durationS: 420 });
});
