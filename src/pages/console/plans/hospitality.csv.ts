import type { APIRoute } from 'astro';
import { downloadHospitality } from '../../../../functions/desk/console/care/download-hospitality.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** The register of gifts and hospitality of a year. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const year = url.searchParams.get('year') ?? '';
  const span = /^20\d\d$/.test(year) ? { since: `${year}-01-01`, until: `${year}-12-31` } : {};
  return csvAnswer(await downloadHospitality(ctx, span), 'hospitality');
};
