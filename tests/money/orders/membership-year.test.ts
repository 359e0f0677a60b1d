import { expect, it } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const yearly = { ...moneyBack, period: 'membership-year', from: '2020-01-01' };

async function balance({ ctx }: Shop): Promise<number> {
  const [row] = await ctx.db.read({ sql: 'SELECT balance_minor FROM accounts WHERE id = root_id', args: [] });
  return Number(row?.[0]);
}

it('moves what was earned when an earlier order moves the joining day, without paying twice', async () => {
  const shop = await openShop(yearly);
  await shop.order({ placedAt: '2025-06-01T10:00:00Z', totals: [10000] });
  await adjust(shop.ctx, { account: 'ann@example.com', amount: -500n, reason: 'spent' });
  expect(await balance(shop)).toBe(0);
  await shop.order({ placedAt: '2024-08-01T10:00:00Z', totals: [100] });
  expect(await balance(shop)).toBe(0);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

it('leaves other credit alone when what moves is over already', async () => {
  const shop = await openShop({ ...yearly, expires: { months: 12 } });
  await shop.order({ placedAt: '2024-06-01T10:00:00Z', totals: [10000] });
  await adjust(shop.ctx, { account: 'ann@example.com', amount: 500n, reason: 'goodwill' });
  expect(await balance(shop)).toBe(500);
  await shop.order({ placedAt: '2023-08-01T10:00:00Z', totals: [100] });
  expect(await balance(shop)).toBe(500);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});
