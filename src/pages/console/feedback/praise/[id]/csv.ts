import type { APIRoute } from 'astro';
import { downloadThemeMessages } from '../../../../../../functions/desk/console/insight/download-themes.ts';
import { attempt } from '../../../../../attempt.ts';
import { csvAnswer } from '../../../../../csv-answer.ts';

/** The messages of a theme of praise. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { ctx, staff } = locals.visit;
  const body =
    staff && (await attempt(downloadThemeMessages(ctx, { id: params.id ?? '' }), { not_found: null }));
  return body?.ok ? csvAnswer(body.output, 'praise-theme') : new Response('', { status: 404 });
};
