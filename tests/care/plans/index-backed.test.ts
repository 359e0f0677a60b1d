import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { getCalendar } from '../../../functions/care/plans/get-calendar.ts';
import { giveTasks } from '../../../functions/care/plans/give-tasks.ts';
import { listHeard } from '../../../functions/care/plans/list-heard.ts';
import { listPlans } from '../../../functions/care/plans/list-plans.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { openShop } from '../../support/shop.ts';

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
