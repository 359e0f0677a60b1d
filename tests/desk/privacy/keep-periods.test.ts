import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { keepPeriods } from '../../../functions/desk/privacy/keep-periods.ts';
import type { Retention } from '../../../functions/ground/jobs/retention.ts';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { looksMonths } from '../../../functions/people/looks/policies.ts';
import { dropOldMails } from '../../../functions/people/mail/drop-old-mails.ts';
import { listMessages } from '../../../functions/people/mail/list-messages.ts';
import { getAttachment } from '../../../functions/voice/feedback/get-attachment.ts';
import { getThread } from '../../../functions/voice/feedback/get-thread.ts';
import { scansOf } from '../../support/scans-of.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { pngBytes, tell } from '../../voice/feedback/house.ts';

const MONTH_MS = 31 * 24 * 3_600_000;

async function setUp() {
  const { ctx, clock, ...shop } = await openShop(moneyBack);
  const { customerId } = await shop.order({ email: 'ann@example.com', totals: [5000] });
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const rows = async (sql: string) =>
    (await ctx.db.read(statement(sql))).map((row) => row.map(String).join(' '));
  return { ctx, clock, customerId, own, rows };
}

test('what mails said goes after its months, and that they were sent stays', async () => {
  const { ctx, clock, customerId, own, rows } = await setUp();
  const { db } = ctx;
  await db.write([statement('DELETE FROM outbox')]);
  await db.write([
    queueMail(ctx, { template: 'welcome', params: {}, customerId }),
    queueMail(ctx, { template: 'backup_failed', params: { failure: 'busy' }, address: 'olha@example.com' }),
  ]);
  await db.write([statement("UPDATE outbox SET sent_at = created_at, provider_id = 'p'")]);
  clock.advance(2 * MONTH_MS);
  await db.write([queueMail(ctx, { template: 'welcome', params: {}, customerId })]);
  expect((await listMessages(own, { page: 1 })).items).toHaveLength(2);
  await setPolicy(ctx, 'mailMonths', 'always');
  expect(await keepPeriods(ctx)).toEqual({});
  await setPolicy(ctx, 'mailMonths', '1');
  expect(await keepPeriods(ctx)).toEqual({ mailMonths: 2 });
  expect(await keepPeriods(ctx)).toEqual({});
  expect(await rows("SELECT template, letter IS '' FROM outbox ORDER BY created_at")).toEqual([
    'welcome 1',
    'welcome 0',
  ]);
  expect((await listMessages(own, { page: 1 })).items).toHaveLength(1);
  const acts = "SELECT actor, subject_id, detail ->> 'rows' FROM audit_log WHERE act = 'data.forgotten'";
  expect(await rows(acts)).toEqual(['system:test mailMonths 2']);
});

test('mail that waits to be sent keeps its words, however long it waits', async () => {
  const { ctx, clock, customerId, rows } = await setUp();
  await ctx.db.write([
    statement('DELETE FROM outbox'),
    queueMail(ctx, { template: 'welcome', params: {}, customerId }),
  ]);
  clock.advance(50 * MONTH_MS);
  expect(await keepPeriods(ctx)).toEqual({});
  expect(await rows("SELECT letter IS '' FROM outbox")).toEqual(['0']);
});

test('files that came with feedback go from the store, too, and what was written stays', async () => {
  const { ctx, clock, own, rows } = await setUp();
  const { reference } = await tell(own, { text: 'The lid is cracked.' }, [
    { name: 'lid.png', bytes: pngBytes() },
  ]);
  const [[id, stored] = []] = await ctx.db.read(statement('SELECT id, stored_as FROM feedback_attachments'));
  expect(await ctx.files?.get(String(stored))).not.toBeNull();
  clock.advance(37 * MONTH_MS);
  expect(await keepPeriods(ctx)).toMatchObject({ feedbackFileMonths: 1 });
  expect(await ctx.files?.get(String(stored))).toBeNull();
  await expect(getAttachment(own, { id: String(id), proof: null })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await getThread(own, { reference, proof: null })).text).toBe('The lid is cracked.');
  expect(await rows('SELECT count(*) FROM feedback_attachments')).toEqual(['0']);
});

test('more than a slice goes in one run', async () => {
  const { ctx, clock, rows } = await setUp();
  await ctx.db.write([
    statement(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
       INSERT INTO customer_looks (id, at, actor, customer_id, what) SELECT 'l' || i, ?, 'staff:s', 'c' || i, 'page' FROM n`,
      ctx.now(),
    ),
  ]);
  clock.advance(25 * MONTH_MS);
  expect(await keepPeriods(ctx)).toMatchObject({ looksMonths: 1001 });
  expect(await rows('SELECT count(*) FROM customer_looks')).toEqual(['0']);
});

test('a period that fails does not stop the others, and what went before it did is told', async () => {
  const { ctx, clock, customerId, rows } = await setUp();
  await ctx.db.write([
    statement('DELETE FROM outbox'),
    queueMail(ctx, { template: 'welcome', params: {}, customerId }),
  ]);
  await ctx.db.write([statement("UPDATE outbox SET sent_at = created_at, provider_id = 'p'")]);
  clock.advance(50 * MONTH_MS);
  let slices = 0;
  const failing: Retention = {
    policy: looksMonths,
    drop: async () => {
      slices += 1;
      if (slices > 1) throw new Error('no room');
      return 7;
    },
  };
  const house = { ...ctx.house, retentions: [failing, ...ctx.house.retentions] };
  await expect(keepPeriods({ ...ctx, house })).rejects.toThrow('no room');
  const acts = "SELECT subject_id, detail ->> 'rows' FROM audit_log WHERE act = 'data.forgotten' ORDER BY id";
  expect(await rows(acts)).toEqual(['looksMonths 7', 'mailMonths 1']);
});

test('old mail is walked through once, outside the write', async () => {
  const { ctx, clock, customerId, rows } = await setUp();
  await ctx.db.write([statement('DELETE FROM outbox')]);
  for (let at = 0; at < 3; at += 1) {
    await ctx.db.write([queueMail(ctx, { template: 'welcome', params: {}, customerId })]);
    clock.advance(1000);
  }
  await ctx.db.write([statement("UPDATE outbox SET sent_at = created_at, provider_id = 'p', letter = '{}'")]);
  const from: unknown[] = [];
  const written: string[] = [];
  const db: Store = {
    ...ctx.db,
    fresh: {
      ...ctx.db.fresh,
      read: (one) => {
        if (one.sql.includes('outbox_words')) from.push(one.args?.[0]);
        return ctx.db.fresh.read(one);
      },
    },
    write: (statements) => {
      written.push(...statements.map(({ sql }) => sql));
      return ctx.db.write(statements);
    },
  };
  const slice = { before: clock.now(), limit: 1, places: new Map<string, string>() };
  for (let left = 3; left > 0; left -= 1) {
    expect(await dropOldMails({ ...ctx, db }, slice)).toBe(1);
    expect(await rows("SELECT count(*) FROM outbox WHERE letter <> ''")).toEqual([String(left - 1)]);
  }
  expect(await dropOldMails({ ...ctx, db }, slice)).toBe(0);
  const moments = await rows('SELECT created_at FROM outbox ORDER BY created_at');
  expect(from.map(String)).toEqual(['0', ...moments]);
  expect(written.filter((sql) => /ORDER BY|LIMIT/.test(sql))).toEqual([]);
});

test('no period goes through a large table whole', async () => {
  const { ctx } = await setUp();
  for (const { drop } of ctx.house.retentions) {
    const asked: string[] = [];
    const scans = await scansOf((db) => {
      const watched = {
        ...db,
        fresh: db,
        write: async (statements: readonly { sql: string }[]) => {
          asked.push(...statements.map(({ sql }) => sql));
          return [];
        },
      };
      return drop({ ...ctx, db: watched }, { before: 1, limit: 1, places: new Map() });
    });
    for (const sql of asked) {
      const args = [...sql.matchAll(/\?/g)].map(() => 1);
      const plan = await ctx.db.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
      scans.push(...plan.map((row) => String(row[3])).filter((step) => step.startsWith('SCAN')));
    }
    expect(scans.filter((step) => /outbox|customer_looks|contacts\b|feedback/.test(step))).toEqual([]);
  }
});
