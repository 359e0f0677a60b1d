import type { APIRoute } from 'astro';
import { getPaper } from '../../../../../functions/reach/papers/list-papers.ts';
import { orNull } from '../../../../attempt.ts';
import { paperAnswer } from '../../../../paper-answer.ts';

/** One invoice or credit note as a file. */
export const GET: APIRoute = async ({ params, url, locals: { visit } }) =>
  paperAnswer(
    visit.staff ? await orNull(getPaper(visit.ctx, { id: params.id ?? '' })) : null,
    url.searchParams.get('format'),
  );
