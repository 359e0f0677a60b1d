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
    'Leaves the last purchase of each account out, counts what goes together in all the rest, and compares what would have\n' +
    'been recommended on that day with it: how often one of five was bought, against the five most popular. Writes nothing.',
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
  run: (call) =>
    withContext(call.defaults, async (ctx) => {
      const [customer] = (await findCustomers(ctx, { email: knownEmail(call.argument(0)) ?? '' })).items;
      if (customer === undefined) throw new AppError('not_found', 'There is no customer with this email.');
      const accountId = call.text('account') ?? customer.accounts[0]?.id ?? null;
      const asked = { customerId: customer.id, accountId, limit: SHOWN };
      const found = await listRecommendations(ctx, asked);
      await call.io.answer(found, recommendationLines(found));
      return 0;
    }),
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
  no_products: 'no order line names a product or an SKU',
  one_product: 'there is only one product',
  too_few_accounts: 'no product was bought by five accounts',
  nothing_together: 'no two products were bought together by more than chance',
};

const nothingLine = (reason: NothingReason) => `There is nothing to recommend: ${nothings[reason]}.`;

function evaluationLines({
  accounts,
  tried,
  products,
  pairs,
  hits,
  interestHits,
  lift,
  nothing,
}: RecommendationTrial): string[] {
  const counted = `${accounts} accounts, ${products} products, ${pairs} pairs that stand out.`;
  if (nothing !== null || hits === null) return [counted, nothingLine(nothing ?? 'too_few_accounts')];
  return [
    counted,
    `Tried on the last purchase of ${tried} accounts; one of five was in it:`,
    `  recommended                     ${share(hits.recommended)}`,
    `  most popular                    ${share(hits.mostPopular)}`,
    `  most popular not bought before  ${share(hits.mostPopularNew)}`,
    ...interestLines(interestHits),
    lift === null ? 'What is popular never hit.' : `That is ${lift.toFixed(2)} times the better of the two.`,
  ];
}

const share = (of: number) => `${(100 * of).toFixed(1)} %`;

const interestLines = (hits: InterestHits | null) =>
  hits === null
    ? []
    : [
        `  of ${hits.tried} that say what they like     ${share(hits.recommended)}, without that ${share(hits.withoutInterests)}`,
        '  (by what they answered; own fields of interestFields are left out here)',
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
