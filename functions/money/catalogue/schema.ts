import { z } from 'zod';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { identifier, money, optionalName, pageCursor } from '../../ground/platform/input.ts';

/** So many products are told at once, and so many are kept. */
const PRODUCTS_AT_ONCE = 200;

/** A product as it is told; without a SKU it is known by its name. */
export const catalogueItem = z.strictObject({
  sku: optionalName(200),
  name: identifier(500),
  category: optionalName(200),
  price: money
    .nullish()
    .transform((told) => told ?? null)
    .meta({ description: 'Of one piece; null where it is told when somebody asks.' }),
  gone: z
    .boolean()
    .default(false)
    .meta({ description: 'Sold no longer: customers who bought it are told so.' }),
});

/** `POST /catalogue` */
export const setCatalogueInput = z.strictObject({
  items: z
    .array(catalogueItem)
    .min(1)
    .max(PRODUCTS_AT_ONCE)
    .meta({ description: 'Each once; those that are not named stay as they are.' }),
});

/** `GET /catalogue` */
export const catalogueQuery = z.strictObject({ cursor: pageCursor.optional() });

export const productListed = z
  .object({
    sku: z.string().nullable(),
    name: z.string(),
    category: z.string().nullable(),
    price: moneyAnswer.nullable(),
    gone: z.boolean(),
  })
  .meta({ id: 'CatalogueProduct' });

export const catalogueSet = z.object({ set: z.int(), unchanged: z.int() });
export type CatalogueSet = z.output<typeof catalogueSet>;

export const setCatalogueExample = {
  items: [
    {
      sku: 'TEA-SENCHA-100',
      name: 'Sencha, 100 g',
      category: 'Tea',
      price: { amount: 1250, currency: 'EUR' },
    },
    { sku: 'TEA-ASSAM-100', name: 'Assam, 100 g', category: 'Tea', gone: true },
  ],
};
