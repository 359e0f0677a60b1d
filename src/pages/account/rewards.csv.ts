import type { APIRoute } from 'astro';
import { statementKinds } from '../../../functions/portal/types.ts';
import { calendarYear, oneOf } from '../../forms.ts';
import { speechOf } from '../../locale.ts';

/** The statement as the filter of the page leaves it, all of its pages. */
export const GET: APIRoute = async ({ url, locals }) => {
  const asked = url.searchParams;
  const csv = await locals.visit.operations.exportStatement({
    accountId: asked.get('account'),
    kind: oneOf(asked.get('kind'), statementKinds),
    year: calendarYear(asked.get('year')),
    language: speechOf({ url, locals }).locale,
  });
  if (csv === null) return new Response('', { status: 404 });
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rewards.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
