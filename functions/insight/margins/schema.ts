import { z } from 'zod';
import { pageCursor } from '../../ground/platform/input.ts';
import { type Margin, marginKinds, percentOf } from './margins.ts';
import { marginItem } from './plan-margins.ts';
import { MARGINS_AT_ONCE } from './set-margins.ts';

/** `GET /margins` */
export const marginsQuery = z.strictObject({
  kind: z.enum(marginKinds).optional().meta({ description: 'Those of one kind alone.' }),
  cursor: pageCursor.optional(),
});

export const marginAnswer = z
  .object({
    kind: z.enum(marginKinds).meta({
      description:
        'A SKU or the name of a product goes before its category, and that before `rest`: all that nothing else is told of.',
    }),
    name: z.string().meta({
      description: 'As lines of orders tell it; empty for `rest`, and for lines that tell no category.',
    }),
    percent: z.string().meta({
      description: 'What of a hundred of net spend is left when the goods are paid for: −100 to 100.',
      examples: ['27.5'],
    }),
  })
  .meta({ id: 'Margin' });

export const toMarginAnswer = ({ kind, name, bps }: Margin): z.output<typeof marginAnswer> => ({
  ...{ kind, name },
  percent: percentOf(bps),
});

/** `POST /margins` */
export const setMarginsInput = z.strictObject({
  items: z.array(marginItem).min(1).max(MARGINS_AT_ONCE).meta({
    description: 'Those that are not named stay as they are; `percent: null` takes one away.',
  }),
});

export const setMarginsExample = {
  items: [
    { kind: 'rest', percent: '35' },
    { kind: 'category', name: 'Tea', percent: '40' },
    { kind: 'product', name: 'TEA-SENCHA-100', percent: '27.5' },
  ],
};

export const marginsSetAnswer = z.object({ set: z.int(), removed: z.int(), unchanged: z.int() });
