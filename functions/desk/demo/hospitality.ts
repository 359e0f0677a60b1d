import { decideHospitality } from '../../care/hospitality/decide-hospitality.ts';
import { recordHospitality } from '../../care/hospitality/record-hospitality.ts';
import type { RecordInput } from '../../care/hospitality/schema.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { placeOf } from './club-acts.ts';
import { type Person, people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

type Giver = Parameters<typeof asColleague>[1];
type Given = Pick<RecordInput, 'kind' | 'purpose'> & { to: Person; by: Giver; amount: number };

/** A lunch, two gifts, and a dinner over the limit that waits for a second person. */
export function hospitalityStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => {
    const moment = now - days * DAY_MS;
    return { at: moment, run: (ctx) => run({ ...ctx, now: () => moment }) };
  };
  const { anna, marta, tom, viktor } = people;
  let hamper = '';
  return [
    at(26, async (ctx) => {
      const purpose = 'Lunch, to plan the studio’s orders for the year';
      await give(ctx, { to: marta, by: 'maryna', kind: 'entertainment', purpose, amount: 3800 });
    }),
    at(19, async (ctx) => {
      const purpose = 'Thanks for bringing three friends';
      await give(ctx, { to: anna, by: 'petro', kind: 'gift', purpose, amount: 1800 });
    }),
    at(12, async (ctx) => {
      const purpose = 'A hamper, for ten years of custom';
      hamper = await give(ctx, { to: viktor, by: 'petro', kind: 'gift', purpose, amount: 5500 });
    }),
    at(11, async (ctx) => {
      const reason = 'Ten years come round once.';
      await decideHospitality(await asColleague(ctx, 'maryna'), { id: hamper, outcome: 'approved', reason });
    }),
    at(2, async (ctx) => {
      const purpose = 'Dinner after the fair';
      await give(ctx, { to: tom, by: 'olena', kind: 'entertainment', purpose, amount: 7400 });
    }),
  ];
}

async function give(ctx: Context, { to, by, amount, ...what }: Given): Promise<string> {
  const giver = await asColleague(ctx, by);
  const [{ customerId }, { currency }] = await Promise.all([placeOf(ctx, to.email), getBusiness(ctx)]);
  const { id } = await recordHospitality(giver, {
    ...what,
    customer: customerId,
    giver: `${by}@fernandkettle.example`,
    worth: { amount, currency: currency ?? '' },
  });
  return id;
}
