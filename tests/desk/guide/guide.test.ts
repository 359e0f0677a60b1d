import { expect, test } from 'vitest';
import { chapters, chaptersFor } from '../../../functions/desk/guide/chapters.ts';
import { getGuide, getGuideReminder } from '../../../functions/desk/guide/get-guide.ts';
import { listGuideProgress } from '../../../functions/desk/guide/list-progress.ts';
import { readChapter } from '../../../functions/desk/guide/read-chapter.ts';
import { setGuideNote } from '../../../functions/desk/guide/set-note.ts';
import { createAccountQueue } from '../../../functions/ground/platform/account-queue.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { listOwnThanks } from '../../../functions/people/thanks/list-thanks.ts';
import { rowsOf } from '../../care/contacts/house.ts';
import { DAY_MS } from '../../support/shop.ts';
import { openHouse } from '../../voice/feedback/house.ts';

test('each reads the chapters of their role, and who has read all is thanked once, also by two at once', async () => {
  const { agent, analyst, ctx } = await openHouse();
  const own = chaptersFor('analyst').map(({ name }) => name);
  expect((await getGuide(analyst)).map(({ name }) => name)).toEqual(own);
  expect((await getGuide(agent)).length).toBe(chapters.length);
  for (const chapter of own.slice(1)) expect(await readChapter(analyst, { chapter })).toBe(false);
  const last = await Promise.all([1, 2, 3].map(() => readChapter(analyst, { chapter: own[0] ?? '' })));
  expect(last.filter((isLast) => isLast).length).toBe(1);
  expect((await listOwnThanks(analyst)).map(({ kind }) => kind)).toEqual(['guide_finished']);
  expect(await rowsOf(ctx, "SELECT address FROM outbox WHERE template = 'staff_thanked'")).toEqual([
    ['analyst@example.com'],
  ]);
  await expect(readChapter(analyst, { chapter: 'till' })).rejects.toMatchObject({ code: 'not_found' });
});

test('the last two chapters, read at once in two processes, end in one thanks', async () => {
  const { analyst, ctx } = await openHouse();
  const [one = '', other = '', ...rest] = chaptersFor('analyst').map(({ name }) => name);
  for (const chapter of rest) await readChapter(analyst, { chapter });
  const outcomes = await Promise.all(
    [one, other].map((chapter) => readChapter({ ...analyst, queue: createAccountQueue() }, { chapter })),
  );
  expect(outcomes.toSorted()).toEqual([false, true]);
  expect(await rowsOf(ctx, 'SELECT kind FROM staff_thanks')).toEqual([['guide_finished']]);
});

test('owners see how far each is who works here; readers see themselves', async () => {
  const { agent, owner, ctx } = await openHouse();
  await readChapter(agent, { chapter: 'till' });
  await readChapter(agent, { chapter: 'till' });
  const seen = async () =>
    (await listGuideProgress(owner)).map(({ staff, read, of }) => [staff.name, read, of]);
  expect(await seen()).toEqual([
    ['agent@example.com', 1, 9],
    ['analyst@example.com', 0, 5],
    ['owner@example.com', 0, 9],
  ]);
  await expect(listGuideProgress(agent)).rejects.toMatchObject({ code: 'forbidden' });
  await disableStaff(ctx, { email: 'agent@example.com' });
  expect((await seen()).length).toBe(2);
});

test('the business says beside a chapter what its team has to know; the newest counts, nothing takes it away', async () => {
  const { agent, owner } = await openHouse();
  const note = async () => (await getGuide(agent)).find(({ name }) => name === 'till')?.note;
  await setGuideNote(owner, { chapter: 'till', text: 'The key is in the safe.' });
  await setGuideNote(owner, { chapter: 'till', text: 'Olena has the key.' });
  expect(await note()).toBe('Olena has the key.');
  await setGuideNote(owner, { chapter: 'till', text: ' ' });
  expect(await note()).toBeNull();
  await expect(setGuideNote(agent, { chapter: 'till', text: 'Mine' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(setGuideNote(owner, { chapter: 'till', text: 'x'.repeat(3001) })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('Today reminds who came within a month and has not read all', async () => {
  const { agent, shop, ctx } = await openHouse();
  await readChapter(agent, { chapter: 'till' });
  expect(await getGuideReminder(agent)).toEqual({ read: 1, of: 9 });
  for (const { name } of chapters) await readChapter(agent, { chapter: name });
  expect(await getGuideReminder(agent)).toBeNull();
  const { owner } = await openHouse();
  shop.clock.advance(31 * DAY_MS);
  expect(await getGuideReminder({ ...owner, now: ctx.now })).toBeNull();
});

test('the guide is for the team', async () => {
  const { ann, ctx } = await openHouse();
  await expect(getGuide(ann)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(readChapter(ctx, { chapter: 'till' })).rejects.toMatchObject({ code: 'forbidden' });
});
