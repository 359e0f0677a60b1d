import type { APIRoute } from 'astro';
import { downloadOrders } from '../../../../functions/desk/console/orders/download-orders.ts';
import { attempt } from '../../../attempt.ts';
import { seeOther } from '../../../forms.ts';
import { speechOf } from '../../../locale.ts';
import { ordersAsked } from '../../../words/orders-asked.ts';

/** The orders that the list's address means, streamed; a filter that is none, or a text that finds too many, is told on the list. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const done = await attempt(downloadOrders(ctx, ordersAsked(url.searchParams)), { validation_failed: null });
  if (!done.ok) return seeOther(`${speechOf({ locals }).to('/console/orders')}${url.search}`);
  return new Response(done.output, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="orders.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
