import { archiveQuery, downloadArchive } from '../functions/desk/archive/download.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';

/**
 * An archive or a table as a file; what is not there, or not theirs, is not found. Nothing is made for a HEAD, whose answer has
 * no body.
 */
export async function answerArchive(
  ctx: Context,
  asked: Record<string, string | undefined>,
  { method }: Pick<Request, 'method'>,
): Promise<Response> {
  const parsed = archiveQuery.safeParse(asked);
  if (!parsed.success) return new Response('', { status: 404 });
  if (method === 'HEAD') return new Response(null, { headers: { 'Cache-Control': 'private, no-store' } });
  const found = await attempt(downloadArchive(ctx, parsed.data), { forbidden: null, not_found: null });
  if (!found.ok) return new Response('', { status: 404 });
  const { body, mediaType, fileName } = found.output;
  return new Response(body, {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
