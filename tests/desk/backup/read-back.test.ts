import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { beginDrill } from '../../../functions/desk/backup/begin-drill.ts';
import { listBackups } from '../../../functions/desk/backup/list-backups.ts';
import { makeBackup } from '../../../functions/desk/backup/make-backup.ts';
import { workOnBackups } from '../../../functions/desk/backup/work-on-backups.ts';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { speechIn } from '../../../src/locale.ts';
import { drillWords } from '../../../src/words/backups.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { pngBytes, tell } from '../../voice/feedback/house.ts';
import { packed, pieces, repacked, textsOf } from '../archive/archive-file.ts';
import { newest, openShopWithBackups } from './house.ts';

/** The shop as a platform without a disk has it: an archive in its place, nothing to restore it onto, `steps` in a turn. */
async function openWithoutDisk(steps = Number.POSITIVE_INFINITY, sent = 0) {
  const shop = await openShopWithBackups();
  const files = createTestFiles();
  const [[sender] = []] = await shop.ctx.db.read(statement('SELECT id FROM customers ORDER BY id LIMIT 1'));
  for (let at = 0; at < sent; at += 1)
    await tell({ ...shop.as(String(sender)), files }, {}, [{ name: `${at}.png`, bytes: pngBytes() }]);
  const { backups, db } = shop.ctx;
  if (backups === undefined) throw new Error('the shop has no backups');
  const turns = {
    begin: () => {
      let done = 0;
      return () => {
        done += 1;
        return done >= steps;
      };
    },
  };
  const ctx: Context = {
    ...{ ...shop.ctx, turns, files },
    db: { ...db, engine: 'remote' },
    backups: { ...backups, copy: null, restore: null },
  };
  await makeBackup(ctx, { place: null });
  await workOnBackups(ctx);
  const { id } = await newest(ctx);
  const place = backups.places.folder;
  const change = async (work: (archive: Buffer) => Promise<Buffer>) => {
    const kept: Uint8Array[] = [];
    for await (const piece of (await place?.read(`${id}.tgz`)) ?? []) kept.push(piece);
    const changed = await work(Buffer.concat(kept));
    await place?.write(`${id}.tgz`, pieces(changed), { bytes_max: 2 ** 40 });
  };
  return { ...shop, ctx, id, change };
}

async function drilled(ctx: Context, id: string) {
  await beginDrill(ctx, { id });
  for (let turn = 1; turn < 200; turn += 1) {
    await workOnBackups(ctx);
    const { drill } = await newest(ctx);
    if (drill !== null && drill.finishedAt !== null) return { drill, turns: turn };
  }
  throw new Error('it never ends');
}

test('without a disk an archive is read back to its end, and has all that was counted', async () => {
  const { ctx, id } = await openWithoutDisk();
  expect((await listBackups(ctx)).drillWay).toBe('read');
  const { orders, entries } = await newest(ctx);
  const { drill } = await drilled(ctx, id);
  expect(drill).toMatchObject({
    way: 'read',
    failure: null,
    differences: 0,
    orders,
    entries,
    position: null,
  });
  expect(drill.accounts).toBeGreaterThan(0);
});

test('in turns of one file each, also after one that was killed, it finds the same', async () => {
  const { ctx, id } = await openWithoutDisk(1);
  const { orders, entries } = await newest(ctx);
  await beginDrill(ctx, { id });
  for (let turn = 0; turn < 5; turn += 1) await workOnBackups(ctx);
  const going = await newest(ctx);
  expect(going.drill).toMatchObject({ way: 'read', finishedAt: null, claimedBy: null });
  expect(going.drill?.accounts).toBeGreaterThan(0);
  await ctx.db.write([
    statement(
      "UPDATE backup_drills SET claimed_by = 'another process', claimed_at = ?",
      ctx.now() - 31 * 60_000,
    ),
  ]);
  for (let turn = 0; turn < 200 && (await newest(ctx)).drill?.finishedAt === null; turn += 1)
    await workOnBackups(ctx);
  expect((await newest(ctx)).drill).toMatchObject({ failure: null, differences: 0, orders, entries });
});

test.each([
  ['a row less', 'orders.ndjson', (text: string) => text.replace(/^.*\n/, '')],
  [
    'another amount',
    'ledger.ndjson',
    (text: string) => text.replace(/"amount_minor":(\d+)/, '"amount_minor":$1' + '0'),
  ],
])('%s than was counted is a difference, and owners hear of it', async (_, file, changed) => {
  const { ctx, id, change } = await openWithoutDisk();
  await ctx.db.write([
    statement(
      "INSERT INTO staff (id, email, role, created_at) VALUES ('o', 'owner@example.com', 'owner', 1)",
    ),
  ]);
  await change(async (archive) => {
    const texts = await textsOf(archive);
    const text = texts.get(file) ?? '';
    expect(changed(text)).not.toBe(text);
    return packed(texts.set(file, changed(text)));
  });
  const { drill } = await drilled(ctx, id);
  expect(drill.failure).toBeNull();
  expect(drill.differences).toBeGreaterThan(0);
  const letters = await ctx.db.read(
    statement("SELECT address FROM outbox WHERE template = 'backup_drill_failed'"),
  );
  expect(letters).toEqual([['owner@example.com']]);
});

const isSent = (name: string) => name.startsWith('attachments/');

test('files that customers sent and that are missing are told', async () => {
  const { ctx, id, change } = await openWithoutDisk(1, 3);
  expect((await drilled(ctx, id)).drill).toMatchObject({ differences: 0, filesMissing: 0 });
  let left = 1;
  await change((archive) =>
    repacked(archive, (file) => {
      if (isSent(file.name)) left -= 1;
      return isSent(file.name) && left < 0 ? [] : [file];
    }),
  );
  const { drill } = await drilled(ctx, id);
  expect(drill).toMatchObject({ failure: null, differences: 1, filesMissing: 2 });
  const backup = await newest(ctx);
  const words = drillWords(speechIn('en', ['en']), formatsOf('en', 'Europe/London'), backup);
  expect(words).toEqual({
    text: expect.stringContaining('sent and that are missing: 2'),
    isGood: false,
  });
});

test('a file that customers sent and that is another one makes it damaged', async () => {
  const { ctx, id, change } = await openWithoutDisk(1, 1);
  await change((archive) =>
    repacked(archive, (file) => [isSent(file.name) ? { ...file, bytes: file.bytes.slice(1) } : file]),
  );
  expect((await drilled(ctx, id)).drill).toMatchObject({ failure: 'damaged' });
});

test('one of another release is not begun to be read', async () => {
  const { ctx, id, change } = await openWithoutDisk();
  await change(async (archive) => {
    const texts = await textsOf(archive);
    const [[name, head] = ['', '']] = texts;
    return packed(texts.set(name, head.replace(/"schema":"[^"]+"/, '"schema":"0001_before"')));
  });
  await expect(beginDrill(ctx, { id })).rejects.toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining('another release'),
  });
  expect((await newest(ctx)).drill).toBeNull();
});

test('one that breaks off is damaged', async () => {
  const { ctx, id, change } = await openWithoutDisk();
  await change(async (archive) => archive.subarray(0, archive.length - 20));
  expect((await drilled(ctx, id)).drill).toMatchObject({ failure: 'damaged', way: 'read' });
});
