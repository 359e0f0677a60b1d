import type { APIRoute } from 'astro';
import { streamOfBytes } from '../../../../../functions/reach/exports/stream-of.ts';
import { readRejectedRows } from '../../../../../functions/reach/imports/runs/get-import-run.ts';
import { orNull } from '../../../../attempt.ts';
import { speechOf } from '../../../../locale.ts';
import { reasonWords } from '../../../../words/reasons.ts';

/** The rows that were left out, each with its reason in the reader's language, streamed. */
export const GET: APIRoute = async (context) => {
  const { params, locals } = context;
  const { t } = speechOf(context);
  const rows = await orNull(
    readRejectedRows(locals.visit.ctx, params.id ?? '', (reason) => reasonWords(t, reason)),
  );
  if (rows === null) return new Response('', { status: 404 });
  return new Response(streamOfBytes(rows.chunks), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rejected.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
