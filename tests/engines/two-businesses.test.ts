import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paletteOf } from '../../functions/ground/identity/palette.ts';
import { regulars } from '../support/cli.ts';
import { answers, freePort, type Running, start } from '../support/process.ts';
import { openBrowser } from './browser.ts';

const businesses = [
  { name: 'Tea House', accent: '#7a3b00', languages: 'en', language: 'en' },
  { name: 'Винний льох', accent: '#5b1a6e', languages: 'uk,en', language: 'uk' },
];

let folder: string;
let running: Running;
let origins: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-two-'));
  const all = await Promise.all(
    businesses.map(async (_business, index) => {
      const port = await freePort();
      return {
        DATABASE_URL: `file:${join(folder, `${index}.db`)}`,
        SECRET: `a-secret-of-the-tests-${index}-32-characters-long`,
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        DEMO: 'off',
      };
    }),
  );
  for (const [index, settings] of all.entries()) {
    for (const key of ['name', 'accent', 'languages'] as const)
      await regulars(settings, 'settings', 'set', key, businesses[index]?.[key] ?? '');
  }
  running = start({
    command: process.execPath,
    arguments: [
      fileURLToPath(new URL('./two-portals.ts', import.meta.url)),
      ...all.map((one) => JSON.stringify(one)),
    ],
  });
  origins = all.map(({ PUBLIC_URL }) => PUBLIC_URL);
  for (const origin of origins) await answers(`${origin}/readyz`, running);
}, 300_000);

afterAll(async () => {
  await running?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('two businesses of one process each have their own name, accent and languages', async () => {
  for (const path of ['/', '/sign-in', '/', '/nowhere']) {
    const pages = await Promise.all(origins.map(async (origin) => (await fetch(origin + path)).text()));
    expect(pages.map(toldBy)).toEqual(
      businesses.map(({ name, accent, language }) => [language, name, paletteOf(accent, 'light').accent]),
    );
  }
  for (const [index, origin] of origins.entries())
    expect(await (await fetch(`${origin}/icon.svg`)).text()).toContain(
      `color="${businesses[index]?.accent}"`,
    );
});

test('so do their mails', async () => {
  for (const [index, origin] of origins.entries()) {
    const browser = openBrowser(origin);
    await browser.post('/sign-in', { email: 'ann@example.com' });
    const [, id = ''] = /\?look=([^"#]+)#/.exec((await browser.get('/mailbox')).text) ?? [];
    const { text } = await browser.get(`/mailbox/${id}`);
    const { name, language } = businesses[index] ?? {};
    expect([text.includes(`lang="${language}"`), text.includes(`${name}</p>`)]).toEqual([true, true]);
  }
});

function toldBy(html: string): (string | undefined)[] {
  return [/<html lang="(\w+)">/, /<title>[^<]* – ([^<]*)<\/title>/, /--accent:(#\w+)/].map(
    (pattern) => pattern.exec(html)?.[1],
  );
}
