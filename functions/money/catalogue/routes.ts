import { Hono } from 'hono';
import type { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { type CatalogueProduct, listCatalogue } from './list-catalogue.ts';
import {
  catalogueQuery,
  catalogueSet,
  productListed,
  setCatalogueExample,
  setCatalogueInput,
} from './schema.ts';
import { setCatalogue } from './set-catalogue.ts';

/** `/catalogue` of the API. */
export const catalogueRoutes = new Hono<ApiEnv>()
  .get(
    '/catalogue',
    reading({
      tag: 'Orders',
      scope: 'orders:read',
      summary: 'What the business lists for order forms, with prices and what is gone',
      params: nothing,
      query: catalogueQuery,
      answer: listAnswer(productListed),
      success: { 200: 'By SKU, then those without one by name.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { items, nextCursor } = await listCatalogue(ctx, { cursor: query.cursor ?? null });
        return { items: items.map(toListed), nextCursor };
      },
    }),
  )
  .post(
    '/catalogue',
    writing({
      tag: 'Orders',
      scope: 'settings:write',
      summary: 'List products, or tell what changed of them',
      params: nothing,
      body: setCatalogueInput,
      example: setCatalogueExample,
      answer: catalogueSet,
      success: { 200: 'In force from now on.' },
      refusals: ['validation_failed'],
      run: async (ctx, { body, options }) => ({
        status: 200,
        answer: await setCatalogue(ctx, body, options),
      }),
    }),
  );

function toListed(product: CatalogueProduct): z.output<typeof productListed> {
  const { sku, name, category, priceMinor, currency, goneAt } = product;
  const price = priceMinor === null || currency === null ? null : { amount: Number(priceMinor), currency };
  return { sku, name, category, price, gone: goneAt !== null };
}
