import type { Context } from 'hono';
import { listPublicArticles } from '../../functions/care/advice/list-advice.ts';
import { robotsText, sitemapText } from '../../functions/ground/http/search-engines.ts';
import { addressOf } from '../../functions/ground/identity/languages.ts';
import { openVisitOf, type SiteDeps } from './deps.ts';

export function answerRobots(c: Context, { config }: SiteDeps): Response {
  return c.text(robotsText(config.publicUrl));
}

/** What search engines may show; everything else says noindex. */
const publicPages = [
  ...['/', '/how-it-works', '/club', '/voices', '/advice', '/locations'],
  ...['/join', '/sign-in', '/privacy', '/changes'],
];

/** The public pages of what the business has set up, each in the languages it offers. */
export async function answerSitemap(c: Context, deps: SiteDeps): Promise<Response> {
  const { ctx, features, languages } = await openVisitOf(c, deps);
  const articles = features.has('advice') ? await listPublicArticles(ctx) : [];
  const written = new Map(articles.map((article) => [`/advice/${article.slug}`, article.languages]));
  const sitemap = sitemapText(
    deps.config.publicUrl,
    [...publicPages.filter((path) => features.isSetUp(path)), ...written.keys()],
    (path) =>
      languages
        .filter((language) => written.get(path)?.includes(language) ?? true)
        .map((language) => ({ language, path: addressOf(path, language, languages) })),
  );
  return c.body(sitemap, 200, { 'Content-Type': 'application/xml; charset=utf-8' });
}
