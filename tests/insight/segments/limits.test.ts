import { expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { countSegment } from '../../../functions/insight/segments/count-segment.ts';
import { getSegment } from '../../../functions/insight/segments/list-segments.ts';
import { setAndAsk } from '../../../functions/insight/segments/set-and-ask.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { askAnew, followSegments } from '../../../functions/insight/segments/work-segments.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const group = (combinator: 'and' | 'or', ...rules: unknown[]) => ({ combinator, not: false, rules });
const bought = (value: number) => ({ field: 'orders.count', operator: '>=', value });
const numbered = (length: number, name: (at: number) => string) =>
  Array.from({ length }, (_, at) => name(at));

test('fifty rules of five hundred values are asked, also where a rule of the programme is for them', async () => {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  const emails = [...numbered(499, (at) => `c${at}@example.com`), 'ann@example.com'];
  const large = group(
    'and',
    ...Array(25).fill({ field: 'customer.email', operator: 'in', value: emails }),
    ...Array(25).fill({
      ...bought(1),
      where: {
        source: [...numbered(99, String), 'shop'],
        sku: numbered(100, (at) => (at === 0 ? 'A' : `${at}`)),
      },
    }),
  );
  const line = { id: '1', sku: 'A', product: 'A', category: 'A', total: { amount: 100, currency: 'EUR' } };
  await shop.order({ source: 'shop', lines: [line] });
  await setSegment(ctx, { id: 'large', definition: large });
  await shop.setRules(moneyBack, { ...moneyBack, id: 'large', for: 'large' });
  const failures = (await runJobs(ctx)).filter(({ failure }) => failure !== null);
  expect(failures).toEqual([]);
  expect((await getSegment(ctx, { id: 'large' })).members).toBe(1);
  expect((await countSegment(ctx, { definition: large })).accounts).toBe(1);
  await runJobs(ctx);
  expect((await verify(ctx)).found).toEqual([]);
});

test('a segment does not grow beyond what those that name it may ask', async () => {
  const { ctx } = await openShop(moneyBack);
  const ids = numbered(12, (at) => `s${at}`);
  for (const id of ids) await setSegment(ctx, { id, definition: group('and', ...Array(30).fill(bought(1))) });
  const named = { field: 'segment', operator: 'in', value: [...ids, ...ids] };
  await setSegment(ctx, { id: 'all', definition: group('and', named) });
  await setSegment(ctx, { id: 's0', definition: group('and', ...Array(50).fill(bought(1))) });
  await setSegment(ctx, { id: 's1', definition: group('and', ...Array(49).fill(bought(1))) });
  await expect(
    setSegment(ctx, { id: 's2', definition: group('and', ...Array(50).fill(bought(1))) }),
  ).rejects.toMatchObject({ errors: [{ path: 'definition.rules', code: 'too_many' }] });
});

test('what happens right after the first segment was said is followed', async () => {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  await shop.order();
  await setAndAsk(ctx, { id: 'buyers', definition: group('and', bought(1)) });
  await shop.order({ email: 'bob@example.com' });
  await workFacts(ctx);
  await followSegments(ctx);
  await askAnew(ctx);
  expect((await getSegment(ctx, { id: 'buyers' })).members).toBe(2);
});
