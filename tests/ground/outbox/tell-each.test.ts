import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import { writeDecision } from '../../../functions/ground/decision/write-decision.ts';
import { listTold, type Notice, tellEach } from '../../../functions/ground/outbox/tell-each.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestStore } from '../../support/test-store.ts';

const people = Array.from({ length: 100 }, (_, index) => `p${String(index).padStart(3, '0')}`);

test('each is told once, by two at once and by runs that were killed', async () => {
  const ctx = await createTestContext();
  for (const writes of [3, 5]) {
    const killed = { ...ctx, db: dyingAfter(ctx.db, writes) };
    await expect(tell(killed)).rejects.toThrow('killed');
  }
  expect(await told(ctx)).toHaveLength(80);
  const both = await Promise.all([tell(ctx), tell(ctx)]);
  expect(both.map(({ isWhole }) => isWhole)).toEqual([true, true]);
  expect(both.reduce((sum, one) => sum + one.told, 0)).toBe(20);
  expect(await told(ctx)).toEqual(people);
  expect(await readers(ctx)).toEqual(people);
  expect(await tell(ctx)).toEqual({ told: 0, mails: 0, isWhole: true });
});

test('who cannot be told keeps nobody else, and is told by a later run', async () => {
  const ctx = await createTestContext();
  await ctx.db.script(`CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN NEW.address = 'p007'
    BEGIN SELECT RAISE(ABORT, 'refused: broken'); END`);
  expect(await tell(ctx)).toEqual({ told: 99, mails: 99, isWhole: false });
  expect(await told(ctx)).toEqual(people.filter((one) => one !== 'p007'));
  await ctx.db.script('DROP TRIGGER broken');
  expect(await tell(ctx)).toEqual({ told: 1, mails: 1, isWhole: true });
});

test('a write of its own takes the notice with it, and a run ends at its most', async () => {
  const ctx = await createTestContext();
  const write = async (_one: unknown, notice: Notice) => writeDecision(ctx, notice);
  expect(await tell(ctx, { write, most: 30 })).toEqual({ told: 30, mails: 30, isWhole: false });
  expect(await tell(ctx, { write })).toEqual({ told: 70, mails: 70, isWhole: true });
  expect(await readers(ctx)).toEqual(people);
});

test('a process that ends stops behind a whole step', async () => {
  const ctx = await createTestContext();
  let steps = 0;
  const ending = { ...ctx, isEnding: () => steps++ === 2 };
  expect(await tell(ending)).toEqual({ told: 20, mails: 20, isWhole: false });
  expect(await told(ctx)).toHaveLength(20);
});

test('whoever was told before the upgrade is known to have been told', async () => {
  const store = await createTestStore();
  await store.script(`DROP TABLE notices;
    CREATE TABLE drop_notices (drop_id TEXT, account_id TEXT, at INTEGER);
    CREATE TABLE club_event_notices (event_id TEXT, customer_id TEXT, kind TEXT, at INTEGER);
    CREATE TABLE club_withdrawal_notices (withdrawal_id TEXT, account_id TEXT, at INTEGER);
    CREATE TABLE change_notices (cause_id TEXT, customer_id TEXT, at INTEGER);
    CREATE TABLE expiry_notices (root_id TEXT, subject TEXT, expires_at INTEGER, days INTEGER, at INTEGER);
    INSERT INTO drop_notices VALUES ('d1', 'a1', 1);
    INSERT INTO club_event_notices VALUES ('e1', 'c1', 'invitation', 2), ('e1', 'c1', 'reminder', 3);
    INSERT INTO club_withdrawal_notices VALUES ('w1', 'a1', 4);
    INSERT INTO change_notices VALUES ('k1', 'c1', 5);
    INSERT INTO expiry_notices VALUES ('a1', 'credit', 99, 30, 6), ('a1', 'K7QX', 98, 7, 7);`);
  const migration = new URL('../../../db/migrations/0016_notices.sql', import.meta.url);
  await store.script(readFileSync(migration, 'utf8').replaceAll('--> statement-breakpoint', ''));
  const rows = await store.read({ sql: 'SELECT subject, reader, at FROM notices ORDER BY at', args: [] });
  expect(rows.map(([subject, reader, at]) => [subject, reader, Number(at)])).toEqual([
    ['drop d1', 'a1', 1],
    ['event e1 invitation', 'c1', 2],
    ['event e1 reminder', 'c1', 3],
    ['withdrawal w1', 'a1', 4],
    ['change k1', 'c1', 5],
    ['expiry credit 99 30', 'a1', 6],
    ['expiry K7QX 98 7', 'a1', 7],
  ]);
});

interface Options {
  write?: (one: unknown, notice: Notice) => Promise<unknown>;
  most?: number;
}

/** Tells everybody of one drop, ten at a time. */
function tell(ctx: Context, options: Options = {}) {
  return tellEach(ctx, {
    ...options,
    list: async (after) => {
      const known = await told(ctx);
      return people
        .filter((reader) => reader > after && !known.includes(reader))
        .slice(0, 10)
        .map((reader) => ({ reader, subject: 'drop d1' }));
    },
    lettersTo: async (step) =>
      step.map(({ reader }) => [{ template: 'welcome', params: {}, address: reader, language: 'en' }]),
  });
}

async function told({ db }: Context): Promise<string[]> {
  const rows = await listTold(db, { subject: 'drop d1' });
  return rows.map(({ reader }) => reader).sort();
}

async function readers({ db }: Context): Promise<string[]> {
  const rows = await db.read({ sql: 'SELECT address FROM outbox ORDER BY address', args: [] });
  return rows.map(([address]) => String(address));
}

function dyingAfter(store: Store, writes: number): Store {
  let left = writes;
  const writeMany: Store['writeMany'] = async (units) => {
    left -= 1;
    if (left < 0) throw new StoreUnavailable('killed');
    return store.writeMany(units);
  };
  return { ...store, writeMany, read: (one) => store.read(one), fresh: store };
}
