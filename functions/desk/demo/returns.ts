import { getReturnable } from '../../care/returns/read-asked.ts';
import { requestReturn } from '../../care/returns/request-return.ts';
import { returnTerms, writeTerms } from '../../care/returns/terms.ts';
import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import { setPolicy } from '../../money/business/policies.ts';
import type { DemoOrder } from './demo-order.ts';
import { ownContext } from './own-context.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';

const terms = writeTerms({
  days: 30,
  creditBonus: '5',
  rules: [
    { categories: ['Tea', 'Coffee'], days: 14 },
    { categories: ['Gift cards'], days: null },
    { levels: ['advocate'], days: 60 },
  ],
  how: {
    en: 'Bring it to 14 Tanner Yard, or send it there with the label.',
    uk: 'Принесіть на 14 Tanner Yard або надішліть туди з етикеткою.',
  },
});

/** On what terms the shop takes things back, and what Anna wants to give back of what she bought last. */
export function returnStories(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const told = (at: number, run: DemoHappening['run']): DemoHappening => ({
    at,
    run: (ctx) => run({ ...ctx, now: () => at }),
  });
  const own = orders
    .filter(({ email, account }) => email === people.anna.email && account === null)
    .toSorted((a, b) => b.placedAt.at - a.placedAt.at);
  return [
    told(now - 60 * DAY_MS, (ctx) => setPolicy(ctx, returnTerms.key, terms)),
    told(now - 3 * HOUR_MS, async (ctx) => {
      const anna = await ownContext(ctx, people.anna.email);
      for (const { source, number } of own) {
        const { lines } = await getReturnable(anna, { source, number });
        const line = lines.find(({ reason }) => reason === null);
        if (line === undefined) continue;
        const quantity = Math.min(1, line.leftMilli / 1000);
        const asked = { line: line.lineId, quantity, reason: 'not_as_described' as const };
        const note = 'It tastes of smoke, and the label says flowers.';
        const request = { order: { source, number }, lines: [asked], outcome: 'credit' as const, note };
        await requestReturn(anna, request, { key: 'demo-return' });
        return;
      }
    }),
  ];
}
