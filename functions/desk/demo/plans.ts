import { addOwnDay } from '../../care/occasions/days.ts';
import { setOccasion } from '../../care/occasions/set-occasion.ts';
import { tellOccasions } from '../../care/occasions/tell-occasions.ts';
import { giveTasks } from '../../care/plans/give-tasks.ts';
import type { PlanInput } from '../../care/plans/schema.ts';
import { setPlan } from '../../care/plans/set-plan.ts';
import { dayOf, instantOfLocal } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { correctCustomer } from '../../people/customers/correct-customer.ts';
import { answerQuestion } from '../../people/joining/answer-question.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { demoTimeZone } from './demo-order.ts';
import { type Person, people } from './people.ts';
import type { DemoHappening } from './spending.ts';
import { asColleague } from './team.ts';

const BIRTHDAY_PASSED_DAYS = 5;

/** Birthdays and other days: one that was told with its gift, and some that come soon. */
export function occasionStories(now: number): DemoHappening[] {
  const dayIn = (days: number) => dayOf(now + days * DAY_MS, demoTimeZone).slice(5);
  const morning = instantOfLocal(
    `${dayOf(now - BIRTHDAY_PASSED_DAYS * DAY_MS, demoTimeZone)}T09:00:00.000`,
    demoTimeZone,
  );
  const set: DemoHappening['run'] = async (ctx) => {
    const olena = await asColleague({ ...ctx, now: () => now - 20 * DAY_MS }, 'olena');
    const plain = { amount: '', minimum: '', months: null } as const;
    await setOccasion(olena, {
      ...{
        ...plain,
        kind: 'birthday',
        isOn: true,
        audience: 'everybody',
        giftForm: 'credit',
        amount: '5.00',
      },
    });
    await setOccasion(olena, { ...plain, kind: 'own', isOn: true, audience: 'everybody', giftForm: 'none' });
    const days: [Person, number][] = [
      [people.tom, -BIRTHDAY_PASSED_DAYS],
      [people.viktor, 6],
      [people.daniel, 17],
    ];
    for (const [person, days_ahead] of days)
      await answerQuestion(await as(ctx, person), { question: 'birthday', answer: dayIn(days_ahead) });
    const marta = await as(ctx, people.marta);
    await addOwnDay(marta, {
      customerId: marta.actor.id,
      name: 'The studio opened',
      day: dayIn(11),
      year: 2016,
    });
  };
  return [
    { at: now - 20 * DAY_MS, run: set },
    { at: morning, run: async (ctx) => void (await tellOccasions({ ...ctx, now: () => morning })) },
  ];
}

const telephones: readonly [Person, string][] = [
  [people.anna, '+44 20 7946 0131'],
  [people.daniel, '+44 20 7946 0132'],
  [people.marta, '+44 20 7946 0133'],
  [people.viktor, '+44 20 7946 0134'],
];

const plans: readonly PlanInput[] = [
  {
    ...{ id: null, what: 'Ask how the coffee is, and whether we keep what we promised', audience: 'premium' },
    ...{ level: null, channel: 'phone', purpose: 'service', intervalDays: 60, mostPerDay: 3, staff: null },
  },
  {
    ...{ id: null, what: 'What is new in the roastery', audience: 'buyer', level: 'first', channel: 'post' },
    ...{ purpose: 'news', intervalDays: 180, mostPerDay: 2, staff: 'petro@fernandkettle.example' },
  },
  {
    ...{ id: null, what: 'How to choose beans', audience: 'enquirer', level: null, channel: 'mail' },
    ...{ purpose: 'news', intervalDays: 30, mostPerDay: 1, staff: 'maryna@fernandkettle.example' },
  },
];

/** How often each group hears from the roastery, and what that asks for today; once it is known who is in which. */
export async function keepPlans(ctx: Context): Promise<void> {
  const olena = await asColleague(ctx, 'olena');
  for (const [person, phone] of telephones) {
    const { actor } = await as(ctx, person);
    await correctCustomer(ctx, { customerId: actor.id, phone });
  }
  for (const plan of plans) await setPlan(olena, plan);
  await giveTasks(ctx);
}

async function as(
  ctx: Context,
  { email }: Person,
): Promise<Context & { actor: { kind: 'customer'; id: string } }> {
  const [owner] = await findOwnerByEmail(ctx.db.fresh, { email });
  assert(owner !== undefined, 'the demo knows its people');
  return { ...ctx, actor: { kind: 'customer', id: owner.id } };
}
