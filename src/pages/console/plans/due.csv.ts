import type { APIRoute } from 'astro';
import { downloadDue } from '../../../../functions/desk/console/care/download-due.ts';
import { orNull } from '../../../attempt.ts';
import { csvAnswer } from '../../../csv-answer.ts';

/** Who is due by a plan, and who is held back for which reason. */
export const GET: APIRoute = async ({ locals, url }) => {
  const { ctx, staff } = locals.visit;
  if (!staff) return new Response('', { status: 404 });
  const file = await orNull(downloadDue(ctx, { id: url.searchParams.get('plan') ?? '' }));
  return file === null ? new Response('', { status: 404 }) : csvAnswer(file, 'due');
};
