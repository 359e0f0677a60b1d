import { expect, test } from 'vitest';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import { addDays } from '../../functions/ground/platform/calendar.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type House, send } from './house.ts';
import { deliveredOrder, halfBack } from './orders.ts';
import { openOwner } from './owner.ts';

/** Moments, by the forms of the Ukrainian pages and by the API. */
export function describeMoments(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('a follower is thanked once, and a late parcel told of once, in the words of the business', async () => {
    const house = open();
    await house.regulars('settings', 'set', 'momentHour', '0');
    const owner = await openOwner(house);
    const page = '/uk/console/plans/moments/social_thanks';
    const set = {
      ...{ 'moment.social_thanks': 'on', 'moment.social_thanks.amount': '1,50', do: 'save' },
      ...{ 'was_moment.social_thanks': 'off', 'was_moment.social_thanks.amount': '2.00' },
    };
    expect((await owner.post(page, { ...set, 'moment.social_thanks.amount': 'багато' })).status).toBe(422);
    expect((await owner.post(page, set)).location).toContain('saved');
    await house.api('POST', '/orders', deliveredOrder('follower', 1000));
    await signIn(house, openBrowser(house.origin), 'follower@example.com');
    const sign = {
      do: 'sign',
      ...{
        sign_customer: 'follower@example.com',
        sign_kind: 'follow',
        sign_place: 'instagram',
        sign_link: '',
      },
    };
    expect((await owner.post(page, { ...sign, sign_kind: 'post' })).status).toBe(422);
    expect((await owner.post(page, sign)).location).toContain('sign=logged');
    const key = await house.newKey('settings:write', 'customers:read');
    const body = { isOn: true, settings: [{ name: 'days', value: '1' }] };
    const put = {
      method: 'PUT',
      path: '/moments/late_parcel',
      key,
      body,
      idempotencyKey: 'late-on',
    } as const;
    expect((await send(house.origin, put)).json).toEqual({ name: 'late_parcel' });
    const promisedBy = addDays(dayOf(Date.now(), halfBack.timeZone), -1);
    const late = { ...deliveredOrder('follower', 1000), number: 'late-1', status: 'shipped', promisedBy };
    await house.api('POST', '/orders', late);
    const text = '/uk/console/texts/uk/mail.late_parcel';
    const words = {
      part_subject: 'Де посилка {order}',
      part_heading: 'Шукаємо',
      part_body: '{order}: {date}',
      do: 'save',
    };
    expect((await owner.post(text, words)).location).toContain('saved');
    await house.runJobs();
    await house.runJobs();
    const given = `SELECT b.amount_minor FROM bonuses AS b WHERE b.cause_kind = 'thanks'`;
    expect(await house.look(given)).toEqual([['150']]);
    expect(await house.look("SELECT count(*) FROM outbox WHERE template = 'late_parcel'")).toEqual([['1']]);
    const moments = await send(house.origin, { method: 'GET', path: '/moments', key });
    expect(moments.json.items).toContainEqual(
      expect.objectContaining({ name: 'late_parcel', isOn: true, written: 1 }),
    );
    expect((await owner.get('/uk/console/plans/moments')).text).toContain('Запізніла посилка');
    expect((await owner.get(page)).text).toContain('1,50');
    const preview = { do: 'preview', text: 'uk mail.late_parcel', customer: 'follower@example.com' };
    expect((await owner.post('/uk/console/plans/moments/late_parcel', preview)).text).toContain('Де посилка');
  });
}
