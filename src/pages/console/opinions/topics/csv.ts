import type { APIRoute } from 'astro';
import { downloadGaps } from '../../../../../functions/desk/console/insight/download-opinions.ts';
import { csvAnswer } from '../../../../csv-answer.ts';
import { speechOf } from '../../../../locale.ts';
import { readGapsOf } from '../../../../words/gaps.ts';

/** The gap between what customers want and what they get, by topic. */
export const GET: APIRoute = async (visit) => {
  const { ctx, staff } = visit.locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const { locale } = speechOf(visit);
  return csvAnswer(
    await downloadGaps(ctx, { of: readGapsOf(visit.url.searchParams), language: locale }),
    'topics',
  );
};
