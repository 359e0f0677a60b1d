import type { APIRoute } from 'astro';
import { downloadContactNumbers } from '../../../../functions/desk/console/contacts/download-numbers.ts';
import { contactNumbersAsked } from '../../../contact-filter.ts';

/** The figures of contacts by person and channel, of a period and of the one before. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return new Response(await downloadContactNumbers(ctx, contactNumbersAsked(url.searchParams)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="contact-numbers.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
