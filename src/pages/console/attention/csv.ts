import type { APIRoute } from 'astro';
import { downloadAttention } from '../../../../functions/desk/console/attention/download-attention.ts';
import { attentionViews } from '../../../../functions/insight/attention/list-attention.ts';
import { attentionLists } from '../../../../functions/insight/attention/lists.ts';
import { oneOf } from '../../../forms.ts';

/** Who a list names, or what was given to the reader, streamed. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (!staff || ctx.actor.kind !== 'staff') return new Response('', { status: 404 });
  const list = oneOf(url.searchParams.get('list'), attentionLists);
  const view = oneOf(url.searchParams.get('state'), attentionViews) ?? 'open';
  const asked = list === null ? { view, staffId: ctx.actor.id } : { view, list };
  return new Response(await downloadAttention(ctx, asked), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${list ?? 'mine'}.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
};
