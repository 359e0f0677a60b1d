import type { APIRoute } from 'astro';
import { downloadThemes } from '../../../../../functions/desk/console/insight/download-themes.ts';
import { csvAnswer } from '../../../../csv-answer.ts';

/** Themes of praise by month. */
export const GET: APIRoute = async ({ locals }) => {
  const { ctx, staff } = locals.visit;
  return staff ? csvAnswer(await downloadThemes(ctx), 'praise-themes') : new Response('', { status: 404 });
};
