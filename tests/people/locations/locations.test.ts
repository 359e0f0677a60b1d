import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { setPolicies } from '../../../functions/money/business/policies.ts';
import { getLocation, listKeptLocations } from '../../../functions/people/locations/get-location.ts';
import { getLocations } from '../../../functions/people/locations/get-locations.ts';
import { removeLocation, setLocation } from '../../../functions/people/locations/set-location.ts';
import { setSpecialDay } from '../../../functions/people/locations/set-special-day.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

// 1 March 2026 is a Sunday, noon in London.
const oldTown = {
  ...{ name: 'Old Town', address: '12 Market Street', phone: '+44 20 7946 0000' },
  ...{ hours: 'Mon-Sat 09:00-18:00', directions: { uk: ' Трамвай 7 ', en: '' } },
};

const as = (ctx: Context, role: Role): Context => ({ ...ctx, actor: { kind: 'staff', id: 's1', role } });
const audited = async ({ db }: Context) =>
  (await db.read(statement('SELECT act, detail FROM audit_log ORDER BY at, id'))).filter(([act]) =>
    /^(?:location|special-day)/.test(String(act)),
  );

test('where none is kept, the business itself is told, and the closed day with its holiday', async () => {
  const { ctx } = await openShop(moneyBack);
  await setPolicies(ctx, [
    ['contactAddress', '1 High Street'],
    ['businessHours', 'Mon-Fri 09:00-17:00'],
  ]);
  await setSpecialDay(ctx, { day: '2026-03-02', names: { en: 'Stocktaking' } });
  const anybody: Context = { ...ctx, actor: { kind: 'anonymous' } };
  expect(await getLocations(anybody)).toMatchObject([
    {
      ...{ id: null, address: '1 High Street', hours: 'Mon-Fri 09:00-17:00' },
      state: { isOpen: false, from: Date.UTC(2026, 2, 3, 9) },
      special: [{ day: '2026-03-02', names: { en: 'Stocktaking' } }],
    },
  ]);
});

test('a location is added, changed and taken away, each told in the log, the same again not', async () => {
  const { ctx, clock } = await openShop(moneyBack);
  const { id } = await setLocation(ctx, oldTown);
  await setLocation(ctx, { ...oldTown, id });
  await setLocation(ctx, { ...oldTown, id, hours: '' });
  clock.advance(1000);
  expect(await getLocation(ctx, { id })).toEqual({
    ...{ ...oldTown, id, hours: '', mapUrl: null, directions: { uk: 'Трамвай 7' } },
  });
  expect((await getLocations(ctx))[0]?.state).toBeNull();
  await setSpecialDay(ctx, { day: '2026-03-05', locationId: id });
  await removeLocation(ctx, { id });
  expect(await listKeptLocations(ctx)).toEqual({ locations: [], days: [] });
  expect((await audited(ctx)).map(([act]) => act)).toEqual([
    ...['location.set', 'location.set', 'special-day.set', 'location.removed'],
  ]);
  await expect(setLocation(ctx, { ...oldTown, id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(setSpecialDay(ctx, { day: '2026-03-05', locationId: id })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a day of one location stands before that of all, and is taken back', async () => {
  const { ctx } = await openShop(moneyBack);
  const { id } = await setLocation(ctx, oldTown);
  await setLocation(ctx, { ...oldTown, name: 'Harbour' });
  await setSpecialDay(ctx, { day: '2026-03-01', hours: '10:00-16:00' });
  await setSpecialDay(ctx, { day: '2026-03-01', locationId: id, hours: '' });
  const states = async () => (await getLocations(ctx)).map(({ name, state }) => [name, state?.isOpen]);
  expect(await states()).toEqual([
    ['Harbour', true],
    ['Old Town', false],
  ]);
  await setSpecialDay(ctx, { day: '2026-03-01', locationId: id, isRemoved: true });
  expect(await states()).toEqual([
    ['Harbour', true],
    ['Old Town', true],
  ]);
});

test.each([
  ['name', { name: '' }],
  ['address', { address: 'two\nlines' }],
  ['phone', { phone: 'call me' }],
  ['hours', { hours: 'whenever' }],
  ['mapUrl', { mapUrl: 'javascript:alert(1)' }],
])('what is wrong with %s is said of it, and nothing is kept', async (path, wrong) => {
  const { ctx } = await openShop(moneyBack);
  await expect(setLocation(ctx, { ...oldTown, ...wrong })).rejects.toMatchObject({
    ...{ code: 'validation_failed', errors: [{ path }] },
  });
  expect((await listKeptLocations(ctx)).locations).toEqual([]);
});

test('days that are over, and hours that are none, are refused', async () => {
  const { ctx } = await openShop(moneyBack);
  await expect(setSpecialDay(ctx, { day: '2026-02-28' })).rejects.toMatchObject({
    errors: [{ path: 'day' }],
  });
  await expect(setSpecialDay(ctx, { day: '2026-03-03', hours: '9-17' })).rejects.toMatchObject({
    errors: [{ path: 'hours' }],
  });
});

test('owners and managers keep locations, nobody else', async () => {
  const { ctx } = await openShop(moneyBack);
  await setLocation(as(ctx, 'manager'), oldTown);
  for (const role of ['agent', 'analyst'] as const) {
    await expect(setLocation(as(ctx, role), oldTown)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setSpecialDay(as(ctx, role), { day: '2026-03-03' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  }
});
