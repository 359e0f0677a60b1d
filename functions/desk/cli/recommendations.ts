import { knownEmail } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { NothingReason } from '../../insight/recommendations/choose.ts';
import { evaluateRecommendations } from '../../insight/recommendations/evaluate-recommendations.ts';
import type { InterestHits, RecommendationTrial } from '../../insight/recommendations/hit-rate.ts';
import {
  type CustomerRecommendations,
  listRecommendations,
} from '../../insight/recommendations/list-recommendations.ts';
import type { Recommendation } from '../../insight/recommendations/recommend.ts';
import { rebuildProducts } from '../../insight/recommendations/work-on-products.ts';
import { findCustomers } from '../../people/customers/find-customers.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { openProgress } from './progress.ts';

const SHOWN = 10;

export const evaluate: Command = {
  arguments: [],
  options: {},
  about:
    'How good recommendations are on your own orders: leaves the last purchase of each customer out, counts what goes together\n' +
    'in all the rest, and looks how often one of five recommended products was in that purchase, against the five most\n' +
    'popular. Writes nothing.',
  examples: ['recommendations evaluate', 'recommendations evaluate --json'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const progress = openProgress(io, 'accounts');
      const found = await evaluateRecommendations(ctx, (done) =>
        progress.show('Reading', done, null),
      ).finally(progress.end);
      await io.answer(found, evaluationLines(found));
      return 0;
    }),
};

export const show: Command = {
  arguments: ['EMAIL'],
  options: {
    account: {
      summary: 'Which of their accounts, where they have several; else the first, their own',
      value: 'ID',
    },
  },
  about: 'What to recommend to a customer, the likeliest first, with the reason and the counts behind it.',
  examples: ['recommendations show ann@example.com', 'recommendations show ann@example.com --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const [customer] = (await findCustomers(ctx, { email: knownEmail(call.argument(0)) ?? '' })).items;
        if (customer === undefined) throw new AppError('not_found', 'There is no customer with this email.');
        const accountId = call.text('account') ?? customer.accounts[0]?.id ?? null;
        const asked = { customerId: customer.id, accountId, limit: SHOWN };
        const found = await listRecommendations(ctx, asked);
        await call.io.answer(found, recommendationLines(found));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const rebuild: Command = {
  arguments: [],
  options: {},
  about:
    'Counts anew which products go together, from the orders of the last two years; by itself this happens at night.\n' +
    'What was found before holds meanwhile.',
  examples: ['recommendations rebuild'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const progress = openProgress(io, 'accounts');
      let counted = { accounts: 0, products: 0, pairs: 0 };
      await rebuildProducts(ctx, ({ accounts, products, pairs }) => {
        counted = { accounts, products, pairs };
        progress.show('Counting', accounts, null);
      }).finally(progress.end);
      await io.answer(counted, [
        `${counted.accounts} accounts, ${counted.products} products, ${counted.pairs} pairs that stand out.`,
      ]);
      return 0;
    }),
};

const nothings: Record<NothingReason, string> = {
  no_products: 'no order line names a product or an SKU, so nobody knows what was bought',
  one_product: 'all orders are of one product, and it takes two to go together',
  too_few_accounts: 'no product was bought by five accounts, which is too few to tell chance from habit',
  nothing_together: 'no two products were bought together by more than chance',
};

const nothingLine = (reason: NothingReason) => `There is nothing to recommend: ${nothings[reason]}.`;

function evaluationLines(trial: RecommendationTrial): string[] {
  const { accounts, tried, products, pairs, at, hits, interestHits, lift, nothing } = trial;
  const seen = [
    `${accounts} customers bought something within two years, ${products} different ${products === 1 ? 'product' : 'products'} in all.`,
  ];
  if (nothing !== null || hits === null)
    return [
      ...seen,
      nothingLine(nothing ?? 'too_few_accounts'),
      'So nothing was tried, and no page shows any recommendation.',
    ];
  return [
    ...seen,
    `${pairs} pairs of products are bought together more often than by chance (A with B and B with A count as two).`,
    `Held out: the last purchase of ${tried} customers, all who had bought before it. What would have been recommended on that day,`,
    'from what was bought until then, is compared with it.',
    '',
    `Hit rate at ${at}: the share of these purchases with at least one of ${at} products that were offered.`,
    `  recommended for each customer            ${rate(hits.recommended, tried)}`,
    `  the ${at} most popular, to everybody         ${rate(hits.mostPopular, tried)}`,
    `  the ${at} most popular not bought before     ${rate(hits.mostPopularNew, tried)}`,
    ...interestLines(interestHits),
    '',
    liftLine(lift),
  ];
}

const share = (of: number) => `${(100 * of).toFixed(1)} %`;

const rate = (of: number, tried: number) =>
  `${share(of).padStart(7)}  (${Math.round(of * tried)} of ${tried})`;

function liftLine(lift: number | null): string {
  if (lift === null) return 'What is popular was never in these purchases, so the two cannot be compared.';
  const times = `Recommendations hit ${lift.toFixed(2)} times as often as the better of the two lists of popular products`;
  return lift > 1 ? `${times}.` : `${times}: here popularity guesses as well or better.`;
}

const interestLines = (hits: InterestHits | null) =>
  hits === null
    ? []
    : [
        `Of the ${hits.tried} who told what they like (own fields of the setting interestFields are left out here):`,
        `  recommended with what they like          ${rate(hits.recommended, hits.tried)}`,
        `  recommended without it                   ${rate(hits.withoutInterests, hits.tried)}`,
      ];

function recommendationLines({ items, countedAt, nothing, isWanted }: CustomerRecommendations): string[] {
  if (countedAt === null) return ['Nothing is counted yet: recommendations rebuild, or the next night.'];
  const wish = isWanted
    ? 'They asked to see recommendations.'
    : 'They have not asked to see recommendations.';
  if (items.length === 0)
    return [nothing === null ? 'Nothing stands out for them.' : nothingLine(nothing), wish];
  return [...items.map((item) => `${item.name}: ${reasonLine(item)}${likedLine(item)}`), wish];
}

const likedLine = ({ interest, reason }: Recommendation) =>
  interest === null || reason.code === 'liked' ? '' : `; and they like ${interest}`;

function reasonLine({ reason, interest }: Recommendation): string {
  if (reason.code === 'liked')
    return `they like ${interest ?? ''}; ${reason.buyers} of ${reason.accounts} accounts bought it`;
  if (reason.code === 'due') {
    const whose = reason.isOwn ? `they buy it about every` : `usually bought again after about`;
    return `${whose} ${reason.everyDays} days; due around ${reason.dueOn}`;
  }
  const { because, buyers, together, later, chance } = reason;
  const of = `of ${buyers} accounts that bought ${because.name}`;
  return reason.code === 'bought_with'
    ? `${of}, ${together} bought both; by chance ${chance.toFixed(1)} would have`
    : `${of}, ${later} bought it on a later day; by chance ${chance.toFixed(1)} would have bought both`;
}
