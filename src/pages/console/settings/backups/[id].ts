import type { APIRoute } from 'astro';
import { fetchBackup } from '../../../../../functions/desk/backup/fetch-backup.ts';
import { attempt } from '../../../../attempt.ts';

/** One backup as a file, streamed. */
export const GET: APIRoute = async ({ params, locals }) => {
  const found = await attempt(fetchBackup(locals.visit.ctx, { id: params.id ?? '' }), {
    forbidden: null,
    not_found: null,
  });
  if (!found.ok) return new Response('', { status: 404 });
  const { body, bytes, mediaType, fileName } = found.output;
  return new Response(body, {
    headers: {
      'Content-Type': mediaType,
      'Content-Length': String(bytes),
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    },
  });
};
