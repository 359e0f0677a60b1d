import { expect, test } from 'vitest';
import { pictureExample } from '../../functions/care/advice/schema.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type House, newKeyName, send } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

/** Articles by the forms of the Ukrainian pages and by the API. */
export function describeAdvice(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('an article is written with a picture, published, found, shown on an order, and withdrawn', async () => {
    const house = open();
    const owner = await openOwner(house);
    const nobody = openBrowser(house.origin);
    expect((await nobody.get('/uk/advice')).status).toBe(404);
    expect((await owner.get('/uk/console/advice')).text).toContain('Поради вимкнено');
    await owner.post('/uk/console/advice', { do: 'switch-on' });
    expect((await nobody.get('/uk/advice')).text).toContain('Порад тут ще немає');
    const begun = await owner.post('/uk/console/advice', { do: 'new' });
    const page = String(begun.location);
    const form = new FormData();
    const fields = {
      ...{ seq: '1', audience: 'customers', products: 'CD-1\r\nЧай', slug: '', do: 'save' },
      ...{
        title_uk: 'Як берегти чай',
        summary_uk: 'Темно й сухо.',
        body_uk: 'Тримайте **закритим**.\r\n\r\n<b>x</b>',
      },
      alt_uk: 'Бляшанка',
    };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const picture = new Uint8Array(Buffer.from(pictureExample.content, 'base64'));
    form.set('picture', new File([picture], 'tin.png', { type: 'image/png' }));
    expect((await owner.post(page, form)).location).toContain('done=picture');
    const draft = await owner.get(page);
    const name = /!\[Бляшанка\]\(([\w-]{22}\.png)\)/.exec(draft.text)?.[1] ?? '';
    expect((await nobody.get(`/pictures/${name}`)).status).toBe(200);
    const seq = /name="seq" value="(\d+)"/.exec(draft.text)?.[1] ?? '';
    const body = `Тримайте **закритим**.\n\n![](${name})\n\n<b>x</b>`;
    const unready = await owner.post(page, { ...fields, seq, body_uk: body, do: 'publish' });
    expect([unready.status, unready.text.includes('у квадратних дужках')]).toEqual([422, true]);
    const next = /name="seq" value="(\d+)"/.exec(unready.text)?.[1] ?? '';
    const ready = { ...fields, seq: next, body_uk: body.replace('![]', '![Бляшанка]'), do: 'publish' };
    expect((await owner.post(page, ready)).location).toContain('done=published');
    expect((await owner.post(page, { ...ready, title_uk: 'Запізно' })).text).toContain('хтось змінив');

    const address = '/uk/advice/yak-berehty-chai';
    expect((await nobody.get(address)).location).toBe(`/uk/sign-in?next=${encodeURIComponent(address)}`);
    const customer = openBrowser(house.origin);
    const order = deliveredOrder('keeps-tea', 1000);
    const [line] = order.lines;
    await house.api('POST', '/orders', { ...order, lines: [{ ...line, sku: 'cd-1' }] });
    await signIn(house, customer, 'keeps-tea@example.com');
    const read = await customer.get(address);
    expect(read.text).toContain('<strong>закритим</strong>');
    expect(read.text).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(read.text).toContain(`<img src="/pictures/${name}" alt="Бляшанка"`);
    const found = await customer.get(`/uk/advice?search=${encodeURIComponent('ЗАКРИТИМ чай')}`);
    expect(found.text).toContain('Як берегти чай');
    const shown = await customer.get(`/uk/account/orders/${order.source}/${order.number}`);
    expect(shown.text).toContain('href="/uk/advice/yak-berehty-chai"');
    expect((await nobody.get('/uk/advice')).text).not.toContain('Як берегти чай');
    expect((await nobody.get('/sitemap.xml')).text).not.toContain('yak-berehty-chai');

    expect((await owner.post(page, { do: 'withdraw' })).location).toContain('done=withdrawn');
    expect((await customer.get(address)).status).toBe(404);
    expect((await owner.get('/uk/console/audit')).text).toContain('Статтю знято з публікації');
  });

  test('a program writes an article, in the sitemap in the languages it has, once for each key', async () => {
    const house = open();
    await house.regulars('settings', 'set', 'advice', 'on');
    const key = await house.newKey('advice:read', 'advice:write');
    const post = (path: string, body: object, idempotencyKey = newKeyName()) =>
      send(house.origin, { method: 'POST', path, key, body, idempotencyKey });
    const once = newKeyName();
    const written = { texts: { en: { title: 'Keeping coffee', body: 'Not in the fridge.' } } };
    const begun = await post('/articles', written, once);
    expect([begun.status, begun.json.slug]).toEqual([201, 'keeping-coffee']);
    expect((await post('/articles', written, once)).json).toEqual(begun.json);
    const saved = await post('/articles/keeping-coffee/versions', {
      ...written,
      products: ['Coffee'],
      seq: 1,
    });
    expect([saved.status, saved.json.seq]).toEqual([200, 2]);
    expect((await post('/articles/keeping-coffee/publication', { seq: 1 })).json.code).toBe('article_moved');
    const published = await post('/articles/keeping-coffee/publication', { seq: 2 });
    expect([published.status, published.json.state]).toEqual([200, 'published']);
    const nobody = openBrowser(house.origin);
    const { text } = await nobody.get('/sitemap.xml');
    expect(text).toContain('/advice/keeping-coffee</loc>');
    expect(text).not.toContain('/uk/advice/keeping-coffee');
    expect((await nobody.get('/uk/advice/keeping-coffee')).text).toContain('lang="en"');
  });
}
