import type { APIRoute } from 'astro';
import { streamOfBytes } from '../../../../../functions/reach/exports/stream-of.ts';
import {
  assertRejectedRows,
  readRejectedRows,
} from '../../../../../functions/reach/imports/runs/get-import-run.ts';
import { orNull } from '../../../../attempt.ts';
import { speechOf } from '../../../../locale.ts';
import { reasonWords } from '../../../../words/reasons.ts';

/** The rows that were left out, each with its reason in the reader's language, streamed. */
export const GET: APIRoute = async (context) => {
  const { params, locals, request } = context;
  const { t } = speechOf(context);
  const { ctx } = locals.visit;
  const id = params.id ?? '';
  const read = async () => {
    if (request.method !== 'HEAD')
      return streamOfBytes((await readRejectedRows(ctx, id, (reason) => reasonWords(t, reason))).chunks);
    await assertRejectedRows(ctx, id);
    return '';
  };
  const body = await orNull(read());
  if (body === null) return new Response('', { status: 404 });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rejected.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
