import type { APIRoute } from 'astro';
import { downloadMargins } from '../../../../functions/desk/console/margins/download-margins.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** What is told of margins, with the categories that have none yet. */
export const GET: APIRoute = async ({ locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff || staff.role === 'agent') return new Response('', { status: 404 });
  return csvAnswer(await downloadMargins(ctx), 'margins');
};
