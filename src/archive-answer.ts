import { archiveQuery, downloadArchive, headOfArchive } from '../functions/desk/archive/download.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';

/**
 * An archive or a table as a file; what is not there, or not theirs, is not found. A HEAD is answered as that would be, and
 * nothing is made for it.
 */
export async function answerArchive(
  ctx: Context,
  asked: Record<string, string | undefined>,
  { method }: Pick<Request, 'method'>,
): Promise<Response> {
  const parsed = archiveQuery.safeParse(asked);
  if (!parsed.success) return new Response('', { status: 404 });
  const asking =
    method === 'HEAD'
      ? headOfArchive(ctx, parsed.data).then((head) => ({ ...head, body: null }))
      : downloadArchive(ctx, parsed.data);
  const found = await attempt(asking, { forbidden: null, not_found: null });
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
