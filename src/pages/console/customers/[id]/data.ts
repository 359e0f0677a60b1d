import type { APIRoute } from 'astro';
import { downloadDataOf, ownDataHead } from '../../../../../functions/desk/privacy/download-own-data.ts';
import { attempt } from '../../../../attempt.ts';
import { zipAnswer } from '../../../../csv-answer.ts';
import { speechOf } from '../../../../locale.ts';

/** All that is kept of a customer, for who writes in. */
export const GET: APIRoute = async ({ locals, params, request }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  if (request.method === 'HEAD') return zipAnswer({ ...ownDataHead, body: null });
  const asked = { customerId: params.id ?? '', language: speechOf({ locals }).locale };
  const found = await attempt(downloadDataOf(ctx, asked), { not_found: null, forbidden: null });
  return found.ok ? zipAnswer(found.output) : new Response('', { status: 404 });
};
