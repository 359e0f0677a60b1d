import { expect, test } from 'vitest';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice } from './two-in-one.ts';

const twice = { combinator: 'and', rules: [{ field: 'orders.count', operator: '>=', value: 2 }] };

/** A rule for who ordered twice; the old address did, and earned 500 with each of two orders since. */
async function openFaithful() {
  const shop = await openTwice(moneyBack);
  const { ctx, clock } = shop;
  await setSegment(ctx, { id: 'twice', definition: twice });
  await shop.setRules({ ...moneyBack, for: 'twice' });
  const buy = (number: string, email: string) => {
    clock.advance(1000);
    const placedAt = new Date(clock.now()).toISOString();
    return shop.order({ number, email, placedAt, totals: [10_000] });
  };
  const own = await buy('W-own', ann);
  await buy('W-a', old);
  await buy('W-b', old);
  clock.advance(1000);
  await runJobs(ctx);
  await buy('W-c', old);
  const other = await buy('W-d', old);
  clock.advance(1000);
  const returns = async (number: string) => {
    await shop.event(number, { status: 'cancelled' });
    await runJobs(ctx);
  };
  return { ...shop, buy, returns, own, other };
}

test('what a segment’s rule earned is taken back of the survivor by a return', async () => {
  const shop = await openFaithful();
  await shop.merge();
  expect(await shop.balanceOf(shop.own.customerId)).toEqual([1000, 0]);
  expect(await shop.rows('SELECT count(*) FROM bonuses')).toEqual(['0']);
  await shop.returns('W-d');
  expect(await shop.balanceOf(shop.own.customerId)).toEqual([500, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('each has their own times in segments again once a merge is undone', async () => {
  const shop = await openFaithful();
  const { id } = await shop.merge();
  await runJobs(shop.ctx);
  await shop.buy('W-late', ann);
  expect(await shop.balanceOf(shop.own.customerId)).toEqual([1500, 0]);
  await shop.undo(id);
  expect(await shop.balanceOf(shop.other.customerId)).toEqual([1000, 0]);
  await shop.returns('W-d');
  expect(await shop.balanceOf(shop.other.customerId)).toEqual([500, 0]);
  expect(await shop.balanceOf(shop.own.customerId)).toEqual([500, 0]);
  expect(await shop.differences()).toEqual([]);
});

test('a rule that comes to be for a segment goes by what was merged before', async () => {
  const shop = await openTwice(moneyBack);
  const { ctx } = shop;
  await setSegment(ctx, { id: 'twice', definition: twice });
  await shop.buys(old, 100, 100);
  await runJobs(ctx);
  await shop.buys(ann, 100);
  await shop.buys('third@example.com', 100);
  await shop.merge();
  await shop.merge('third@example.com', ann);
  await shop.setRules(moneyBack, { ...moneyBack, id: 'later', for: 'twice' });
  await runJobs(ctx);
  const kept = await shop.rows("SELECT count(*) FROM accounts WHERE segment_spans LIKE '%twice%'");
  expect(kept).toEqual(['3']);
  expect(await shop.differences()).toEqual([]);
});
