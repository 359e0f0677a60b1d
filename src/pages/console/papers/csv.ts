import type { APIRoute } from 'astro';
import { downloadPapers } from '../../../../functions/reach/papers/export-papers.ts';
import { attempt } from '../../../attempt.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** All invoices and credit notes as a file. */
export const GET: APIRoute = async ({ locals: { visit } }) => {
  const done = visit.staff ? await attempt(downloadPapers(visit.ctx), { forbidden: null }) : null;
  return done?.ok ? csvAnswer(done.output, 'invoices') : new Response('', { status: 404 });
};
