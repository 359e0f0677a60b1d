import type { APIRoute } from 'astro';
import { downloadProfile } from '../../../../../functions/desk/console/insight/download-profile.ts';
import { orNull } from '../../../../attempt.ts';
import { csvAnswer } from '../../../../csv-answer.ts';

/** A typical account of a segment beside that of all. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { ctx, staff } = locals.visit;
  const { id = '' } = params;
  const body = staff ? await orNull(downloadProfile(ctx, { id })) : null;
  return body === null ? new Response('', { status: 404 }) : csvAnswer(body, `segment-${id}-profile`);
};
