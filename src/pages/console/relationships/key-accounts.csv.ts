import type { APIRoute } from 'astro';
import { downloadKeyAccounts } from '../../../../functions/desk/console/insight/download-relationships.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** Who spent most within 365 days, and whom staff pinned. */
export const GET: APIRoute = async ({ locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return csvAnswer(await downloadKeyAccounts(ctx), 'key-accounts');
};
