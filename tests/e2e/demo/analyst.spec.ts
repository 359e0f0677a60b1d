import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'libsql';
import { demoFolder } from '../../support/demo-settings.ts';
import { asVisitor } from './house.ts';

/** Of pages that differ by what stands in their address alone so many are read. */
const ALIKE = 2;

/** How each customer of the demo is reached; numbers of a form that nothing else has. */
function writeNumbers(): { phones: string[]; names: string[] } {
  const db = new Database(join(demoFolder, 'demo.db'), { timeout: 5000 });
  db.exec(
    "UPDATE customers SET phone = '+00 5550 ' || rowid_of, address = 'Lane of nobody ' || rowid_of FROM (SELECT id AS kept, row_number() OVER (ORDER BY id) AS rowid_of FROM customers) WHERE kept = id AND phone IS NULL",
  );
  const rows = db.prepare('SELECT phone, address, name, email FROM customers').raw().all();
  db.close();
  const texts = (at: number) =>
    rows.flatMap((row) => (Array.isArray(row) && typeof row[at] === 'string' ? [row[at]] : []));
  return { phones: [...texts(0), ...texts(1)], names: [...texts(2), ...texts(3)] };
}

test.use(asVisitor('analyst'));

test('pages tell analysts who people are and not how to reach them, files tell neither', async ({ page }) => {
  test.setTimeout(300_000);
  const { phones, names } = writeNumbers();
  const waiting = [
    '/console',
    '/console/search?search=anna',
    '/console/customers?show=phone&show=email',
    '/console/palette?search=anna',
  ];
  const read = new Map<string, number>();
  const seen = new Set(waiting);
  const files: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await page.request.get(path);
    if (answer.status() !== 200) continue;
    const text = await answer.text();
    expect(
      phones.find((phone) => text.includes(phone)),
      `${path} tells how to reach somebody`,
    ).toBeUndefined();
    if (!(answer.headers()['content-type'] ?? '').includes('html')) {
      if (answer.headers()['content-disposition'] === undefined) continue;
      files.push(path);
      expect(
        names.find((name) => text.includes(name)),
        `the file ${path} names somebody`,
      ).toBeUndefined();
      continue;
    }
    for (const [, href = ''] of text.matchAll(/(?:href|action)="([^"]+)"/g)) {
      const next = new URL(href.replaceAll('&amp;', '&'), new URL(path, 'http://x.example'));
      if (next.host !== 'x.example' || !next.pathname.startsWith('/console')) continue;
      const shape = `${next.pathname.replace(/\/[^/]*\d[^/]*/g, '/*')}?${[...next.searchParams.keys()].join('&')}`;
      const [address, count] = [`${next.pathname}${next.search}`, read.get(shape) ?? 0];
      if (seen.has(address) || count >= ALIKE) continue;
      read.set(shape, count + 1);
      seen.add(address);
      waiting.push(address);
    }
  }
  expect(seen.size).toBeGreaterThan(60);
  expect(files.map((path) => path.split('?')[0])).toEqual(
    expect.arrayContaining(['/console/customers/csv', '/console/payouts/csv']),
  );
});
