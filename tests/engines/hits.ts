import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

const reads = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

export function describeHits(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('pages that people read are counted by pattern, day and language', async () => {
    const house = open();
    const reader = openBrowser(house.origin, {}, reads);
    await signIn(house, reader, 'counted@example.com');
    const order = deliveredOrder('counted', 1000);
    await house.api('POST', '/orders', order);
    const own = `/uk/account/orders/${order.source}/${order.number}`;
    for (const path of [own, own, '/account', '/uk/no-such-page', '/sitemap.xml']) await reader.get(path);
    await openBrowser(house.origin, {}, { 'User-Agent': 'Googlebot/2.1' }).get('/club');
    const pattern = '/account/orders/[source]/[number]';
    const kept = () =>
      house.look(`SELECT language, sum(hits) FROM page_hits WHERE page = '${pattern}' GROUP BY language`);
    await expect.poll(kept, { timeout: 30_000 }).toEqual([['uk', '2']]);
    expect(
      await house.look("SELECT page FROM page_hits WHERE page LIKE '%counted%' OR page LIKE '%no-such%'"),
    ).toEqual([]);
    const owner = await openOwner(house);
    const page = await owner.get('/uk/console/hits');
    expect(page.text).toContain(pattern);
    expect((await owner.get('/uk/console/hits.csv')).text).toContain(`,${pattern},uk,2`);
    expect((await house.api('GET', '/hits?since=2026-01-01')).json.total.now).toBeGreaterThanOrEqual(3);
  });
}
