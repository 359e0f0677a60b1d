import { expect, test } from 'vitest';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import { type House, newKeyName, send } from './house.ts';
import { deliveredOrder, euros, halfBack } from './orders.ts';
import { openOwner } from './owner.ts';

/** Levels of the club, promises, waived minimums and the register of hospitality, by forms of the Ukrainian pages and the API. */
export function describeClubStanding(open: () => House): void {
  test('a level by the year, its benefit, a promise and a waiver are told with their reasons', async () => {
    const house = open();
    const owner = await openOwner(house);
    for (const [key, value] of [
      ['club', 'on'],
      ['clubLevelPer', 'year'],
      ['clubLevelGrace', '14'],
    ] as const)
      await house.regulars('settings', 'set', key, value);
    const page = '/uk/console/club/benefits';
    const rows = [
      ['tin', '0', 'Бляшаний'],
      ['gold', '20,00', 'Золотий'],
    ];
    const levels = Object.fromEntries(
      rows.flatMap(([key = '', from = '', name = ''], index) => [
        [`key_${index}`, key],
        [`from_${index}`, from],
        [`uk_${index}`, name],
      ]),
    );
    expect((await owner.post(page, { do: 'levels', ...levels })).location).toContain('saved');
    const key = await house.newKey('orders:write', 'customers:read', 'customers:write');
    const post = (path: string, body: unknown) =>
      send(house.origin, { method: 'POST', path, body, key, idempotencyKey: newKeyName() });
    const get = (path: string) => send(house.origin, { method: 'GET', path, key });
    const today = dayOf(Date.now(), halfBack.timeZone);
    const order = { ...deliveredOrder('golden', 2500), placedAt: new Date(Date.now() - 1000).toISOString() };
    const { customerId, accountId } = (await post('/orders', order)).json;
    expect((await post('/club/members', { email: 'golden@example.com' })).status).toBe(201);
    const year = Number(today.slice(0, 4));
    expect((await get(`/club/members/${accountId}`)).json).toMatchObject({
      level: 'gold',
      because: { year, spend: euros(2500) },
      heldThrough: `${year + 2}-01-14`,
      keep: null,
    });
    const members = [];
    for (let page = '/club/members'; page !== ''; ) {
      const { items, nextCursor } = (await get(page)).json;
      members.push(...items);
      page = nextCursor === null ? '' : `/club/members?cursor=${nextCursor}`;
    }
    expect(members).toContainEqual(expect.objectContaining({ accountId, level: 'gold' }));
    const benefit = { do: 'promise', kind: 'other', title_uk: 'Чашка', body_uk: '', level: 'gold', rule: '' };
    expect((await owner.post(page, { ...benefit, kind: 'events' })).status).toBe(422);
    expect((await owner.post(page, benefit)).location).toContain('saved');
    expect((await owner.get('/uk/club')).text).toContain('Від рівня «Золотий»');
    const promises = (await get('/club/promises')).json.items;
    const promise = promises.find(
      ({ titles }: { titles: Record<string, string> | null }) => titles?.uk === 'Чашка',
    );
    const told = await post(`/club/benefits/${promise.promise}/promises`, {
      account: accountId,
      kept: false,
    });
    expect([told.status, told.json.day]).toEqual([201, today]);
    const tell = {
      do: 'tell',
      benefit: promise.promise,
      email: 'golden@example.com',
      was: 'kept',
      day: '',
      note: '',
    };
    expect((await owner.post('/uk/console/club/promises', tell)).location).toContain('saved');
    expect((await owner.get('/uk/console/club/promises')).text).toContain('Поки не можна сказати');
    const keeper = '/uk/console/club/promises';
    const { id } = told.json;
    expect((await owner.post(keeper, { do: 'take-back', id, [`reason-${id}`]: '' })).status).toBe(422);
    const back = { do: 'take-back', id, [`reason-${id}`]: 'Чужа чашка' };
    expect((await owner.post(keeper, back)).location).toContain('saved');
    expect((await owner.get(keeper)).text).toContain('Чужа чашка');
    expect((await get('/club/told-promises')).json.items[1]).toMatchObject({
      id,
      withdrawn: { reason: 'Чужа чашка' },
    });
    expect((await post(`/club/told-promises/${id}/withdrawal`, { reason: 'x' })).json.code).toBe(
      'already_decided',
    );
    await house.runJobs();
    const minimum = `/uk/console/customers/${customerId}/minimum`;
    expect((await owner.post(minimum, { until: '', reason: '' })).status).toBe(422);
    expect(
      (await owner.post(minimum, { until: today, reason: 'Відкриває другу кав’ярню' })).location,
    ).toContain('saved');
    const customer = (await get(`/customers/${customerId}`)).json;
    expect(customer.accounts[0].minimumWaived).toMatchObject({
      by: 'staff',
      who: 'olena@tea.example',
      reason: 'Відкриває другу кав’ярню',
    });
    expect((await owner.get(`/uk/console/till?customer=${customerId}`)).text).toContain(
      'Відкриває другу кав’ярню',
    );
    const { items } = (await get('/minimum-waivers')).json;
    expect((await post(`/minimum-waivers/${items[0].id}/end`, {})).status).toBe(201);
    expect((await get(`/customers/${customerId}`)).json.accounts[0].minimumWaived).toBeNull();
    await house.regulars('settings', 'set', 'clubLevelPer', 'lifetime');
  });

  test('hospitality over a limit waits for a second person', async () => {
    const house = open();
    const owner = await openOwner(house);
    const second = 'second@tea.example';
    await house.regulars('staff', 'add', second, '--role', 'manager');
    const { customerId } = (await house.api('POST', '/orders', deliveredOrder('hosted', 1000))).json;
    const page = `/uk/console/customers/${customerId}/hospitality`;
    const lunch = {
      kind: 'entertainment',
      purpose: 'Обід',
      worth: '60,00',
      day: '',
      giver: 'olena@tea.example',
    };
    expect((await owner.post(page, { ...lunch, worth: '' })).status).toBe(422);
    expect((await owner.post(page, lunch)).location).toContain('saved');
    const register = (await owner.get('/uk/console/plans/hospitality')).text;
    expect([register.includes('Обід'), register.includes('вирішили ви самі')]).toEqual([true, false]);
    const key = await house.newKey('contacts:read', 'contacts:write');
    const { items } = (await send(house.origin, { method: 'GET', path: '/hospitality', key })).json;
    expect(items[0]).toMatchObject({ customerId, state: 'waiting', passed: ['act'], worth: euros(6000) });
    const decision = { outcome: 'approved', reason: 'Раз на рік', by: second };
    const decide = { method: 'POST', path: `/hospitality/${items[0].id}/decision`, body: decision, key };
    const named = { ...decide, idempotencyKey: newKeyName() };
    const decided = await send(house.origin, named);
    expect([decided.status, decided.json.state]).toEqual([201, 'approved']);
    expect(decided.json.decided).toMatchObject({
      by: second,
      reason: 'Раз на рік',
      isAlone: false,
    });
    expect((await send(house.origin, named)).json).toEqual(decided.json);
    expect((await send(house.origin, { ...decide, idempotencyKey: newKeyName() })).json.code).toBe(
      'already_decided',
    );
    const withdrawal = {
      ...{ method: 'POST', path: `/hospitality/${items[0].id}/withdrawal`, key },
      ...{ body: { reason: 'Не змогли прийти' }, idempotencyKey: newKeyName() },
    };
    const withdrawn = await send(house.origin, withdrawal);
    expect([withdrawn.json.state, withdrawn.json.withdrawn.reason]).toEqual([
      'withdrawn',
      'Не змогли прийти',
    ]);
    expect((await send(house.origin, withdrawal)).json).toEqual(withdrawn.json);
    const body = {
      ...{ customer: customerId, giver: 'olena@tea.example', kind: 'gift', purpose: 'Подяка' },
      worth: euros(1000),
    };
    const sent = { method: 'POST', path: '/hospitality', body, key, idempotencyKey: newKeyName() };
    const first = await send(house.origin, sent);
    expect([first.status, first.json.state]).toEqual([201, 'given']);
    expect((await send(house.origin, sent)).json).toEqual(first.json);
    expect((await owner.get('/uk/console/plans/hospitality.csv')).text).toContain('Подяка');
  });
}
