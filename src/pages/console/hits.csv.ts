import type { APIRoute } from 'astro';
import { downloadHits } from '../../../functions/desk/console/insight/download-hits.ts';
import { csvAnswer } from '../../csv-answer.ts';
import { periodAsked } from '../../words/period-asked.ts';

/** How often each page was read on each day and in each language. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const language = url.searchParams.get('language')?.slice(0, 10) || null;
  return csvAnswer(await downloadHits(ctx, { ...periodAsked(url.searchParams), language }), 'hits');
};
