import type { APIRoute } from 'astro';
import { downloadResult } from '../../../../../functions/desk/console/campaigns/download-result.ts';
import { orNull } from '../../../../attempt.ts';
import { csvAnswer } from '../../../../csv-answer.ts';

/** What a campaign did, as a file. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { ctx, staff } = locals.visit;
  const body = staff ? await orNull(downloadResult(ctx, { id: params.id ?? '' })) : null;
  return body === null ? new Response('', { status: 404 }) : csvAnswer(body, 'campaign');
};
