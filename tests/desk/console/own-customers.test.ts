import { expect, test } from 'vitest';
import { downloadOwnCustomers } from '../../../functions/desk/console/own-customers/download-own-customers.ts';
import { exportManagers } from '../../../functions/desk/console/own-customers/export-managers.ts';
import { listOwnCustomers } from '../../../functions/desk/console/own-customers/list-own-customers.ts';
import { DAY_MS, HOUR_MS } from '../../../functions/ground/platform/calendar.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setAbsence } from '../../../functions/people/managers/absences/set-absence.ts';
import { assignManager } from '../../../functions/people/managers/assign-manager.ts';
import { writeRows } from '../../../functions/reach/exports/write-rows.ts';
import { fileInMemory } from '../../../functions/reach/imports/file-in-memory.ts';
import { importManagers } from '../../../functions/reach/imports/managers/import-managers.ts';
import { answer, openHouse, tell } from '../../voice/feedback/house.ts';

/** Ann, Bob and Cid are the agent's; who is first in the list, with what waits. */
async function openList() {
  const house = await openHouse();
  const { shop, agent } = house;
  const cid = await shop.order({ email: 'cid@example.com', number: 'C-1', totals: [1000] });
  const bobs = await house.ctx.db.read({
    sql: `SELECT account_id FROM orders WHERE number = 'B-1'`,
    args: [],
  });
  for (const accountId of [house.order.accountId, String(bobs[0]?.[0]), cid.accountId])
    await assignManager(house.ctx, { accountId, manager: agent.staffId });
  const list = async (staffId = agent.staffId) => {
    const { items } = await listOwnCustomers(agent, { staffId });
    return items.map(({ name, openCases, overdueCases, lateOrders, unseen, isQuiet }) => [
      ...[name?.split('@')[0], openCases, overdueCases, lateOrders],
      ...[unseen === null ? 0 : Number(unseen.minor), isQuiet],
    ]);
  };
  return { ...house, list };
}

test('what waits most comes first, and goes when it is done', async () => {
  const { shop, ctx, bob, agent, owner, list } = await openList();
  expect(await list()).toEqual([
    ['ann', 0, 0, 0, 0, false],
    ['bob', 0, 0, 0, 0, false],
    ['cid', 0, 0, 0, 0, false],
  ]);
  await shop.order({
    ...{ email: 'cid@example.com', number: 'C-2', status: 'placed', promisedBy: '2026-03-02' },
  });
  const { id } = await tell(bob);
  shop.clock.advance(2 * DAY_MS);
  expect(await list()).toEqual([
    ['bob', 1, 0, 0, 0, false],
    ['cid', 0, 0, 1, 0, false],
    ['ann', 0, 0, 0, 0, false],
  ]);
  shop.clock.advance(30 * DAY_MS + HOUR_MS);
  // Ann has 5.00 for her order of 120.00, and has not been here since.
  expect(await list()).toEqual([
    ['bob', 1, 1, 0, 0, false],
    ['cid', 0, 0, 1, 0, false],
    ['ann', 0, 0, 0, 500, false],
  ]);
  await answer(agent, id, { state: 'resolved' });
  shop.clock.advance(60 * DAY_MS);
  expect((await list())[0]?.[0]).toBe('cid');
  expect((await list()).every(([, , , , , isQuiet]) => isQuiet)).toBe(true);
  const waiting = await listOwnCustomers(ctx, { staffId: agent.staffId, isWaitingOnly: true });
  expect(waiting.items).toHaveLength(3);
  expect(await list(owner.staffId)).toEqual([]);
  await setAbsence(ctx, {
    staff: agent.staffId,
    from: '2026-05-01',
    until: '2026-12-31',
    standIn: owner.staffId,
  });
  const stoodIn = await listOwnCustomers(owner, { staffId: owner.staffId });
  expect(stoodIn.items.map(({ of }) => of)).toEqual(Array(3).fill('agent@example.com'));
});

test('is taken as a CSV, whose names are for those who may read them', async () => {
  const { ctx, shop, agent, owner, analyst } = await openList();
  const home = await shop.order({ email: 'ann@example.com', account: 'The Petrenkos', number: 'H-1' });
  await assignManager(ctx, { accountId: home.accountId, manager: owner.staffId });
  const days = { from: '2026-03-01', until: '2026-03-02' };
  await setAbsence(ctx, { staff: owner.staffId, standIn: agent.staffId, ...days });
  const read = async (reader: Context) =>
    new Response(await downloadOwnCustomers(reader, { staffId: agent.staffId })).text();
  const [head, first, ...more] = (await read(agent)).trim().split('\n');
  expect(head).toMatch(/^name,account,account_id,/);
  expect([first?.startsWith('ann@example.com,The Petrenkos,'), more.length]).toEqual([true, 3]);
  expect(first).toContain('owner@example.com');
  const pseudonymous = await read(analyst);
  expect(pseudonymous.trim().split('\n')).toHaveLength(5);
  expect(pseudonymous).not.toMatch(/@|Petrenko/);
});

const fileOf = (text: string) => ({
  name: 'managers.csv',
  async *chunks() {
    yield Buffer.from(text);
  },
  readWorkbook: async () => null,
  workbookMax: 0,
});

test('who looks after whom goes out as a table and comes in again; a row that is wrong is told and left out', async () => {
  const { ctx, agent, owner, order } = await openList();
  const take = (text: string, isDryRun = false) => importManagers(ctx, { file: fileOf(text), isDryRun });
  let table = '';
  for await (const text of writeRows(await exportManagers(ctx), 'csv')) table += text;
  const untouched = { given: 0, same: 3, byRule: 0, lines: 3, rejected: 0, errors: [] };
  expect([await take(table, true), await take(table)]).toMatchObject([untouched, untouched]);
  const changed = [
    'email,manager,why',
    'ann@example.com,owner@example.com,asked for',
    'nobody@example.com,owner@example.com,',
    'bob@example.com,stranger@example.com,',
    'bob@example.com',
    'Ann@example.com,agent@example.com,',
  ];
  const rehearsed = await take(changed.join('\n'), true);
  expect((await listOwnCustomers(agent, { staffId: owner.staffId })).items).toEqual([]);
  const report = await take(changed.join('\n'));
  expect({ ...rehearsed, seconds: 0 }).toEqual({ ...report, seconds: 0 });
  expect([report.given, report.errors.map(({ line }) => line)]).toEqual([1, [3, 4, 5, 6]]);
  expect(report.errors.at(-1)?.why).toMatchObject({
    code: 'named_before',
    column: 'email',
    of: { line: '2' },
  });
  const { items } = await listOwnCustomers(agent, { staffId: owner.staffId });
  expect(items.map(({ accountId }) => accountId)).toEqual([order.accountId]);
  await expect(take('email,boss\nann@example.com,x')).rejects.toMatchObject({
    code: 'validation_failed',
    why: { code: 'columns_unknown' },
  });
  await expect(take('email,why\nann@example.com,x')).rejects.toMatchObject({
    why: { code: 'managers_need_key' },
  });
});

test('what rules gave is left to them while a row names who has it, and goes by hand to whom else it names', async () => {
  const { ctx, owner, agent, order } = await openList();
  await ctx.db.write([
    {
      sql: "UPDATE account_managers SET segment_id = 'anybody' WHERE account_id = ?",
      args: [order.accountId],
    },
  ]);
  const take = (manager: string, isDryRun = false) =>
    importManagers(ctx, {
      isDryRun,
      file: fileInMemory({
        name: 'managers.csv',
        bytes: Buffer.from(`account_id,manager,by\n${order.accountId},${manager},rule\n`),
      }),
    });
  expect(await take('agent@example.com')).toMatchObject({ given: 0, same: 0, byRule: 1, rejected: 0 });
  for (const isDryRun of [true, false])
    expect(await take('owner@example.com', isDryRun)).toMatchObject({ given: 1, byRule: 0, rejected: 0 });
  const ids = async (staffId: string) =>
    (await listOwnCustomers(agent, { staffId })).items.map(({ accountId }) => accountId);
  expect(await ids(owner.staffId)).toEqual([order.accountId]);
  expect(await ids(agent.staffId)).not.toContain(order.accountId);
});

test('an account that the file named before is told, whether by its id or by an address', async () => {
  const { ctx, order } = await openList();
  const take = (rows: readonly string[]) =>
    importManagers(ctx, {
      file: fileOf(['account_id,email,manager', ...rows].join('\n')),
      isDryRun: true,
    });
  const byId = `${order.accountId},,owner@example.com`;
  const byEmail = ',ann@example.com,owner@example.com';
  for (const [rows, column] of [
    [[byId, byEmail], 'email'],
    [[byEmail, byId], 'account_id'],
  ] as const) {
    const report = await take(rows);
    expect(report.given + report.same).toBe(1);
    expect(report.errors).toMatchObject([
      { line: 3, why: { code: 'named_before', column, of: { line: '2' } } },
    ]);
  }
});
