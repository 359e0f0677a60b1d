import { DAY_MS } from '../../ground/platform/calendar.ts';
import { setMargins } from '../../insight/margins/set-margins.ts';
import { goods } from './goods.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

/** The owner tells what is left of tea and coffee, and corrects coffee when beans grow dearer; of workshops she never said. */
export function marginStories(now: number): DemoHappening[] {
  const tell = (days: number, items: Parameters<typeof setMargins>[1]['items']): DemoHappening => {
    const at = now - days * DAY_MS;
    return {
      at,
      run: async (ctx) => setMargins(await asColleague({ ...ctx, now: () => at }, 'olena'), { items }),
    };
  };
  return [
    tell(200, [
      { kind: 'category', name: goods.house.category, percent: '46' },
      { kind: 'category', name: goods.sencha.category, percent: '58' },
      { kind: 'category', name: goods.mug.category, percent: '32.5' },
      { kind: 'product', name: goods.machine.sku, percent: '18' },
    ]),
    tell(30, [{ kind: 'category', name: goods.house.category, percent: '43.5' }]),
  ];
}
