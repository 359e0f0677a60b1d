import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { statement } from '../../../db/query.ts';
import { beginDrill } from '../../../functions/desk/backup/begin-drill.ts';
import { deleteBackup } from '../../../functions/desk/backup/delete-backup.ts';
import { fetchBackup } from '../../../functions/desk/backup/fetch-backup.ts';
import { listBackups } from '../../../functions/desk/backup/list-backups.ts';
import { makeBackup } from '../../../functions/desk/backup/make-backup.ts';
import { setBackupSchedule } from '../../../functions/desk/backup/set-schedule.ts';
import { hasBackupWork, workOnBackups } from '../../../functions/desk/backup/work-on-backups.ts';
import type { Actor, Context } from '../../../functions/ground/platform/context.ts';
import { FilesUnavailable } from '../../../functions/ground/platform/file-store.ts';
import { daily, newest, openShopWithBackups } from './house.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const byHand = { place: null };

const owner = (ctx: Context): Actor => ({ kind: 'staff', id: 'o', role: 'owner', provenAt: ctx.now() });

async function make(ctx: Context): Promise<string> {
  const { id } = await makeBackup(ctx, byHand);
  await workOnBackups(ctx);
  return id;
}

async function drill(ctx: Context, id: string) {
  await beginDrill(ctx, { id });
  await workOnBackups(ctx);
  const { backups } = await listBackups(ctx);
  return backups.find((one) => one.id === id)?.drill;
}

const countOf = async (ctx: Context, table: string) =>
  Number((await ctx.db.read(statement(`SELECT count(*) FROM ${table}`)))[0]?.[0]);

describe('a copy of the file', () => {
  test('is made beside the books, for its owner alone, and says what is in it', async () => {
    const { ctx, folder, names } = await openShopWithBackups();
    const id = await make(ctx);
    expect(names()).toEqual([`${id}.db`]);
    const { size, mode } = statSync(join(folder, `${id}.db`));
    expect(mode & 0o777).toBe(0o600);
    expect(await newest(ctx)).toMatchObject({
      ...{ kind: 'copy', place: 'folder', slot: null, failure: null, bytes: size, drill: null },
      ...{ orders: await countOf(ctx, 'orders'), entries: await countOf(ctx, 'ledger') },
    });
    const copied = openEmbedded(join(folder, `${id}.db`));
    expect(await countOf({ ...ctx, db: copied }, 'backups')).toBe(0);
    copied.close();
  });

  test('is one at a time', async () => {
    const { ctx, names } = await openShopWithBackups();
    await makeBackup(ctx, byHand);
    await expect(makeBackup(ctx, byHand)).rejects.toMatchObject({ code: 'backup_under_way' });
    await workOnBackups(ctx);
    expect(names()).toHaveLength(1);
    await make(ctx);
    expect(names()).toHaveLength(2);
  });

  test('of a process that was killed is made anew, and nothing of it stays', async () => {
    const { ctx, folder, names } = await openShopWithBackups();
    const first = await make(ctx);
    const { id } = await makeBackup(ctx, byHand);
    // A number that no process has.
    const gone = `${ctx.backups?.me.split(' ')[0]} 4194304999 x`;
    writeFileSync(join(folder, `${id}.db.4194304999.draft`), 'half');
    await ctx.db.write([
      statement('UPDATE backups SET claimed_by = ?, claimed_at = ?, begun = 1 WHERE id = ?', gone, 1, id),
    ]);
    expect((await newest(ctx)).finishedAt).toBeNull();
    expect(await hasBackupWork(ctx)).toBe(true);
    await workOnBackups(ctx);
    expect(names()).toEqual([`${first}.db`, `${id}.db`]);
    expect(await newest(ctx)).toMatchObject({ id, begun: 2, failure: null });
  });

  test('is left to a process that is at it', async () => {
    const { ctx, names } = await openShopWithBackups();
    const { id } = await makeBackup(ctx, byHand);
    await ctx.db.write([
      statement(
        'UPDATE backups SET claimed_by = ?, claimed_at = ? WHERE id = ?',
        'elsewhere 1 x',
        ctx.now(),
        id,
      ),
    ]);
    expect(await hasBackupWork(ctx)).toBe(false);
    await workOnBackups(ctx);
    expect(names()).toEqual([]);
  });

  test('comes home as the file that lies there, and goes with it', async () => {
    const { ctx, folder, names } = await openShopWithBackups();
    const id = await make(ctx);
    const own = { ...ctx, actor: owner(ctx) };
    const { body, bytes, fileName } = await fetchBackup(own, { id });
    const got = Buffer.from(await new Response(body).arrayBuffer());
    expect(got.equals(readFileSync(join(folder, `${id}.db`)))).toBe(true);
    expect([got.length, fileName]).toEqual([bytes, 'regulars-2026-04-10-120000.db']);
    await deleteBackup(own, { id });
    expect([names(), (await listBackups(ctx)).backups]).toEqual([[], []]);
    await expect(fetchBackup(own, { id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteBackup(own, { id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a drill', () => {
  test('restores the copy, verifies it and leaves nothing', async () => {
    const { ctx, names } = await openShopWithBackups();
    const id = await make(ctx);
    const tried = await drill(ctx, id);
    const { orders, entries } = await newest(ctx);
    expect(tried).toMatchObject({ failure: null, differences: 0, accounts: 3, orders, entries });
    expect(names()).toEqual([`${id}.db`]);
  });

  test('finds a difference that somebody planted in the copy, and not in the books', async () => {
    const { ctx, folder } = await openShopWithBackups();
    const id = await make(ctx);
    const copied = openEmbedded(join(folder, `${id}.db`));
    await copied.write([statement('UPDATE account_spend SET spend_minor = spend_minor + 1')]);
    await copied.script('PRAGMA wal_checkpoint(TRUNCATE)');
    copied.close();
    expect((await drill(ctx, id))?.differences).toBeGreaterThan(0);
    expect(await drill(ctx, await make(ctx))).toMatchObject({ differences: 0 });
  });

  test('tells of a copy that is damaged, or gone', async () => {
    const { ctx, folder } = await openShopWithBackups();
    const [first, second] = [await make(ctx), await make(ctx)];
    writeFileSync(join(folder, `${first}.db`), 'this is no database at all');
    expect(await drill(ctx, first)).toMatchObject({ failure: 'damaged', differences: null });
    await ctx.backups?.places.folder?.delete(`${second}.db`);
    expect(await drill(ctx, second)).toMatchObject({ failure: 'gone' });
  });

  test('is one at a time, and keeps its backup from being deleted', async () => {
    const { ctx } = await openShopWithBackups();
    const [first, second] = [await make(ctx), await make(ctx)];
    await beginDrill(ctx, { id: first });
    await expect(beginDrill(ctx, { id: second })).rejects.toMatchObject({ code: 'backup_under_way' });
    await expect(deleteBackup(ctx, { id: first })).rejects.toMatchObject({ code: 'backup_under_way' });
    await deleteBackup(ctx, { id: second });
  });
});

describe('the schedule', () => {
  test('makes one when it comes due, once, and keeps as many as it says', async () => {
    const { ctx, clock, names } = await openShopWithBackups();
    const own = await make(ctx);
    await setBackupSchedule(ctx, daily);
    await workOnBackups(ctx);
    expect(names()).toHaveLength(1);
    // From one in the afternoon, London time, on Friday, the tenth of April.
    clock.advance(14 * HOUR_MS - 60_000);
    expect(await hasBackupWork(ctx)).toBe(false);
    clock.advance(120_000);
    expect(await hasBackupWork(ctx)).toBe(true);
    await workOnBackups(ctx);
    await workOnBackups(ctx);
    expect(await newest(ctx)).toMatchObject({ slot: '2026-04-11 03', failure: null });
    for (let day = 0; day < 3; day += 1) {
      clock.advance(DAY_MS);
      await workOnBackups(ctx);
    }
    const { backups } = await listBackups(ctx);
    expect(backups.map(({ slot }) => slot)).toEqual(['2026-04-14 03', '2026-04-13 03', null]);
    expect(names()).toHaveLength(3);
    expect(names()).toContain(`${own}.db`);
  });

  test('of a week waits for its day, and goes by the clock of the business', async () => {
    const { ctx, clock } = await openShopWithBackups();
    await setBackupSchedule(ctx, { ...daily, every: 'week', weekday: 1, hour: 0 });
    clock.advance(2 * DAY_MS);
    await workOnBackups(ctx);
    expect((await listBackups(ctx)).backups).toEqual([]);
    clock.advance(11.5 * HOUR_MS);
    await workOnBackups(ctx);
    expect(await newest(ctx)).toMatchObject({ slot: '2026-04-13 00' });
  });

  test('that is not kept is told as late, until there is a backup', async () => {
    const { ctx, clock } = await openShopWithBackups();
    await make(ctx);
    clock.advance(3 * DAY_MS);
    expect((await listBackups(ctx)).isLate).toBe(false);
    await setBackupSchedule(ctx, daily);
    clock.advance(15 * HOUR_MS);
    expect((await listBackups(ctx)).isLate).toBe(false);
    clock.advance(1.5 * HOUR_MS);
    expect((await listBackups(ctx)).isLate).toBe(true);
    await make(ctx);
    expect((await listBackups(ctx)).isLate).toBe(false);
  });

  test('that fails tells the owners why, and takes up again the next day', async () => {
    const shop = await openShopWithBackups();
    const { ctx, clock } = shop;
    await ctx.db.write([
      statement(
        "INSERT INTO staff (id, email, role, created_at) VALUES ('o', 'owner@example.com', 'owner', 1)",
      ),
    ]);
    await setBackupSchedule(ctx, daily);
    clock.advance(DAY_MS);
    const copy = async () => {
      throw new FilesUnavailable('ENOSPC');
    };
    if (ctx.backups === undefined) throw new Error('there are no backups');
    await workOnBackups({ ...ctx, backups: { ...ctx.backups, copy } });
    expect(await newest(ctx)).toMatchObject({ failure: 'full', slot: '2026-04-11 03' });
    const letters = await ctx.db.read(
      statement("SELECT address, params FROM outbox WHERE template = 'backup_failed'"),
    );
    expect(letters).toEqual([['owner@example.com', '{"failure":"full"}']]);
    clock.advance(DAY_MS);
    await workOnBackups(ctx);
    expect((await listBackups(ctx)).backups).toMatchObject([{ slot: '2026-04-12 03', failure: null }]);
  });

  test('is in the log with before and after', async () => {
    const { ctx } = await openShopWithBackups();
    await setBackupSchedule(ctx, daily);
    await setBackupSchedule(ctx, daily);
    await setBackupSchedule(ctx, { ...daily, every: 'off' });
    const lines = await ctx.db.read(
      statement("SELECT detail FROM audit_log WHERE act = 'backup.schedule-set' ORDER BY id"),
    );
    expect(lines.flat().map((text) => JSON.parse(String(text)))).toEqual([
      { before: 'off', value: 'day 03:00, 2 kept, folder' },
      { before: 'day 03:00, 2 kept, folder', value: 'off' },
    ]);
  });

  test('does not go where nothing is set up', async () => {
    const { ctx } = await openShopWithBackups();
    const { backups: _, ...nowhere } = ctx;
    const bucket = setBackupSchedule(ctx, { ...daily, place: 'bucket' });
    await expect(bucket).rejects.toMatchObject({ errors: [{ path: 'place', code: 'not_set_up' }] });
    await expect(makeBackup(nowhere, byHand)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});

test('what takes a backup out, away or apart is for owners who prove themselves', async () => {
  const { ctx, folder } = await openShopWithBackups();
  const id = await make(ctx);
  const acts = [fetchBackup, deleteBackup, beginDrill];
  const manager: Actor = { kind: 'staff', id: 'm', role: 'manager', provenAt: ctx.now() };
  for (const act of acts) {
    await expect(act({ ...ctx, actor: manager }, { id })).rejects.toMatchObject({ code: 'forbidden' });
    const unproven: Actor = { kind: 'staff', id: 'o', role: 'owner', provenAt: 0 };
    await expect(act({ ...ctx, actor: unproven }, { id })).rejects.toMatchObject({ code: 'proof_needed' });
  }
  const unproven: Actor = { kind: 'staff', id: 'o', role: 'owner', provenAt: 0 };
  await expect(setBackupSchedule({ ...ctx, actor: unproven }, daily)).rejects.toMatchObject({
    code: 'proof_needed',
  });
  await expect(makeBackup({ ...ctx, actor: manager }, byHand)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(listBackups({ ...ctx, actor: manager })).rejects.toMatchObject({ code: 'forbidden' });
  expect(existsSync(join(folder, `${id}.db`))).toBe(true);
});
