import type { APIRoute } from 'astro';
import { currencyExponent, formatDecimal } from '../../../../../functions/ground/platform/money.ts';
import { getDraft } from '../../../../../functions/money/programme/draft.ts';
import { csvLine } from '../../../../../functions/reach/exports/csv.ts';
import { rehearseDraft } from '../../../../programme/rehearse-draft.ts';

/** The months of a rehearsal of the draft as CSV. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  if (staff?.role !== 'owner' && staff?.role !== 'manager') return new Response('', { status: 404 });
  const rehearsed = await rehearseDraft(ctx, await getDraft(ctx), url.searchParams);
  if (!rehearsed.ok) return new Response('', { status: 404 });
  const { months, currency } = rehearsed.output;
  const text = (minor: bigint) => formatDecimal(minor, currencyExponent(currency) ?? 2);
  const lines = months.map((one) =>
    csvLine([one.month, text(one.presentMinor), text(one.draftMinor), currency]),
  );
  return new Response([csvLine(['month', 'present', 'draft', 'currency']), ...lines].join(''), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="rehearsal.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
};
