import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';
import { deliveredOrder } from './orders.ts';

/** How pages address a customer, as each chose it. */
export function describeTones(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('two customers at once are addressed each as they chose, on the next page on', async () => {
    const house = open();
    const [close, polite] = [await openPerson(house, 'tone-close'), await openPerson(house, 'tone-polite')];
    const page = '/uk/account/settings/preferences';
    expect((await close.get(page)).text).toContain('Ваші побажання');
    const chosen = { tone: 'first_name', shown: 'tone=' };
    expect((await close.post(page, chosen)).location).toContain('saved');
    for (const _turn of [1, 2]) {
      const [one, other] = await Promise.all([close.get(page), polite.get(page)]);
      expect([one.text.includes('Твої побажання'), one.text.includes('Ваші побажання')]).toEqual([
        true,
        false,
      ]);
      expect([other.text.includes('Твої побажання'), other.text.includes('Ваші побажання')]).toEqual([
        ...[false, true],
      ]);
    }
    for (const path of ['/uk', '/uk/how-it-works', '/uk/changes', '/uk/club']) {
      const { cacheControl } = await close.get(path);
      expect([path, cacheControl ?? '']).toEqual([path, expect.not.stringContaining('public')]);
    }
    const english = (await close.get('/account')).text;
    expect(english).toContain('Good to see you, Ann');
  });

  async function openPerson(house: House, name: string): Promise<Browser> {
    await house.api('POST', '/orders', deliveredOrder(name, 1000));
    const browser = openBrowser(house.origin);
    await signIn(house, browser, `${name}@example.com`);
    return browser;
  }
}
