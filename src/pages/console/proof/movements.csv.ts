import type { APIRoute } from 'astro';
import { downloadMovements } from '../../../../functions/desk/today/download-movements.ts';

/** What ledgers moved on the days that an address names, the last one included. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff || staff.role === 'agent') return new Response('', { status: 404 });
  const day = (name: string) => url.searchParams.get(name) ?? '';
  return new Response(await downloadMovements(ctx, { since: day('since'), until: day('until') }), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="movements.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
