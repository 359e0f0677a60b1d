import { expect, test } from 'vitest';
import { robotsText, sitemapText } from '../../../functions/ground/http/search-engines.ts';

test('names the sitemap by its whole address', () => {
  expect(robotsText('https://club.example.com')).toContain('Sitemap: https://club.example.com/sitemap.xml\n');
});

test('lists a page in each language, and with each all of its translations', () => {
  const sitemap = sitemapText('https://club.example.com', ['/privacy'], (path) => [
    { language: 'en', path },
    { language: 'uk', path: `/uk${path}` },
  ]);
  const links =
    '<xhtml:link rel="alternate" hreflang="en" href="https://club.example.com/privacy"/>' +
    '<xhtml:link rel="alternate" hreflang="uk" href="https://club.example.com/uk/privacy"/>' +
    '<xhtml:link rel="alternate" hreflang="x-default" href="https://club.example.com/privacy"/>';
  expect(sitemap).toContain(`<url><loc>https://club.example.com/privacy</loc>${links}</url>`);
  expect(sitemap).toContain(`<url><loc>https://club.example.com/uk/privacy</loc>${links}</url>`);
});
