import type { APIRoute } from 'astro';
import { downloadMembers } from '../../../../../functions/reach/exports/segment-members.ts';
import { orNull } from '../../../../attempt.ts';

/** Who is in a segment, streamed: a row for each person. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { ctx, staff } = locals.visit;
  const file = staff ? await orNull(downloadMembers(ctx, params.id ?? '')) : null;
  if (file === null) return new Response('', { status: 404 });
  return new Response(file.body, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Disposition': `attachment; filename="${file.fileName}"`,
      'Cache-Control': 'private, no-store',
    },
  });
};
