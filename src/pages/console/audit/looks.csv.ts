import type { APIRoute } from 'astro';
import { downloadLooks } from '../../../../functions/desk/console/looks/download-looks.ts';
import { csvAnswer } from '../../../csv-answer.ts';
import { looksAsked } from '../../../words/looks.ts';

/** Who of the business looked at whose data, as it is asked for on the page. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (staff?.role !== 'owner') return new Response('', { status: 404 });
  return csvAnswer(await downloadLooks(ctx, looksAsked(url.searchParams)), 'looks');
};
