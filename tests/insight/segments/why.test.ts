import { expect, test } from 'vitest';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { explainMember } from '../../../functions/insight/segments/explain-member.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

test('says of nobody that they are in who cannot be', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const rules = [{ field: 'feedback.openCases', operator: '=', value: 0 }];
  await setSegment(ctx, { id: 'quiet', definition: { combinator: 'and', rules } });
  const { accountId } = await order();
  const isIn = async (id: string) => (await explainMember(ctx, { id: 'quiet', accountId: id })).holds;
  expect(await isIn(accountId)).toBe(false);
  await workFacts(ctx);
  expect(await isIn(accountId)).toBe(true);
  await expect(isIn('nobody')).rejects.toMatchObject({ code: 'not_found' });
  await ctx.db.write([{ sql: 'UPDATE accounts SET withdrawn_at = 1', args: [] }]);
  await expect(isIn(accountId)).rejects.toMatchObject({ code: 'not_found' });
});
