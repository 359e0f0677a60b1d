import type { APIRoute } from 'astro';
import { downloadOwnData, ownDataHead } from '../../../../functions/desk/privacy/download-own-data.ts';
import { attempt } from '../../../attempt.ts';
import { zipAnswer } from '../../../csv-answer.ts';
import { seeOther } from '../../../forms.ts';
import { speechOf } from '../../../locale.ts';

/** All that is kept of the signed-in customer; who has not proven lately who they are does so first. */
export const GET: APIRoute = async ({ locals, request }) => {
  const { locale, to } = speechOf({ locals });
  const { ctx, customer } = locals.visit;
  if (!customer) return new Response('', { status: 404 });
  if (request.method === 'HEAD') return zipAnswer({ ...ownDataHead, body: null });
  const found = await attempt(downloadOwnData(ctx, { language: locale }), {
    sign_in_again: 'prove',
    too_many_requests: 'often',
  });
  if (!found.ok) return seeOther(`${to('/account/settings/data')}?again=${found.reason}`);
  return zipAnswer(found.output);
};
