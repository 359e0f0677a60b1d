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
  const { locale, t } = speechOf({ locals });
  const found = await attempt(downloadDataOf(ctx, { customerId: params.id ?? '', language: locale }), {
    ...{ not_found: null, forbidden: null },
    too_many_requests: 'often',
  });
  if (found.ok) return zipAnswer(found.output);
  if (found.reason === null) return new Response('', { status: 404 });
  const headers = { 'retry-after': String(found.retry_after_s ?? 60) };
  return new Response(t.data_often(), { status: 429, headers });
};
