import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { hideProduct, setRecommendationWish } from '../../insight/recommendations/wishes.ts';
import { workOnProducts } from '../../insight/recommendations/work-on-products.ts';
import { answerQuestion } from '../../people/joining/answer-question.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import { goods } from './goods.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';

const interests = [
  { ...people.anna, answer: 'Green tea, workshops' },
  { ...people.daniel, answer: 'Filter coffee' },
];

/** Anna and Daniel want to be shown what goes with what they bought and say they like. */
export function recommendationStories(now: number): DemoHappening[] {
  return interests.map(({ email, answer }) => ({
    at: now - 16 * DAY_MS,
    run: (ctx) => want(ctx, { email, answer }),
  }));
}

/** What goes together, as of now; Daniel has a grinder already, from elsewhere. */
export async function countProducts(ctx: Context): Promise<void> {
  await workOnProducts(ctx);
  const daniel = await asCustomer(ctx, people.daniel.email);
  if (daniel !== null) await hideProduct(daniel, { key: `s:${goods.grinder.sku}` });
}

async function want(ctx: Context, { email, answer }: { email: string; answer: string }): Promise<void> {
  const customer = await asCustomer(ctx, email);
  if (customer === null) return;
  await answerQuestion(customer, { question: 'interests', answer });
  await setRecommendationWish(customer, { isWanted: true });
}

async function asCustomer(ctx: Context, email: string): Promise<Context | null> {
  const [customer] = await findOwnerByEmail(ctx.db, { email });
  return customer === undefined ? null : { ...ctx, actor: { kind: 'customer', id: customer.id } };
}
