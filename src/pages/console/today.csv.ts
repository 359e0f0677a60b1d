import type { APIRoute } from 'astro';
import { downloadFigures } from '../../../functions/desk/today/download-figures.ts';
import { periodAsked } from '../../words/period-asked.ts';

/** The figures of the period that an address means, and of the one before. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return new Response(await downloadFigures(ctx, periodAsked(url.searchParams)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="today.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
