import type { APIRoute } from 'astro';
import { downloadAreas } from '../../../../../functions/desk/console/insight/download-areas.ts';
import { csvAnswer } from '../../../../csv-answer.ts';
import { areaKindAsked } from '../../../../words/areas.ts';
import { periodAsked } from '../../../../words/period-asked.ts';

/** Problem areas of one sort. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const by = areaKindAsked(url.searchParams);
  return csvAnswer(await downloadAreas(ctx, { by, ...periodAsked(url.searchParams) }), `areas-${by}`);
};
