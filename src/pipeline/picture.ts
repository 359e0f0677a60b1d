import type { Context } from 'hono';
import { immutable } from '../../functions/ground/http/headers.ts';

/** What a picture may do when it is opened by itself: be looked at. */
const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml; charset=utf-8',
};
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The picture under an address with its hash; it never changes, and mail may show it anywhere. */
export async function answerPicture(
  c: Context,
  find: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>,
): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const picture = await find(name);
  if (picture === null) return c.text('Not found.', 404);
  return new Response(picture, {
    headers: {
      'Content-Type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': immutable,
    },
  });
}
