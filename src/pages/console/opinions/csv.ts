import type { APIRoute } from 'astro';
import { downloadOpinions } from '../../../../functions/desk/console/insight/download-opinions.ts';
import { opinionKinds } from '../../../../functions/voice/surveys/asked-parts.ts';
import { csvAnswer } from '../../../csv-answer.ts';
import { oneOf } from '../../../forms.ts';

/** Accounts by what their people think. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const kind = oneOf(url.searchParams.get('kind'), opinionKinds) ?? 'trust';
  return csvAnswer(await downloadOpinions(ctx, { kind }), kind);
};
