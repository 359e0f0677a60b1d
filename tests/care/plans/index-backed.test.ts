import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { getCalendar } from '../../../functions/care/plans/get-calendar.ts';
import { giveTasks } from '../../../functions/care/plans/give-tasks.ts';
import { listDue } from '../../../functions/care/plans/list-due.ts';
import { listHeard } from '../../../functions/care/plans/list-heard.ts';
import { listPlans } from '../../../functions/care/plans/list-plans.ts';
import type { PlanRow } from '../../../functions/care/plans/queries.ts';
import { nextSlice } from '../../../functions/care/plans/walk.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { openShop } from '../../support/shop.ts';
import { createTestStore } from '../../support/test-store.ts';

test.each([
  ['tasks are given', (ctx: Context) => giveTasks(ctx)],
  ['plans are shown', (ctx: Context) => listPlans(ctx)],
  ['a month is shown', (ctx: Context) => getCalendar(ctx, { month: null })],
  ['it is shown who has heard enough', (ctx: Context) => listHeard(ctx)],
])('where %s, neither all tasks nor all customers are gone through', async (_what, read) => {
  const { ctx } = await openShop();
  const steps = await stepsIn(ctx.db, (db: Store) => read({ ...ctx, db: { ...db, fresh: db } }));
  const scans = steps
    .flat()
    .filter((step) => /^SCAN (t|contact_tasks|c|customers|n|tellings|o|contacts)\b/.test(step));
  expect(scans).toEqual([]);
});

test('of many accounts only those of a slice are looked at', async () => {
  const db = await createTestStore();
  const plan: PlanRow = {
    ...({ audience: 'buyer', channel: 'phone', purpose: 'service' } as const),
    ...{ id: 'p', what: 'Ask', level: null },
    ...{ intervalDays: 30, mostPerDay: 10, staffId: null, sinceDay: '2026-03-01', at: 1, actor: 'system:x' },
    ...{ endedAt: null, endedBy: null },
  };
  const terms = { today: '2026-03-01', timeZone: 'Europe/Kyiv', currency: 'EUR', limit: 500, after: null };
  const steps = await stepsIn(db, async (own) => {
    const within = await nextSlice(own, { behind: 'a' });
    await listDue(own, plan, { ...terms, within: { ...within, upTo: 'b' } });
  });
  expect(steps[0]).toEqual([expect.stringMatching(/^SEARCH a USING .*\(id>\?\)$/)]);
  expect(steps[1]).toContainEqual(expect.stringMatching(/^SEARCH a USING .*\(id>\? AND id<\?\)$/));
  expect(steps[1]?.filter((step) => /^SCAN [a-wyz]\b/.test(step))).toEqual([]);
});
