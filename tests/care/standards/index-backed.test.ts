import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { getKeptStandards } from '../../../functions/care/standards/kept/get-kept.ts';
import { thankKept } from '../../../functions/care/standards/kept/thank-kept.ts';
import { getProcedureProgress } from '../../../functions/care/standards/procedures/get-progress.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { openHouse, tell } from '../../voice/feedback/house.ts';

test.each([
  [
    'what was kept is counted',
    (ctx: Context) => getKeptStandards(ctx, { period: 'year', since: '', until: '' }),
  ],
  ['staff are thanked', (ctx: Context) => thankKept(ctx)],
  [
    'a case is shown',
    (ctx: Context, aboutId: string) => getProcedureProgress(ctx, { about: 'case', aboutId }),
  ],
])('where %s, neither all cases nor all contacts are gone through', async (_what, read) => {
  const { ctx, ann } = await openHouse();
  const { id } = await tell(ann);
  const steps = await stepsIn(ctx.db, (db: Store) => read({ ...ctx, db: { ...db, fresh: db } }, id));
  const scans = steps
    .flat()
    .filter((step) => /^SCAN (k|contacts|c|cases|r|case_replies|f|feedback|procedure_ticks)\b/.test(step));
  expect(scans).toEqual([]);
});
