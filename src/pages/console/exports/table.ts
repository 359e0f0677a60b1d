import type { APIRoute } from 'astro';
import { answerArchive } from '../../../archive-answer.ts';

/** One table as a file, streamed. */
export const GET: APIRoute = ({ url: { searchParams }, locals, request }) =>
  answerArchive(
    locals.visit.ctx,
    { table: searchParams.get('name') ?? '', format: searchParams.get('format') ?? undefined },
    request,
  );
