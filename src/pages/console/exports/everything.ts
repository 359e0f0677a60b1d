import type { APIRoute } from 'astro';
import { answerArchive } from '../../../archive-answer.ts';

/** Everything as one archive, streamed. */
export const GET: APIRoute = ({ url, locals, request }) =>
  answerArchive(locals.visit.ctx, { format: url.searchParams.get('format') ?? undefined }, request);
