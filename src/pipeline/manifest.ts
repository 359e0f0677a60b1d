import type { Context } from 'hono';
import { cacheControl } from '../../functions/ground/http/headers.ts';
import { paletteOf } from '../../functions/ground/identity/palette.ts';
import type { SiteDeps } from './deps.ts';
import { faceNow } from './icon.ts';

/** What a device shows of the portal on its home screen: the business as it is called and coloured now. */
export async function answerManifest(c: Context, deps: SiteDeps): Promise<Response> {
  const { name, tagline, accent, languages } = (await faceNow(deps)).identity;
  const [own] = languages;
  const { paper, band } = paletteOf(accent, 'light');
  const manifest = {
    name,
    ...(tagline[own] ? { description: tagline[own] } : {}),
    lang: own,
    start_url: '/account',
    scope: '/',
    display: 'browser',
    theme_color: band,
    background_color: paper,
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
  return c.json(manifest, 200, {
    'Content-Type': 'application/manifest+json',
    'Cache-Control': cacheControl('/manifest.webmanifest'),
  });
}
