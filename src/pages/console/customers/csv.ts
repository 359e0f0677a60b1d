import type { APIRoute } from 'astro';
import { downloadCustomers } from '../../../../functions/desk/console/customers/download-customers.ts';
import { attempt } from '../../../attempt.ts';
import { seeOther } from '../../../forms.ts';
import { speechOf } from '../../../locale.ts';
import { columnsAsked, customersAsked } from '../../../words/customers-asked.ts';

/** The customers that the list's address means, streamed; a filter that is none, a text that finds too many, or a list that is not complete yet is told on the list. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const query = url.searchParams;
  const done = await attempt(downloadCustomers(ctx, customersAsked(query), columnsAsked(query)), {
    validation_failed: null,
  });
  if (!done.ok) return seeOther(`${speechOf({ locals }).to('/console/customers')}${url.search}`);
  return new Response(done.output, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="customers.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
