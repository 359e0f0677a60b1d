import type { APIRoute } from 'astro';
import { downloadKept } from '../../../../functions/desk/console/care/download-kept.ts';
import { csvAnswer } from '../../../csv-answer.ts';
import { periodAsked } from '../../../words/period-asked.ts';

/** How many who waited were answered in time, by person and by kind. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return csvAnswer(await downloadKept(ctx, periodAsked(url.searchParams)), 'kept');
};
