import { answerOrderRequest } from '../../care/order-requests/answer-request.ts';
import { requestOrder } from '../../care/order-requests/request-order.ts';
import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import { setCatalogue } from '../../money/catalogue/set-catalogue.ts';
import { goods } from './goods.ts';
import { ownContext } from './own-context.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

const nothing = { accountId: null, order: null, ownReference: null, wishedOn: null, note: null };

/** What the shop lists, with sencha dearer than it was and the lever machine gone; what Anna asked for, and is waiting for. */
export function requestStories(now: number): DemoHappening[] {
  const told = (at: number, run: DemoHappening['run']): DemoHappening => ({
    at,
    run: (ctx) => run({ ...ctx, now: () => at }),
  });
  return [
    told(now - 100 * DAY_MS, async (ctx) => {
      const listed = Object.entries(goods).filter(([good]) => good !== 'giftCard' && good !== 'workshop');
      const items = listed.map(([good, { sku, product, category, price }]) => ({
        ...{ sku, name: product, category, gone: good === 'machine' },
        price: { amount: good === 'sencha' ? price + 80 : price, currency: 'GBP' },
      }));
      await setCatalogue(await asColleague(ctx, 'olena'), { items });
    }),
    told(now - 40 * DAY_MS, async (ctx) => {
      const anna = await ownContext(ctx, people.anna.email);
      const lines = [{ product: `s:${goods.house.sku}`, quantity: 2 }];
      const { id } = await requestOrder(anna, { ...nothing, kind: 'again', lines, key: 'demo-again' });
      const text = 'Your two bags lie at the counter from Thursday on.';
      await answerOrderRequest(await asColleague(ctx, 'olena'), { id, order: null, text });
    }),
    told(now - 5 * HOUR_MS, async (ctx) => {
      const anna = await ownContext(ctx, people.anna.email);
      const lines = [
        { product: `s:${goods.espresso.sku}`, quantity: 4 },
        { product: `s:${goods.sencha.sku}`, quantity: 1 },
      ];
      const note = 'For the reading circle: please wrap the sencha.';
      await requestOrder(anna, {
        ...nothing,
        kind: 'again',
        lines,
        ownReference: 'Circle 7',
        note,
        key: 'demo-waits',
      });
    }),
  ];
}
