import type { APIRoute } from 'astro';
import { readRejectedRows } from '../../../../../functions/reach/imports/runs/get-import-run.ts';
import { orNull } from '../../../../attempt.ts';

/** The rows that were left out, each with its reason, streamed. */
export const GET: APIRoute = async ({ params, locals }) => {
  const rows = await orNull(readRejectedRows(locals.visit.ctx, params.id ?? ''));
  if (rows === null) return new Response('', { status: 404 });
  const chunks = rows.chunks[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    pull: async (stream) => {
      const { value, done } = await chunks.next();
      if (done === true) stream.close();
      else stream.enqueue(value);
    },
    cancel: async () => {
      await chunks.return?.();
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rejected.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
