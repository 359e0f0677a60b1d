import type { Context } from 'hono';
import { immutable } from '../../functions/ground/http/headers.ts';
import type { SiteDeps } from './deps.ts';

/** What a picture may do when it is opened by itself: be looked at. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The picture under an address with its hash; it never changes, and mail may show it anywhere. */
export async function answerLogo(c: Context, { findLogo }: SiteDeps): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const picture = await findLogo(name);
  if (picture === null) return c.text('Not found.', 404);
  return new Response(picture, {
    headers: {
      'Content-Type': name.endsWith('.png') ? 'image/png' : 'image/svg+xml; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': immutable,
    },
  });
}
