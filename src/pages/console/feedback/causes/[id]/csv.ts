import type { APIRoute } from 'astro';
import { downloadEffect } from '../../../../../../functions/desk/console/insight/download-effect.ts';
import { orNull } from '../../../../../attempt.ts';
import { csvAnswer } from '../../../../../csv-answer.ts';

/** What came before and after a published change. */
export const GET: APIRoute = async ({ locals, params }) => {
  const { ctx, staff } = locals.visit;
  const file = staff && (await orNull(downloadEffect(ctx, { id: params.id ?? '' })));
  return file ? csvAnswer(file, 'change') : new Response('', { status: 404 });
};
