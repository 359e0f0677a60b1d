import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { Page, Response } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it is shown now, a line each. No page has frames, so none is looked for. */
export async function axeFindings(page: Page): Promise<string[]> {
  return findingsOf(new AxeBuilder({ page }).withTags(tags));
}

/** The same of colours alone: nothing else differs between light and dark. */
export async function colourFindings(page: Page): Promise<string[]> {
  return findingsOf(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']));
}

async function findingsOf(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** How far the page goes beyond the window, in CSS pixels. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Spaces text as WCAG 1.4.12 lets a reader do. */
export function spaceOut(page: Page): Promise<void> {
  return page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}',
    );
    document.adoptedStyleSheets = [sheet];
  });
}

/** Watches what a page asks of others and what the browser complains about. */
export function watch(page: Page) {
  const others: string[] = [];
  const complaints: string[] = [];
  let origin: string | null = null;
  page.on('request', (request) => {
    const asked = new URL(request.url()).origin;
    origin ??= asked;
    if (asked !== origin) others.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return {
    others,
    complaints,
    /** HTML and styles as they are sent. */
    bytes: async (response: Response | null) => gzipSync((await response?.body()) ?? '').length,
  };
}
