import { expect, test } from 'vitest';
import { logContact } from '../../../functions/care/contacts/log-contact.ts';
import { listTasks } from '../../../functions/care/contacts/tasks/list-tasks.ts';
import { getConsoleHead } from '../../../functions/desk/console/customers/find-head.ts';
import { DAY_MS } from '../../../functions/ground/platform/calendar.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { getCustomer } from '../../../functions/people/customers/get-customer.ts';
import { listAbsences } from '../../../functions/people/managers/absences/list-absences.ts';
import { endAbsence, setAbsence } from '../../../functions/people/managers/absences/set-absence.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { getOwnManager } from '../../../functions/people/managers/get-own-manager.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { disableStaff } from '../../../functions/people/staff/disable-staff.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

/** Noon on 1 March 2026, in London. Nina looks after Ann. */
async function openTeam() {
  const shop = await openShop(moneyBack);
  for (const name of ['nina', 'omar', 'pia'])
    await addStaff(shop.ctx, { email: `${name}@shop.example`, role: 'agent', name });
  await addStaff(shop.ctx, { email: 'ada@shop.example', role: 'analyst', name: 'ada' });
  const rows = await shop.ctx.db.read({ sql: 'SELECT name, id FROM staff', args: [] });
  const ids = Object.fromEntries(rows.map(([name, id]) => [String(name), String(id)]));
  const as = (name: string, role: Role = 'agent'): Context => ({
    ...shop.ctx,
    actor: { kind: 'staff', id: ids[name] ?? '', role },
  });
  const { customerId, accountId } = await shop.order();
  await assignManager(shop.ctx, { accountId, manager: 'nina@shop.example' });
  const seen = async () =>
    (await getOwnManager(shop.as(customerId), { accountId: null, timeZone: 'Europe/London' }))?.name ?? null;
  const away = (from: string, until: string, standIn = 'omar', who = 'nina') =>
    setAbsence(as(who), { staff: ids[who] ?? '', from, until, standIn: `${standIn}@shop.example` });
  return { shop, as, ids, customerId, seen, away };
}

test('from the first day to the last the stand-in is shown, and nobody has to end it', async () => {
  const { shop, seen, away } = await openTeam();
  await away('2026-03-02', '2026-03-03');
  const days: (string | null)[] = [];
  for (let day = 1; day <= 4; day += 1) {
    days.push(await seen());
    shop.clock.advance(DAY_MS);
  }
  expect(days).toEqual(['nina', 'omar', 'omar', 'nina']);
  expect(await listAbsences(shop.ctx)).toEqual([]);
});

test('tasks of who is away are among those of the stand-in, until the absence is called off', async () => {
  const { shop, as, ids, customerId, away, seen } = await openTeam();
  const told = { channel: 'phone', direction: 'out', isMissed: false, at: null, durationS: null } as const;
  await logContact(as('nina'), {
    ...told,
    ...{ staffId: ids.nina ?? null, summary: 'Called', mood: null, satisfaction: null, customerId },
    ...{ accountId: null, number: null, order: null, wantsAnswer: false, source: 'console', reference: null },
    ...{ nextStep: { what: 'Call again', dueOn: '2026-03-01', staffId: ids.nina ?? null }, key: null },
  });
  const tasksOf = async (name: string) =>
    (await listTasks(as(name), { view: 'today', staffId: ids[name] ?? '' })).items.map(({ what }) => what);
  expect(await tasksOf('omar')).toEqual([]);
  const { id } = await away('2026-03-01', '2026-03-05');
  expect([await tasksOf('omar'), await tasksOf('nina'), await tasksOf('pia')]).toEqual([
    ['Call again'],
    ['Call again'],
    [],
  ]);
  const manager = async () => (await getCustomer(shop.ctx, { id: customerId })).manager;
  const nina = { email: 'nina@shop.example', name: 'nina' };
  const standIn = { email: 'omar@shop.example', name: 'omar', until: '2026-03-05' };
  expect(await manager()).toEqual({ ...nina, standIn });
  const head = await getConsoleHead(shop.ctx, { customerId, accountId: null });
  expect(head.manager?.standIn).toMatchObject(standIn);
  await endAbsence(as('nina'), { id });
  expect([await tasksOf('omar'), await seen()]).toEqual([[], 'nina']);
  expect(await manager()).toEqual({ ...nina, standIn: null });
  await expect(endAbsence(as('nina'), { id })).rejects.toMatchObject({ code: 'not_found' });
  expect(await shop.ctx.db.read({ sql: 'SELECT count(*) FROM staff_absences', args: [] })).toEqual([[1n]]);
});

test('who stands in and leaves the team stands in for nobody', async () => {
  const { shop, away, seen } = await openTeam();
  await away('2026-03-01', '2026-03-05');
  expect(await seen()).toBe('omar');
  await disableStaff(shop.ctx, { email: 'omar@shop.example' });
  expect(await seen()).toBe('nina');
  expect(await listAbsences(shop.ctx)).toMatchObject([{ isStoodIn: false }]);
});

test('for who left the team while away nobody stands in, neither for the customer nor in the console', async () => {
  const { shop, away, customerId, seen } = await openTeam();
  await away('2026-03-01', '2026-03-05');
  expect(await seen()).toBe('omar');
  await disableStaff(shop.ctx, { email: 'nina@shop.example' });
  const head = await getConsoleHead(shop.ctx, { customerId, accountId: null });
  expect([await seen(), head.manager]).toEqual([null, null]);
});

test('whoever is called is there: nobody stands in who is away, or for themselves, and nobody is away twice', async () => {
  const { shop, as, ids, away } = await openTeam();
  await away('2026-03-10', '2026-03-20');
  const refusals: [Promise<unknown>, string, string][] = [
    [away('2026-03-20', '2026-03-25'), 'from', 'overlaps'],
    [away('2026-03-10', '2026-03-10', 'pia', 'omar'), 'from', 'stands_in'],
    [away('2026-03-15', '2026-03-16', 'nina', 'pia'), 'standIn', 'away'],
    [away('2026-04-02', '2026-04-01'), 'until', 'before_from'],
    [away('2026-02-01', '2026-02-28'), 'until', 'past'],
    [away('2026-04-01', '2027-04-03'), 'until', 'too_long'],
    [away('2026-04-01', '2026-04-02', 'nina'), 'standIn', 'same'],
    [away('2026-04-01', '2026-04-02', 'ada'), 'standIn', 'unknown'],
    [away('soon', '2026-04-02'), 'from', 'invalid_date'],
  ];
  for (const [refused, path, code] of refusals)
    await expect(refused).rejects.toMatchObject({ errors: [{ path, code }] });
  expect(await listAbsences(shop.ctx)).toHaveLength(1);
  const other = {
    staff: ids.nina ?? '',
    from: '2026-05-01',
    until: '2026-05-02',
    standIn: 'pia@shop.example',
  };
  await expect(setAbsence(as('omar', 'manager'), other)).rejects.toMatchObject({ code: 'forbidden' });
  await setAbsence(as('omar', 'owner'), other);
});
