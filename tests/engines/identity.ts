import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { paletteOf } from '../../functions/ground/identity/palette.ts';
import { portal } from '../../src/portal.config.ts';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';

type SignIn = (house: House, browser: Browser, email: string) => Promise<void>;

const tea = {
  name: 'Tea & <House>',
  accent: '#7a3b00',
  languages: 'uk,en',
  'tagline.uk': 'Листя з 1999 року',
  contactEmail: 'hello@tea.example',
  contactPhone: '',
  contactAddress: '1 Quay, Lviv',
};
const before = {
  name: portal.name,
  accent: portal.accent,
  languages: portal.languages.join(','),
  'tagline.uk': portal.tagline.uk ?? '',
  contactEmail: portal.contact.email,
  contactPhone: portal.contact.phone,
  contactAddress: portal.contact.address,
};
const paths = ['/', '/privacy', '/sign-in', '/account', '/nowhere'];

/** Who the business is, changed while it is served. */
export function describeIdentity(open: () => House, signIn: SignIn): void {
  test('a name, an accent, languages and a logo that were just set are on the next page, icon, manifest and mail', async () => {
    const house = open();
    const browser = openBrowser(house.origin);
    await signIn(house, browser, 'changes@example.com');
    const cookie = ['regulars_session', '__Host-regulars_session']
      .map((name) => `${name}=${browser.cookie(name) ?? ''}`)
      .join('; ');
    for (const path of paths) expect(await lookAt(house, path, cookie)).toEqual(looksLike(before, 'en'));
    await set(house, tea);
    try {
      for (const path of paths) expect(await lookAt(house, path, cookie)).toEqual(looksLike(tea, 'uk'));
      await lookAtLogos(house, cookie);
      const home = await (await fetch(`${house.origin}/`)).text();
      expect(home).toContain(tea['tagline.uk']);
      expect(home).toContain('mailto:hello@tea.example');
      expect(home).toContain('1 Quay, Lviv');
      expect(home).not.toContain('tel:');
      const icon = await fetch(`${house.origin}/icon.svg`);
      expect([icon.headers.get('Content-Type'), (await icon.text()).includes('color="#7a3b00"')]).toEqual([
        'image/svg+xml',
        true,
      ]);
      const etag = icon.headers.get('ETag') ?? '';
      const again = await fetch(`${house.origin}/icon.svg`, { headers: { 'If-None-Match': etag } });
      expect(again.status).toBe(304);
      await openBrowser(house.origin).post('/sign-in', { email: 'reads@example.com' });
      await expect
        .poll(() => house.mail.accepted.find(({ body }) => body.to === 'reads@example.com')?.body, {
          timeout: 20_000,
        })
        .toMatchObject({
          text: expect.stringContaining(tea.name),
          html: expect.stringContaining('lang="uk"'),
        });
    } finally {
      await set(house, before);
    }
    for (const path of paths) expect(await lookAt(house, path, cookie)).toEqual(looksLike(before, 'en'));
    const told = await house.look(
      "SELECT actor, detail ->> 'before', detail ->> 'value' FROM audit_log WHERE subject_id = 'name' ORDER BY at, id",
    );
    expect(told).toEqual([
      ['system:cli', portal.name, tea.name],
      ['system:cli', tea.name, portal.name],
    ]);
  }, 300_000);

  test('what nobody could be called is refused, and named', async () => {
    const { regulars } = open();
    await expect(regulars('settings', 'set', 'name', ' ')).rejects.toThrow(
      /name has to be 1 to 80 characters/,
    );
    await expect(regulars('settings', 'set', 'accent', 'red')).rejects.toThrow(/accent has to be #/);
    const shown = JSON.parse(await regulars('settings', 'show', '--json'));
    expect(shown).toMatchObject(before);
  }, 180_000);
}

async function set({ regulars }: House, settings: Record<string, string>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) await regulars('settings', 'set', key, value);
}

/** What a page tells of the business, and whether its policy allows its style sheet and no other. */
async function lookAt({ origin }: House, path: string, cookie: string) {
  // Whoever is signed in already is led on from the page to sign in.
  const headers = new Headers(path.endsWith('/sign-in') ? [] : [['Cookie', cookie]]);
  const response = await fetch(origin + path, { headers, redirect: 'manual' });
  const html = await response.text();
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
  const [brand = ''] = /<a class="brand"[\s\S]*?<\/a>/.exec(html) ?? [];
  const [, name = ''] = /<span>([\s\S]*?)<\/span>|$/.exec(brand) ?? [];
  const [, logo = null, alt = ''] = /<img src="([^"]*)" alt="([^"]*)"/.exec(brand) ?? [];
  const manifest = z
    .object({
      name: z.string(),
      lang: z.string(),
      theme_color: z.string(),
      icons: z.array(z.object({ src: z.string() })),
    })
    .parse(await (await fetch(`${origin}/manifest.webmanifest`)).json());
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  return {
    name: plain(name || alt),
    logo,
    manifest: html.includes('<link rel="manifest" href="/manifest.webmanifest">') && {
      name: manifest.name,
      lang: manifest.lang,
      colour: manifest.theme_color,
      icons: manifest.icons.map(({ src }) => src),
    },
    language: /<html lang="(\w+)">/.exec(html)?.[1],
    accent: /--accent:(#\w+)/.exec(style)?.[1],
    styles: /style-src ([^;]*)/.exec(policy)?.[1],
    isHashOfSheet: policy.includes(`'sha256-${createHash('sha256').update(style).digest('base64')}'`),
  };
}

const plain = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#38;', '&')
    .replaceAll('&amp;', '&');

/** Gives the business one picture after the other, as its owner would, and looks where each has to be. */
async function lookAtLogos(house: House, cookie: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-logo-'));
  const give = async (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    await house.regulars('settings', 'set', 'logo', join(folder, name));
  };
  try {
    await give('leaf.svg', leaf);
    for (const [file, type] of [
      ['svg', 'image/svg+xml; charset=utf-8'],
      ['png', 'image/png'],
    ] as const) {
      if (file === 'png') await give('leaf.png', dot);
      const { logo } = await lookAt(house, '/', cookie);
      expect(logo).toMatch(new RegExp(`^/logo/[\\w-]{22}\\.${file}$`));
      for (const path of paths)
        expect(await lookAt(house, path, cookie)).toEqual({ ...looksLike(tea, 'uk'), logo });
      const picture = await fetch(house.origin + logo);
      expect([picture.status, picture.headers.get('Content-Type')]).toEqual([200, type]);
      expect(picture.headers.get('Cache-Control')).toContain('immutable');
      expect(picture.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none';.*sandbox$/);
      expect(Buffer.from(await picture.arrayBuffer())).toEqual(file === 'svg' ? Buffer.from(leaf) : dot);
      const icon = await (await fetch(`${house.origin}/icon.svg`)).text();
      expect(icon).toContain(file === 'svg' ? leaf : dot.toString('base64'));
    }
    expect((await fetch(`${house.origin}/logo/none.svg`)).status).toBe(404);
    await openBrowser(house.origin).post('/sign-in', { email: 'looks@example.com' });
    await expect
      .poll(() => house.mail.accepted.find(({ body }) => body.to === 'looks@example.com')?.body.html, {
        timeout: 20_000,
      })
      .toMatch(/<img src="http[^"]*\/logo\/[\w-]{22}\.png" alt="Tea &amp; &lt;House&gt;"/);
    await expect(give('bad.svg', leaf.replace('<path', '<path onclick="x"'))).rejects.toThrow(
      /event handlers/,
    );
  } finally {
    await house.regulars('settings', 'set', 'logo', 'none');
    rmSync(folder, { recursive: true, force: true });
  }
}

const leaf = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';
/** One grey pixel. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

function looksLike({ name, accent }: { name: string; accent: string }, language: string) {
  return {
    name,
    logo: null,
    manifest: {
      name,
      lang: language,
      colour: paletteOf(accent, 'light').band,
      icons: ['/icon.svg', '/icon-maskable.svg'],
    },
    language,
    accent: paletteOf(accent, 'light').accent,
    // The sheet of every page and the console's, and nothing else.
    styles: expect.stringMatching(/^'sha256-[\w+/=]+' 'sha256-[\w+/=]+'$/),
    isHashOfSheet: true,
  };
}
