import type { APIRoute } from 'astro';
import { downloadRelated } from '../../../../functions/desk/console/insight/download-relationships.ts';
import { dayOf } from '../../../../functions/ground/platform/business-time.ts';
import { readRelated } from '../../../../functions/insight/levels/list-related.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** The accounts behind a figure of relationships, all of them, streamed. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff, timeZone } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const query = url.searchParams;
  const asked = readRelated(
    {
      level: query.get('level'),
      group: query.get('group'),
      move: query.get('move'),
      month: query.get('month'),
    },
    dayOf(ctx.now(), timeZone),
  );
  if (asked === null) return new Response('', { status: 404 });
  return csvAnswer(await downloadRelated(ctx, asked), 'accounts');
};
