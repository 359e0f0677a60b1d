import type { Context } from 'hono';
import { robotsText, sitemapText } from '../../functions/ground/http/search-engines.ts';
import { addressOf } from '../../functions/ground/identity/languages.ts';
import { openVisitOf, type SiteDeps } from './deps.ts';

export function answerRobots(c: Context, { config }: SiteDeps): Response {
  return c.text(robotsText(config.publicUrl));
}

/** What search engines may show; everything else says noindex. */
const publicPages = ['/', '/how-it-works', '/club', '/voices', '/join', '/sign-in', '/privacy', '/changes'];

/** The public pages of what the business has set up, each in the languages it offers. */
export async function answerSitemap(c: Context, deps: SiteDeps): Promise<Response> {
  const { features, languages } = await openVisitOf(c, deps);
  const sitemap = sitemapText(
    deps.config.publicUrl,
    publicPages.filter((path) => features.isSetUp(path)),
    (path) => languages.map((language) => ({ language, path: addressOf(path, language, languages) })),
  );
  return c.body(sitemap, 200, { 'Content-Type': 'application/xml; charset=utf-8' });
}
