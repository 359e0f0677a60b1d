import { expect, test } from 'vitest';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';
import { flawsOf, toldErrors } from './told-errors.ts';

/** A photograph of two pixels, with where it was taken. */
const photograph = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  Buffer.from([0xff, 0xfe, 0, 8]),
  Buffer.from('Odesa!'),
  Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 1, 0, 2, 1, 1, 0x11, 0]),
  Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x55, 0xff, 0xd9]),
]);

/** An account manager as her customer has her: on pages, and in mail. */
export function describeManagers(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('a customer sees their account manager with her picture, and mail is signed by her and answered to her', async () => {
    const house = open();
    const owner = await openOwner(house);
    const page = '/console/managers/profile';
    const said = { do: 'profile', name: 'Olena T.', phone: '+44 20 7946 0000', mail: 'olena@line.example' };
    expect((await owner.post(page, said)).location).toMatch(/saved/);
    const wrong = await owner.post(page, pictureForm('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    expect([wrong.status, toldErrors(wrong.text)?.map(({ field }) => field), flawsOf(wrong.text)]).toEqual([
      422,
      ['picture'],
      [],
    ]);
    expect((await owner.post(page, pictureForm(photograph))).location).toMatch(/saved/);
    const { json } = await house.api('POST', '/orders', deliveredOrder('cared-for', 1000));
    const given = await house.api('POST', `/customers/${json.customerId}/manager`, {
      manager: 'olena@tea.example',
    });
    expect(given.status).toBe(200);
    const ann = openBrowser(house.origin);
    await signIn(house, ann, 'cared-for@example.com');
    const { text } = await ann.get('/account');
    expect(text).toContain('Olena T.');
    const [, face = ''] = /<img class="face" src="([^"]+)"/.exec(text) ?? [];
    const picture = await fetch(house.origin + face);
    expect([picture.status, picture.headers.get('Content-Type')]).toEqual([200, 'image/jpeg']);
    const shown = Buffer.from(await picture.arrayBuffer());
    expect([shown.includes('Odesa'), shown.length]).toEqual([false, photograph.length - 10]);
    expect((await fetch(`${house.origin}/faces/none.jpg`)).status).toBe(404);
    const told = { kind: 'problem', text: 'Torn bag', answer: 'yes', key: crypto.randomUUID() };
    expect((await ann.post('/account/feedback/new', told)).status).toBe(303);
    await house.runJobs();
    const mails = house.mail.accepted.filter(({ body }) => body.to === 'cared-for@example.com');
    const signed = mails.filter(({ body }) => String(body.from).startsWith('"Olena T., '));
    // Answers come in by the address of the house, in her name.
    expect(signed.length).toBeGreaterThan(0);
    for (const { body } of signed)
      expect(body.reply_to).toMatch(/^"Olena T\." <replies\+[^@<>]+@in\.x\.example>$/);
    const codes = mails.filter(({ body }) => /\d{6}/.test(String(body.subject)));
    expect(codes.map(({ body }) => body.from)).toEqual([house.settings.MAIL_FROM]);
    expect(String(codes[0]?.body.reply_to)).not.toContain('Olena');
  });
}

function pictureForm(content: string | Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.append('picture', new File([content], 'me.jpg'));
  form.append('do', 'picture');
  return form;
}
