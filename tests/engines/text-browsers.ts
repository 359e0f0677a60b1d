import { expect, test } from 'vitest';
import type { House } from './house.ts';

const field = /<form\b[^>]*method="post"[^>]*><input type="hidden" name="form_token" value="([\w.-]+)">/;

/** What browsers say of a form that comes from elsewhere. */
const foreign = [
  ['Origin', 'https://evil.example'],
  ['Origin', 'null'],
  ['Sec-Fetch-Site', 'cross-site'],
] as const;

/** Browsers that say nothing of where a form comes from, as text browsers do; and who pretends to be one. */
export function describeTextBrowsers(open: () => House): void {
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${open().origin}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams({ email: 'reader@example.com', ...fields }),
    });
  const tokenFor = async (headers: Record<string, string>) => {
    const page = await (await fetch(`${open().origin}/sign-in`, { headers })).text();
    return field.exec(page)?.[1] ?? '';
  };

  test('takes a form without Origin by its token, and refuses it without', async () => {
    const token = await tokenFor({});
    expect(token).not.toBe('');
    expect((await post({ form_token: token })).status).toBe(303);
    expect((await post({})).status).toBe(403);
    expect((await post({ form_token: `${token}x` })).status).toBe(403);
  });

  test('gives browsers that name their origin no token, and takes none from another site', async () => {
    const token = await tokenFor({});
    expect(await tokenFor({ 'Sec-Fetch-Site': 'none' })).toBe('');
    for (const [name, value] of foreign)
      expect([name, (await post({ form_token: token }, { [name]: value })).status]).toEqual([name, 403]);
  });
}
