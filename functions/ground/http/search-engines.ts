/**
 * What search engines ask for. Built from PUBLIC_URL when the site runs, since built pages know no address: the sitemap
 * also says which pages are one another's translation, which a page itself could only say with whole addresses.
 */

export function robotsText(publicUrl: string): string {
  return `User-agent: *\nDisallow: /api/\nSitemap: ${publicUrl}/sitemap.xml\n`;
}

/** Every public page in every language; the first language is everybody else's, too. */
export function sitemapText(
  publicUrl: string,
  pages: readonly string[],
  translations: (page: string) => { language: string; path: string }[],
): string {
  const entries = pages.flatMap((page) => {
    const versions = translations(page).map(({ language, path }) => ({
      language,
      href: `${publicUrl}${path}`,
    }));
    const [first] = versions;
    const links = [...versions, ...(first ? [{ ...first, language: 'x-default' }] : [])]
      .map(({ language, href }) => `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`)
      .join('');
    return versions.map(({ href }) => `<url><loc>${href}</loc>${links}</url>`);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`;
}
