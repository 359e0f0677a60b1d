import { expect, test } from 'vitest';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type House, send } from './house.ts';
import { deliveredOrder, halfBack } from './orders.ts';
import { openOwner } from './owner.ts';

/** Days of customers and plans, by the forms of the Ukrainian pages. */
export function describeOccasions(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('a birthday is wished well once, with its voucher', async () => {
    const house = open();
    await house.regulars('settings', 'set', 'wishHour', '0');
    const owner = await openOwner(house);
    const set = {
      ...{ kind: 'birthday', birthday_on: 'yes', birthday_audience: 'everybody', birthday_gift: 'voucher' },
      ...{ birthday_amount: '7,50', birthday_minimum: '', birthday_months: '3' },
    };
    const page = '/uk/console/plans/occasions';
    expect((await owner.post(page, { ...set, do: 'preview' })).text).toContain('Ще не збережено');
    expect((await owner.post(page, { ...set, birthday_months: '' })).status).toBe(422);
    expect((await owner.post(page, set)).location).toContain('saved');
    await house.api('POST', '/orders', deliveredOrder('born-today', 1000));
    const customer = openBrowser(house.origin);
    await signIn(house, customer, 'born-today@example.com');
    const [, month = '', day = ''] = dayOf(Date.now(), halfBack.timeZone).split('-');
    expect((await customer.post('/uk/account/question?about=birthday', { month, day })).status).toBe(303);
    const own = {
      do: 'own-day',
      own_name: 'Відкриття майстерні',
      own_day: '29',
      own_month: '02',
      own_year: '2016',
    };
    expect((await customer.post('/uk/account/settings/days', own)).location).toContain('saved');
    expect((await customer.get('/uk/account/settings/days')).text).toContain('29 лютого');
    await house.runJobs();
    const told = () =>
      house.look(
        `SELECT w.outcome, v.amount_minor FROM occasion_wishes AS w JOIN vouchers AS v ON v.account_id = w.root_id
         JOIN customers AS c ON c.id = w.customer_id WHERE c.email = 'born-today@example.com'`,
      );
    expect(await told()).toEqual([['told', '750']]);
    await house.runJobs();
    expect(await told()).toEqual([['told', '750']]);
    expect((await customer.get('/uk/account/rewards')).text).toContain('7,50');
    const wish = () =>
      house.mail.accepted.filter(
        ({ body }) => body.to === 'born-today@example.com' && JSON.stringify(body).includes('7.50'),
      ).length;
    await expect.poll(wish, { timeout: 30_000 }).toBe(1);
  });

  test('a plan gives a task for whoever is due, and none that sells to premium customers', async () => {
    const house = open();
    const owner = await openOwner(house);
    const plan = {
      ...{ audience: 'buyer', level: '', channel: 'mail', purpose: 'news', what: 'Нове обсмаження' },
      ...{ interval: '30', most: '5', staff: '' },
    };
    const refused = await owner.post('/uk/console/plans/new', {
      ...plan,
      interval: '0',
    });
    expect(refused.status).toBe(422);
    expect((await owner.post('/uk/console/plans/new', plan)).location).toContain('saved');
    await house.runJobs();
    expect((await owner.get('/uk/console/contacts/day?whose=all')).text).toContain('Нове обсмаження');
    expect((await owner.get('/uk/console/plans/calendar')).text).toContain('Покупці');
    expect((await owner.get('/uk/console/plans/heard')).status).toBe(200);
    const key = await house.newKey('contacts:read', 'customers:read');
    const plans = await send(house.origin, { method: 'GET', path: '/plans', key });
    expect(plans.json.items).toMatchObject([{ audience: 'buyer', channel: 'mail', open: 1 }]);
    const due = await send(house.origin, {
      method: 'GET',
      path: `/plans/${plans.json.items[0].id}/due`,
      key,
    });
    expect(due.json).toEqual({ items: [] });
    const coming = await send(house.origin, { method: 'GET', path: '/occasions', key });
    expect(coming.status).toBe(200);
  });
}
