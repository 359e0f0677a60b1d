import { expect, test } from '@playwright/test';
import { demoOrigin } from '../../support/demo-settings.ts';
import { asVisitor } from './house.ts';

test('search engines find the public pages in both languages, by PUBLIC_URL', async ({ request }) => {
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toContain(`Sitemap: ${demoOrigin}/sitemap.xml`);
  const sitemap = await (await request.get('/sitemap.xml')).text();
  const addresses = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address ?? '');
  expect(addresses).toContain(`${demoOrigin}/uk/how-it-works`);
  for (const address of addresses) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(200);
    expect(await answer.text(), address).not.toContain('noindex');
    expect(sitemap).toContain(`hreflang="en" href="${address.replace('/uk', '').replace(/(?<=\d)$/, '/')}"`);
  }
});

test('the mailbox answers this machine alone', async ({ request }) => {
  expect((await request.get('/mailbox')).status()).toBe(200);
  for (const [name, value] of [
    ['X-Forwarded-For', '192.0.2.1'],
    ['Forwarded', 'for=192.0.2.1'],
    ['Host', 'club.example.com'],
  ] as const)
    expect((await request.get('/mailbox', { headers: { [name]: value } })).status(), name).toBe(404);
});

test.describe('signed in', () => {
  test.use(asVisitor('anna'));

  test('every link of the account leads somewhere', async ({ page, request }) => {
    const hrefs = new Set<string>();
    for (const path of [
      '/account',
      '/account/orders',
      '/account/rewards',
      '/account/settings',
      '/uk/account',
    ]) {
      await page.goto(path);
      for (const link of await page.locator('a[href]').all())
        hrefs.add((await link.getAttribute('href')) ?? '');
    }
    const own = [...hrefs].filter((href) => /^[/?]/.test(href));
    expect(own.length).toBeGreaterThan(30);
    for (const href of own) {
      const answer = await request.get(new URL(href, `${demoOrigin}/account/orders`).href);
      expect(answer.status(), href).toBe(200);
    }
  });

  test('personal pages are kept out of search engines and caches', async ({ page }) => {
    for (const path of ['/account', '/account/orders', '/account/rewards', '/account/settings']) {
      const response = await page.goto(path);
      expect(await response?.headerValue('cache-control')).toBe('private, no-store');
      await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
    }
  });
});
