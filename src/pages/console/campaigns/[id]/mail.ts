import type { APIRoute } from 'astro';
import { previewCampaign } from '../../../../../functions/care/campaigns/preview-campaign.ts';
import { attempt } from '../../../../attempt.ts';
import { asMail } from '../../../../pipeline/text-preview.ts';

/** A campaign as the mail program of a customer shows it. */
export const GET: APIRoute = async ({ params, url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const email = url.searchParams.get('as') ?? '';
  const made = await attempt(previewCampaign(ctx, { id: params.id ?? '', email }), { otherwise: null });
  return made.ok ? asMail(made.output.html) : new Response('', { status: 404 });
};
