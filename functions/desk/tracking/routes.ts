import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, writing } from '../../ground/http/endpoint.ts';
import { orderKey } from '../../money/orders/schema.ts';
import { endOrderLinks } from './end-links.ts';
import { keptOrderLink, makeOrderLink } from './make-link.ts';
import { endedLinksAnswer, orderLinkAnswer } from './schema.ts';

/** Links that open one order, of `/orders` of the API. */
export const trackingRoutes = new Hono<ApiEnv>()
  .post(
    '/orders/:source/:number/links',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Make a link that opens an order without signing in',
      params: orderKey,
      body: nothing,
      example: {},
      answer: orderLinkAnswer,
      success: { 201: 'The link, as mails about the order carry it.' },
      refusals: ['not_found'],
      kept: keptOrderLink,
      run: async (ctx, { params, options }) => ({
        status: 201,
        answer: await makeOrderLink(ctx, params, options),
      }),
    }),
  )
  .post(
    '/orders/:source/:number/links/end',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'End all links that open an order',
      params: orderKey,
      body: nothing,
      example: {},
      answer: endedLinksAnswer,
      success: { 201: 'No link made so far opens it any more.' },
      refusals: ['not_found'],
      run: async (ctx, { params, options }) => ({
        status: 201,
        answer: await endOrderLinks(ctx, params, options),
      }),
    }),
  );
