import { z } from 'zod';
import { instantAnswer } from '../../ground/platform/answer.ts';
import { identifier } from '../../ground/platform/input.ts';

export const recommendationsQuery = z.strictObject({
  account: identifier(200)
    .optional()
    .meta({ description: 'The id of one of the customer’s accounts; needed when they have several.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(5)
    .meta({ description: 'How many at the most, the likeliest first.' }),
});

const productAnswer = z.object({
  key: z.string().meta({ description: 'What the product is known by here: its SKU, else its name.' }),
  sku: z.string().nullable(),
  name: z.string(),
});

const pairedReason = z.object({
  code: z.enum(['bought_with', 'went_on_to']),
  because: productAnswer.meta({ description: 'What the account has.' }),
  buyers: z.int().meta({ description: 'How many accounts bought that.' }),
  together: z.int().meta({ description: 'How many of them bought both.' }),
  later: z.int().meta({ description: 'How many of these bought the recommended product on a later day.' }),
  chance: z.number().meta({ description: 'How many would have bought both by chance.' }),
});

const dueReason = z.object({
  code: z.literal('due'),
  everyDays: z.int().meta({ description: 'The usual interval in days.' }),
  isOwn: z
    .boolean()
    .meta({ description: 'Whether it is the account’s own; else that of all who buy the product again.' }),
  times: z.int().meta({ description: 'On how many days the account bought it.' }),
  dueOn: z.string().meta({ format: 'date', description: 'The day on which it is due again.' }),
});

const likedReason = z.object({
  code: z.literal('liked'),
  buyers: z.int().meta({ description: 'How many accounts bought the product.' }),
  accounts: z.int().meta({ description: 'Of how many that bought anything.' }),
});

const recommendationExample = {
  key: 's:EQ-301',
  sku: 'EQ-301',
  name: 'Filter papers, 100',
  url: 'https://shop.example/products/EQ-301',
  interest: 'filter coffee',
  reason: {
    code: 'bought_with' as const,
    because: { key: 's:EQ-335', sku: 'EQ-335', name: 'Gooseneck kettle' },
    ...{ buyers: 84, together: 41, later: 22, chance: 12.4 },
  },
};

export const recommendationsAnswer = z
  .object({
    items: z.array(
      productAnswer.extend({
        url: z.string().nullable(),
        interest: z
          .string()
          .nullable()
          .meta({ description: 'What they said they like that the product is of, in their words.' }),
        reason: z.union([pairedReason, dueReason, likedReason]),
      }),
    ),
    countedAt: instantAnswer
      .nullable()
      .meta({ description: 'When it was last counted what goes together; null before the first time.' }),
    nothing: z
      .enum(['no_products', 'one_product', 'too_few_accounts', 'nothing_together'])
      .nullable()
      .meta({ description: 'Why nobody can be recommended anything yet.' }),
    isWanted: z
      .boolean()
      .meta({ description: 'Whether the customer asked to see recommendations on their own pages.' }),
  })
  .meta({
    id: 'Recommendations',
    examples: [
      {
        items: [recommendationExample],
        ...{ countedAt: '2026-03-01T04:00:05Z', nothing: null, isWanted: true },
      },
    ],
  });
