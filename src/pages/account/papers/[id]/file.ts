import type { APIRoute } from 'astro';
import { getOwnPaper } from '../../../../../functions/reach/papers/list-papers.ts';
import { orNull } from '../../../../attempt.ts';
import { paperAnswer } from '../../../../paper-answer.ts';

/** One invoice or credit note as a file. */
export const GET: APIRoute = async ({ params, url, locals }) =>
  paperAnswer(
    await orNull(getOwnPaper(locals.visit.ctx, { id: params.id ?? '' })),
    url.searchParams.get('format'),
  );
