import type { APIRoute } from 'astro';
import { getProgrammeFile } from '../../../../functions/desk/console/programme/get-programme-desk.ts';
import { getDraft, toDraftJson } from '../../../../functions/money/programme/draft.ts';
import { attempt } from '../../../attempt.ts';
import { wholeNumber } from '../../../forms.ts';

/** The file of a programme that was published, by its `version`, or else of the draft. */
export const GET: APIRoute = async ({ url, locals }) => {
  const { ctx, staff } = locals.visit;
  const version = url.searchParams.get('version');
  if (staff?.role !== 'owner' && staff?.role !== 'manager') return new Response('', { status: 404 });
  const work =
    version === null
      ? getDraft(ctx).then(({ file }): unknown => toDraftJson(file))
      : getProgrammeFile(ctx, wholeNumber(version) ?? 0);
  const found = await attempt(work, { not_found: null, currency_not_set: null });
  if (!found.ok) return new Response('', { status: 404 });
  return new Response(`${JSON.stringify(found.output, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="programme${version === null ? '-draft' : `-${version}`}.json"`,
      'Cache-Control': 'private, no-store',
    },
  });
};
