import type { APIRoute } from 'astro';
import { exportStatement } from '../../../functions/desk/portal/export-statement.ts';
import { statementKinds } from '../../../functions/desk/portal/statement-types.ts';
import { orNull } from '../../attempt.ts';
import { calendarYear, oneOf } from '../../forms.ts';
import { speechOf } from '../../locale.ts';

/** The statement as the filter of the page leaves it, all of its pages. */
export const GET: APIRoute = async ({ url, locals }) => {
  const asked = url.searchParams;
  const csv = await orNull(
    exportStatement(locals.visit.ctx, {
      accountId: asked.get('account'),
      kind: oneOf(asked.get('kind'), statementKinds),
      year: calendarYear(asked.get('year')),
      language: speechOf({ locals }).locale,
    }),
  );
  if (csv === null) return new Response('', { status: 404 });
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rewards.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
