import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import type axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it is shown now, a line each. No page has frames, so none is looked for. */
export function axeFindings(page: Page): Promise<string[]> {
  return findingsOf(page, { type: 'tag', values: tags });
}

/** The same of colours alone: nothing else differs between light and dark. */
export function colourFindings(page: Page): Promise<string[]> {
  return findingsOf(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
}

/** A page gets axe once, however often it is asked: reading its half megabyte takes longer than what it does. */
async function findingsOf(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async (only) => {
    // What was just resized or recoloured is painted first.
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const { violations } = await window.axe.run({
      runOnly: only,
      resultTypes: ['violations'],
      preload: false,
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, runOnly);
}

/** How far the page goes beyond the window, in CSS pixels. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** The same with text twice as large, as a reader's settings make it. */
export async function largeTextOverflow(page: Page): Promise<number> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html{font-size:200%}');
    document.adoptedStyleSheets = [sheet];
  });
  const overflow = await overflowOf(page);
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return overflow;
}

/** What can be pressed and is less than 24 CSS pixels high or wide, a line each; a box or a circle counts with its words. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = document.querySelectorAll<HTMLElement>(
      'a,button,input:not([type=hidden]),select,textarea,summary',
    );
    return [...targets].flatMap((element) => {
      const isChoice = element.matches('[type=radio],[type=checkbox]');
      const target = (isChoice && element.closest('label')) || element;
      const { width, height } = target.getBoundingClientRect();
      const isShown = element.checkVisibility() && width > 0;
      if (!isShown || (width >= 23.5 && height >= 23.5)) return [];
      return [`${(element.textContent ?? '').trim()} ${Math.round(width)} × ${Math.round(height)}`];
    });
  });
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
