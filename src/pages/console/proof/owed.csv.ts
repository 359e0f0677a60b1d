import type { APIRoute } from 'astro';
import { downloadOwed } from '../../../../functions/desk/today/download-owed.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** What customers may spend, by age and by when it lapses. */
export const GET: APIRoute = async ({ locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff || staff.role === 'agent') return new Response('', { status: 404 });
  return csvAnswer(await downloadOwed(ctx), 'owed');
};
