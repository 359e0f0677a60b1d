import type { APIRoute } from 'astro';
import { downloadCalls } from '../../../../functions/desk/console/attention/download-calls.ts';

/** What those that had lapsed said when asked why, streamed. */
export const GET: APIRoute = async ({ locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  return new Response(await downloadCalls(ctx), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="calls.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
