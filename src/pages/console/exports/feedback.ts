import type { APIRoute } from 'astro';
import { AppError } from '../../../../functions/ground/platform/errors.ts';
import {
  downloadFeedback,
  downloadQuery,
  headOfFeedback,
} from '../../../../functions/reach/exports/feedback/download.ts';
import { queryWith, seeOther } from '../../../forms.ts';
import { speechOf } from '../../../locale.ts';

/** The file that the form of the page asks for, streamed; nothing is made for a HEAD. */
export const GET: APIRoute = async ({ url, locals, request }) => {
  const asked = url.searchParams;
  const list = (name: string) => (asked.has(name) ? asked.getAll(name).join(',') : undefined);
  const parsed = downloadQuery.safeParse({
    format: asked.get('format') ?? undefined,
    since: asked.get('since') || undefined,
    until: asked.get('until') || undefined,
    kind: list('kind'),
    columns: list('columns'),
    personal: asked.get('personal') ?? 'no',
  });
  if (!parsed.success) return new Response('', { status: 404 });
  try {
    const { ctx } = locals.visit;
    const { body, mediaType, fileName } =
      request.method === 'HEAD'
        ? { ...(await headOfFeedback(ctx, parsed.data)), body: null }
        : await downloadFeedback(ctx, parsed.data);
    return new Response(body, {
      headers: {
        'Content-Type': mediaType,
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'private, no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'validation_failed') throw error;
    const again = queryWith(asked, { wrong: error.errors.map(({ path }) => path).join(',') });
    return seeOther(`${speechOf({ locals }).to('/console/exports')}${again}`);
  }
};
