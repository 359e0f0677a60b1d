import type { APIRoute } from 'astro';
import { downloadPayouts } from '../../../../functions/desk/console/payouts/download-payouts.ts';
import { payoutStates } from '../../../../functions/money/redemptions/payouts/steps.ts';
import { oneOf } from '../../../forms.ts';

/** The payouts and donations in one state, streamed. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const state = oneOf(url.searchParams.get('state'), payoutStates) ?? 'to_pay';
  return new Response(await downloadPayouts(ctx, state), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="payouts.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
