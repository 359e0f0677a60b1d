import type { APIRoute } from 'astro';
import { downloadOccasions } from '../../../../functions/desk/console/care/download-occasions.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** Whose days come within 30 days, and what they get. */
export const GET: APIRoute = async ({ locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return csvAnswer(await downloadOccasions(ctx), 'occasions');
};
