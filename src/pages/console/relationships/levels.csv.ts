import type { APIRoute } from 'astro';
import { downloadLevels } from '../../../../functions/desk/console/insight/download-relationships.ts';
import { isMonth } from '../../../../functions/insight/levels/months.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** The levels at the end of each month, up to the one that an address names. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const month = url.searchParams.get('month') ?? '';
  return csvAnswer(await downloadLevels(ctx, { month: isMonth(month) ? month : null }), 'levels');
};
