import type { Context } from 'hono';
import { cacheControl } from '../../functions/ground/http/headers.ts';
import { paletteOf } from '../../functions/ground/identity/palette.ts';
import { wordsIn } from '../locale.ts';
import type { SiteDeps } from './deps.ts';
import { faceNow } from './icon.ts';

/** What a device shows of the portal once it is installed: the business as it is called and coloured now. */
export async function answerManifest(c: Context, deps: SiteDeps): Promise<Response> {
  const { name, tagline, accent, languages } = (await faceNow(deps)).identity;
  const [own] = languages;
  const t = wordsIn(own);
  const { paper, band } = paletteOf(accent, 'light');
  const icon = { sizes: 'any', type: 'image/svg+xml' };
  const manifest = {
    id: '/account',
    name,
    ...(tagline[own] ? { description: tagline[own] } : {}),
    lang: own,
    start_url: '/account',
    scope: '/',
    display: 'standalone',
    theme_color: band,
    background_color: paper,
    icons: [
      { src: '/icon.svg', ...icon, purpose: 'any' },
      { src: '/icon-maskable.svg', ...icon, purpose: 'maskable' },
    ],
    shortcuts: [
      { name: t.joining_card_title(), url: '/account/card' },
      { name: t.orders_title(), url: '/account/orders' },
      { name: t.feedback_title(), url: '/account/feedback/new' },
    ],
  };
  return c.json(manifest, 200, {
    'Content-Type': 'application/manifest+json',
    'Cache-Control': cacheControl('/manifest.webmanifest'),
  });
}
