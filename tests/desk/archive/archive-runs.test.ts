import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { createApp } from '../../../functions/app.ts';
import { archiveTools } from '../../../functions/desk/archive/archive-tools.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { openLargeFolder } from '../../../functions/ground/files/large-folder.ts';
import type { Actor, Context, Scope } from '../../../functions/ground/platform/context.ts';
import { fileAt } from '../../../functions/reach/imports/on-node/file-at.ts';
import { stagingIn } from '../../../functions/reach/imports/on-node/staging-file.ts';
import { beginImportRun } from '../../../functions/reach/imports/runs/begin-import-run.ts';
import { cancelImportRun } from '../../../functions/reach/imports/runs/cancel-import-run.ts';
import { getImportRun } from '../../../functions/reach/imports/runs/get-import-run.ts';
import type { RunTools } from '../../../functions/reach/imports/runs/run-tools.ts';
import { startImportRun } from '../../../functions/reach/imports/runs/start-import-run.ts';
import { workOnNextRun } from '../../../functions/reach/imports/runs/work-on-runs.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestApi } from '../../support/test-api.ts';
import { archiveOf, packed, pieces, textsOf } from './archive-file.ts';

const owner: Actor = { kind: 'staff', id: 'owner-1', role: 'owner', provenAt: Date.UTC(2026, 2, 1, 12) };

/** The archive of a small shop. */
async function anArchive(): Promise<Buffer> {
  const { ctx, order } = await openShop(moneyBack);
  await order({ totals: [20_000, 5_000] });
  await order({ number: 'B-1', totals: [30_000], email: 'bob@example.com', account: 'ACME' });
  return archiveOf(ctx);
}

/** An empty portal with a folder for what is sent, and what works on it: `turns` steps at a time. */
async function anEmptyPortal() {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-archive-runs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = openLargeFolder({ databaseUrl: `file:${folder}/regulars.db` });
  const { ctx, app, bearer } = await createTestApi({ build: createApp, largeFiles: files });
  const toolsOf = (me: string, steps = Number.POSITIVE_INFINITY): RunTools => {
    let done = 0;
    const isOver = () => {
      done += 1;
      return done >= steps;
    };
    return {
      ...{ me, isGone: (claimedBy) => claimedBy.startsWith('gone'), isOver, archive: archiveTools },
      ...{ withStaging: stagingIn(files.folder), openRejected: () => Promise.reject(new Error('none')) },
      fileOf: ({ id, fileName }) => ({ ...fileAt(files.pathOf(id)), name: fileName }),
    };
  };
  const work = async (steps?: number) => {
    for (let turn = 1; turn < 500; turn += 1)
      if (!(await workOnNextRun(ctx, toolsOf('here 1 a', steps)))) return turn;
    throw new Error('it never ends');
  };
  const send = async (bytes: Buffer) =>
    (await startImportRun({ ...ctx, actor: owner }, { kind: 'archive', fileName: 'a.tar.gz' }, pieces(bytes)))
      .id;
  return { ctx, app, bearer, toolsOf, work, send, asOwner: { ...ctx, actor: owner } };
}

/** What an archive holds, but for what was done in the empty portal before. */
async function tablesOf(archive: Buffer): Promise<Map<string, string>> {
  const texts = await textsOf(archive);
  for (const name of ['audit_log.ndjson', 'staff.ndjson']) texts.delete(name);
  return texts;
}

async function expectSame(ctx: Context, archive: Buffer): Promise<void> {
  expect(await tablesOf(await archiveOf({ ...ctx, actor: owner }))).toEqual(await tablesOf(archive));
  expect(await verify(ctx)).toMatchObject({ differences: 0 });
}

test('an owner sends an archive, sees what is in it, confirms, and has all of it', async () => {
  const archive = await anArchive();
  const { ctx, work, send, asOwner } = await anEmptyPortal();
  const id = await send(archive);
  await work();
  const looked = await getImportRun(asOwner, id);
  expect(looked).toMatchObject({
    state: 'checked',
    preview: { archive: { files: 0, filesMissing: 0, schema: expect.stringMatching(/^\d{4}_/) } },
  });
  expect(looked.preview?.archive?.tables).toContainEqual({ name: 'orders', rows: 2 });
  expect(await ctx.db.read({ sql: 'SELECT 1 FROM orders', args: [] })).toEqual([]);
  await expect(beginImportRun({ ...ctx, actor: { ...owner, provenAt: 0 } }, { id })).rejects.toMatchObject({
    code: 'proof_needed',
  });
  await beginImportRun(asOwner, { id });
  await work();
  expect(await getImportRun(asOwner, id)).toMatchObject({
    state: 'done',
    report: { rows: looked.preview?.rows },
    fileBytes: null,
  });
  await expectSame(ctx, archive);
});

test('in turns of one step, and by a process after one that was killed, it ends in the same', async () => {
  const archive = await anArchive();
  const { ctx, work, send, asOwner, toolsOf } = await anEmptyPortal();
  const id = await send(archive);
  await work();
  await beginImportRun(asOwner, { id });
  // Three turns, and then nothing is heard of it.
  for (let turn = 0; turn < 3; turn += 1) await workOnNextRun(ctx, toolsOf('gone 1', 1));
  const staged = await ctx.db.read({
    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'archive_rows_%'",
    args: [],
  });
  expect(staged).toEqual([[`archive_rows_${id}`]]);
  await ctx.db.write([{ sql: "UPDATE import_runs SET claimed_by = 'gone 2' WHERE id = ?", args: [id] }]);
  expect(await work(1)).toBeGreaterThan(10);
  expect(await getImportRun(asOwner, id)).toMatchObject({ state: 'done' });
  await expectSame(ctx, archive);
});

test('one that is cancelled half-way leaves nothing of its rows, and lets the next one in at once', async () => {
  const archive = await anArchive();
  const { ctx, work, send, asOwner, toolsOf } = await anEmptyPortal();
  const id = await send(archive);
  await work();
  await beginImportRun(asOwner, { id });
  for (let turn = 0; turn < 3; turn += 1) await workOnNextRun(ctx, toolsOf('here 1 a', 1));
  await cancelImportRun(asOwner, { id });
  const sql = "SELECT name FROM sqlite_schema WHERE name LIKE 'archive_rows_%'";
  expect(await ctx.db.read({ sql, args: [] })).toEqual([]);
  await importEverything(asOwner, pieces(archive));
  await expectSame(ctx, archive);
});

test('one whose process ended before it could tell is done', async () => {
  const archive = await anArchive();
  const { ctx, work, send, asOwner } = await anEmptyPortal();
  const id = await send(archive);
  await work();
  await beginImportRun(asOwner, { id });
  await archiveTools.bringIn(asOwner, {
    ...{ chunks: pieces(archive), run: id, isOver: () => false },
    onProgress: () => undefined,
  });
  await work();
  expect(await getImportRun(asOwner, id)).toMatchObject({ state: 'done', failure: null });
  await expectSame(ctx, archive);
});

test('a wrong row is told before anything is confirmed, and what only the whole tells leaves the portal empty', async () => {
  const texts = await textsOf(await anArchive());
  const { ctx, work, send, asOwner } = await anEmptyPortal();
  const changed = (file: string, from: RegExp, to: string) =>
    packed(new Map(texts).set(file, (texts.get(file) ?? '').replace(from, to)));
  const wrong = await send(await changed('customers.ndjson', /"created_at":"[^"]+"/, '"created_at":"2026"'));
  await work();
  expect(await getImportRun(asOwner, wrong)).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('customers.ndjson, line 1, created_at: is not a time'),
  });
  await cancelImportRun(asOwner, { id: wrong });
  const orphan = await send(await changed('orders.ndjson', /"customer_id":"\w+"/, '"customer_id":"nobody"'));
  await work();
  await beginImportRun(asOwner, { id: orphan });
  await work();
  expect(await getImportRun(asOwner, orphan)).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('orders.ndjson, line 1, customer_id: names a row of customers'),
  });
  expect(await ctx.db.read({ sql: 'SELECT 1 FROM orders', args: [] })).toEqual([]);
  const left = "SELECT name FROM sqlite_schema WHERE name LIKE 'archive_rows%' OR name = 'archive_checks'";
  expect(await ctx.db.read({ sql: left, args: [] })).toEqual([]);
  expect(await ctx.db.read({ sql: 'SELECT 1 FROM archive_places', args: [] })).toEqual([]);
});

test('a portal in use says so before anything is confirmed', async () => {
  const { ctx, order } = await openShop(moneyBack);
  await order({ totals: [20_000] });
  const archive = await archiveOf(ctx);
  await expect(
    archiveTools.look(ctx, { chunks: pieces(archive), onRows: () => undefined, slice: null }),
  ).rejects.toMatchObject({ code: 'database_not_empty' });
});

test('only owners bring an archive in, and see one that comes', async () => {
  const { ctx, send } = await anEmptyPortal();
  const id = await send(await anArchive());
  const manager = { ...ctx, actor: { kind: 'staff', id: 'm', role: 'manager' } as const };
  const sent = startImportRun(manager, { kind: 'archive', fileName: 'a' }, pieces(Buffer.from('x')));
  await expect(sent).rejects.toMatchObject({ code: 'forbidden' });
  for (const act of [
    getImportRun(manager, id),
    beginImportRun(manager, { id }),
    cancelImportRun(manager, { id }),
  ])
    await expect(act).rejects.toMatchObject({ code: 'forbidden' });
});

test('a program with a key for it sends an archive and asks how it went', async () => {
  const archive = await anArchive();
  const { ctx, app, bearer, work } = await anEmptyPortal();
  const post = async (scope: Scope | null, type = 'application/gzip', key = 'k1') =>
    app.request('/api/v1/archive/imports', {
      method: 'POST',
      body: new Uint8Array(archive),
      headers: {
        'Content-Type': type,
        'Idempotency-Key': key,
        ...(scope === null ? {} : { Authorization: await bearer(scope) }),
      },
    });
  expect((await post(null)).status).toBe(401);
  expect((await post('archive:read')).status).toBe(403);
  expect((await post('archive:write', 'application/json')).status).toBe(415);
  const answer = await post('archive:write');
  expect(answer.status).toBe(201);
  const { id, state } = await answer.json();
  expect(state).toBe('waiting');
  const ask = async () => {
    const headers = { Authorization: await bearer('archive:write') };
    return (await app.request(`/api/v1/archive/imports/${id}`, { headers })).json();
  };
  expect(await ask()).toMatchObject({ id, state: 'waiting', rows: null, finishedAt: null });
  await work();
  expect(await ask()).toMatchObject({ state: 'done', rows: expect.any(Number), failure: null });
  await expectSame(ctx, archive);
  const told = statement("SELECT actor FROM audit_log WHERE act = 'archive.imported'");
  expect(await ctx.db.read(told)).toEqual([[expect.stringMatching(/^key:/)]]);
  const again = await (await post('archive:write', 'application/gzip', 'k2')).json();
  await work();
  expect(await getImportRun({ ...ctx, actor: owner }, again.id)).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('empty portal'),
  });
});
