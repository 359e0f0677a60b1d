import { expect, test } from 'vitest';
import { inSteps } from '../../../functions/money/accounts/in-steps.ts';
import { accountId } from '../../desk/verify/busy-shop.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

test('accounts are looked at together as long as their orders are few, and whoever has many alone', async () => {
  const shop = await openShop(moneyBack);
  const emails = ['ann@example.com', 'bob@example.com', 'cai@example.com'] as const;
  for (const email of [...emails, emails[0], emails[2], emails[2]])
    await shop.order({ email, totals: [1000] });
  const ids = await Promise.all(emails.map((email) => accountId(shop, email)));
  const [ann, bob, cai] = ids;
  const steps = (ordersPerStep?: number) => inSteps(shop.ctx.db, ids, ordersPerStep);
  expect(await steps()).toEqual([[ann, bob, cai]]);
  expect(await steps(5)).toEqual([[ann, bob], [cai]]);
  expect(await steps(3)).toEqual([[ann, bob], [cai]]);
  expect(await steps(2)).toEqual([[ann], [bob], [cai]]);
  expect(await inSteps(shop.ctx.db, [])).toEqual([]);
});
