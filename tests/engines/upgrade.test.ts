import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyMigrations, MigrationError, migrate } from '../../db/migrate.ts';
import manifest from '../../db/migrations/manifest.json' with { type: 'json' };
import { findSchemaProblem } from '../../db/schema-problem.ts';
import type { Store } from '../../db/store.ts';
import { triggers } from '../../db/triggers.ts';
import { listBenefits } from '../../functions/circle/club/benefits/list-benefits.ts';
import { indexOrders } from '../../functions/desk/console/index-orders.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import { listBalances } from '../../functions/reach/exports/list-balances.ts';
import { runRegulars } from '../support/cli.ts';
import { portalSettings } from '../support/server.ts';
import { createTestContext } from '../support/test-context.ts';
import { dump, load } from '../upgrades/dump.ts';
import { aMigration, loadKept, rebuild, releasedMigrations } from '../upgrades/kept.ts';
import { type Empty, engines } from './each-engine.ts';

/** When the kept databases were made. */
const then = Date.UTC(2026, 4, 20, 10, 30);

test('the first migration is the one that was released', () => {
  expect(manifest[0]).toEqual({
    name: '0000_foundation.sql',
    hash: '2abb34abdc5233ae1c8f5366dc5c3229e70fa8cfaab6aef4066686e592e0eb69',
  });
});

const withoutKey = (sql: string) =>
  sql.replace('`id` text PRIMARY KEY', '`id` text').replace(', WITHOUT ROWID', '');

const orphan = `UPDATE memberships SET account_id = 'nobody'
  WHERE account_id || customer_id = (SELECT min(account_id || customer_id) FROM memberships)`;

describe.each(engines.filter(({ skip }) => !skip))('on $name', ({ open }) => {
  let house: Empty;
  beforeEach(async () => {
    house = await open();
  });
  afterEach(() => house?.remove());

  const one = async (sql: string) => (await house.db.read({ sql, args: [] }))[0]?.[0];
  const numbers = async () => ({
    orders: await one('SELECT count(*) FROM orders'),
    history: await one('SELECT count(*) FROM history'),
    paid: await one('SELECT sum(amount_minor) FROM ledger'),
    owed: await one('SELECT sum(balance_minor) FROM accounts'),
    spend: await one('SELECT sum(spend_minor) FROM account_spend'),
    vouchers: await one('SELECT count(*) FROM vouchers'),
  });
  /** Everything the schema says, and no table of a migration that stopped. */
  const schema = async () =>
    (await house.db.read({ sql: 'SELECT type, name, sql FROM sqlite_master ORDER BY type, name', args: [] }))
      .map(([type, name, sql]) => `${type} ${name} ${sql}`)
      .filter((text) => !text.includes('libsql_wasm'));
  /** A database of this release, filled, and migrations to put on top. */
  const filled = async () => {
    await loadKept(house.db, '0000_foundation.sql');
    await migrate(house.db, then);
    return releasedMigrations();
  };

  test('a filled database of 0000 opens in this release with the same figures', async () => {
    await loadKept(house.db, '0000_foundation.sql');
    const before = await numbers();
    expect(before).toEqual({
      ...{ orders: 178n, history: 550n, paid: 24_606n },
      ...{ owed: 24_606n, spend: 1_932_983n, vouchers: 31n },
    });
    const applied = await migrate(house.db, then);
    expect(applied).toEqual(manifest.slice(1).map(({ name }) => name));
    expect(await numbers()).toEqual(before);
    expect(await findSchemaProblem(house.db)).toBeNull();
    const ctx = await createTestContext({ store: house.db, now: () => then });
    expect(await verify(ctx)).toMatchObject({ accounts: 24, entries: 471, differences: 0, found: [] });
    const balances = [];
    for await (const page of listBalances(ctx)) balances.push(...page);
    expect(balances.find(({ account }) => account === 'ACME')).toMatchObject({ spend: 25_000n });
  });

  test('who was the one contact of the club looks after its members from now on', async () => {
    await loadKept(house.db, '0000_foundation.sql');
    const upTo = (name: string) => manifest.findIndex((one) => one.name === name);
    const released = await releasedMigrations();
    await applyMigrations(house.db, {
      migrations: released.slice(0, upTo('0053_staff-profiles.sql')),
      now: then,
    });
    const manager = { name: 'Maryna B.', mail: 'Maryna@shop.example', phone: '+44 20 7946 0123' };
    const another = { name: 'Ben A.', mail: 'ben@agency.example', phone: '' };
    await house.db.write([
      {
        sql: `INSERT INTO club_benefits (id, kind, texts, detail, "from", at, actor) VALUES ('b2', 'account_manager', '{}', ?, 1, 2, 'system')`,
        args: [JSON.stringify({ manager: another })],
      },
      {
        sql: `INSERT INTO staff (id, email, role, created_at) VALUES ('s1', 'maryna@shop.example', 'agent', 1)`,
        args: [],
      },
      {
        sql: `INSERT INTO club_benefits (id, kind, texts, detail, "from", at, actor) VALUES ('b1', 'account_manager', '{}', ?, 1, 1, 'system')`,
        args: [JSON.stringify({ manager })],
      },
    ]);
    await migrate(house.db, then);
    const rows = (sql: string) => house.db.read({ sql, args: [] });
    expect(await rows('SELECT staff_id, name, phone FROM staff_profiles')).toEqual([
      ['s1', manager.name, manager.phone],
    ]);
    // Who is nobody of the team is shown to members as before.
    const benefits = await listBenefits(house.db, then);
    const contacts = new Map(benefits.map(({ id, contact }) => [id, contact]));
    expect([contacts.get('b1'), contacts.get('b2')]).toEqual([null, another]);
    const members = await rows(
      'SELECT DISTINCT account_id FROM club_memberships WHERE id NOT IN (SELECT membership_id FROM club_endings) ORDER BY 1',
    );
    expect(members).not.toEqual([]);
    expect(await rows(`SELECT account_id FROM account_managers WHERE staff_id = 's1' ORDER BY 1`)).toEqual(
      members,
    );
  });

  test('margins that were texts of settings are rows from now on', async () => {
    await loadKept(house.db, '0000_foundation.sql');
    const released = await releasedMigrations();
    const ours = manifest.findIndex(({ name }) => name.endsWith('_margins.sql'));
    await applyMigrations(house.db, { migrations: released.slice(0, ours), now: then });
    const settings = [
      ['margin', '27,5'],
      [
        'categoryMargins',
        'Tea=40; A=B=22.05;  =7 ; Tea "loose"=0;\nGift\t=\u00a012,5\u00a0;\r\n\u3000Set of cups\u2003=\ufeff30\v;\n\t',
      ],
      ['keyAccounts', '9'],
    ];
    await house.db.write(
      settings.map(([key = '', value = '']) => ({
        sql: "INSERT INTO settings (key, value, set_at, set_by) VALUES (?, ?, 5, 'staff:s1')",
        args: [key, value],
      })),
    );
    await migrate(house.db, then);
    const rows = (sql: string) => house.db.read({ sql, args: [] });
    expect(await rows('SELECT kind, name, bps FROM margins ORDER BY kind, name')).toEqual([
      ['category', '', 700n],
      ['category', 'A=B', 2205n],
      ['category', 'Gift', 1250n],
      ['category', 'Set of cups', 3000n],
      ['category', 'Tea', 4000n],
      ['category', 'Tea "loose"', 0n],
      ['rest', '', 2750n],
    ]);
    expect(await rows('SELECT DISTINCT at, actor FROM margins')).toEqual([[5n, 'staff:s1']]);
    expect(
      await rows("SELECT key FROM settings WHERE key IN ('margin', 'categoryMargins', 'keyAccounts')"),
    ).toEqual([['keyAccounts']]);
  });

  test('a filled database of this release is kept whole: rows, words, triggers', async () => {
    await filled();
    const told = { id: 'cust-1', email: 'zephyr@x.example', name: 'Zephyrine', at: then };
    await house.db.write([
      {
        sql: 'INSERT INTO customers (id, email, name, created_at) VALUES (?, ?, ?, ?)',
        args: Object.values(told),
      },
    ]);
    await indexOrders(await createTestContext({ store: house.db, now: () => then }));
    const kept = await dump(house.db);
    const copy = await open();
    try {
      await load(copy.db, kept);
      expect((await dump(copy.db)).equals(kept)).toBe(true);
      const ofCopy = await createTestContext({ store: copy.db, now: () => then });
      expect(await findSchemaProblem(copy.db)).toBeNull();
      for (const text of ['zephyr', 'ACM', 'W-1']) {
        const [left, right] = [house.db, copy.db].map((db) =>
          db.read({
            sql: 'SELECT rowid FROM customer_words WHERE text MATCH ?',
            args: [JSON.stringify(text)],
          }),
        );
        expect(await right).toEqual(await left);
      }
      expect(await copy.db.read({ sql: 'SELECT count(*) FROM order_words', args: [] })).toEqual(
        await house.db.read({ sql: 'SELECT count(*) FROM order_words', args: [] }),
      );
      await copy.db.write([
        { sql: "UPDATE customers SET name = 'Boreas' WHERE id = 'cust-1'", args: [] },
        { sql: "INSERT INTO customer_words (customer_words) VALUES ('integrity-check')", args: [] },
      ]);
      const found = await copy.db.read({
        sql: `SELECT subject_id FROM customer_words JOIN search_texts ON id = customer_words.rowid WHERE text MATCH 'boreas'`,
        args: [],
      });
      expect(found).toEqual([['cust-1']]);
      expect(await verify(ofCopy)).toMatchObject({ differences: 0 });
    } finally {
      await copy.remove();
    }
  });

  test('rebuilds a table that others reference: rows, keys, indexes and triggers stay', async () => {
    const released = await filled();
    const [before, oldSchema] = [await numbers(), await schema()];
    const change = (sql: string) => sql.replace('`created_at`', '`nickname` text,\n\t`created_at`');
    const migration = aMigration(
      ...(await rebuild(house.db, 'accounts', { change })),
      ...(await rebuild(house.db, 'history')),
    );
    await applyMigrations(house.db, { migrations: [...released, migration], now: then });
    expect(await numbers()).toEqual(before);
    expect(await one('SELECT count(nickname) FROM accounts')).toBe(0n);
    const table = await one("SELECT sql FROM sqlite_master WHERE name = 'accounts'");
    expect(table).toContain('STRICT');
    const isOther = (text: string) => !text.startsWith('table accounts') && !text.startsWith('table history');
    expect((await schema()).filter(isOther)).toEqual(oldSchema.filter(isOther));
    expect(oldSchema.filter((text) => text.startsWith('trigger'))).toHaveLength(triggers.length);
    await expect(house.db.write([{ sql: 'DELETE FROM history', args: [] }])).rejects.toThrow('append-only');
    await expect(house.db.write([{ sql: orphan, args: [] }])).rejects.toThrow('FOREIGN KEY');
    const ctx = await createTestContext({ store: house.db, now: () => then });
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  });

  const refused: { name: string; statements: (db: Store) => Promise<string[]>; reason: string }[] = [
    {
      name: 'loses rows',
      statements: (db) => rebuild(db, 'refunds', { rows: 'LIMIT 5' }),
      reason: 'rows of refunds',
    },
    {
      name: 'adds rows',
      statements: async (db) => [
        ...(await rebuild(db, 'refunds')),
        "INSERT INTO refunds SELECT order_id, 'again', at, at_on, reason, recorded_at FROM refunds",
      ],
      reason: 'rows of refunds',
    },
    {
      name: 'breaks keys',
      statements: async (db) => [
        ...(await rebuild(db, 'accounts')),
        "UPDATE accounts SET id = 'another' WHERE id = (SELECT min(account_id) FROM memberships)",
      ],
      reason: 'foreign keys',
    },
    {
      name: 'takes away what a key points at',
      statements: (db) => rebuild(db, 'orders', { change: withoutKey }),
      reason: 'foreign key mismatch',
    },
    {
      name: 'stops in the middle',
      statements: async (db) => [...(await rebuild(db, 'orders')), 'INSERT INTO nowhere VALUES (1)'],
      reason: 'nowhere',
    },
  ];

  test.each(refused)(
    'refuses a migration that $name, and changes nothing',
    async ({ statements, reason }) => {
      const released = await filled();
      const before = { numbers: await numbers(), schema: await schema() };
      const migration = aMigration(...(await statements(house.db)));
      const applying = applyMigrations(house.db, { migrations: [...released, migration], now: then });
      await expect(applying).rejects.toThrow(reason);
      expect({ numbers: await numbers(), schema: await schema() }).toEqual(before);
      expect(await findSchemaProblem(house.db)).toBeNull();
      await expect(house.db.write([{ sql: orphan, args: [] }])).rejects.toThrow('FOREIGN KEY');
    },
  );

  test('two that migrate at once end in one migrated database', async () => {
    const applied = await Promise.all([migrate(house.db, then), migrate(house.db, then)]);
    expect(applied.filter((names) => names.length > 0)).toEqual([manifest.map(({ name }) => name)]);
    expect(await findSchemaProblem(house.db)).toBeNull();
  });

  test('restores triggers that somebody took away', async () => {
    await filled();
    await house.db.script('DROP TRIGGER history_no_delete; DROP TRIGGER ledger_balance_runs');
    expect(await findSchemaProblem(house.db)).toMatchObject({ reason: expect.stringContaining('trigger') });
    expect(await migrate(house.db, then)).toEqual([]);
    expect(await findSchemaProblem(house.db)).toBeNull();
  });

  test('refuses a database whose migration came from another file', async () => {
    await filled();
    await house.db.write([{ sql: "UPDATE migrations SET hash = 'other' WHERE name LIKE '0000%'", args: [] }]);
    await expect(migrate(house.db, then)).rejects.toThrow(MigrationError);
  });

  test('a release refuses the database of a later one, and says which migration it has', async () => {
    const released = await filled();
    const migration = aMigration('CREATE TABLE of_the_future (a TEXT) STRICT');
    await applyMigrations(house.db, { migrations: [...released, migration], now: then });
    const [problem, before] = [await findSchemaProblem(house.db), await schema()];
    expect(problem).toEqual({ isLater: true, reason: expect.stringContaining(migration.name) });
    await expect(migrate(house.db, then)).rejects.toThrow(migration.name);
    const settings = portalSettings(house.url, 'http://127.0.0.1:9');
    for (const { code, stderr } of await Promise.all(
      ['serve', 'migrate'].map((command) => runRegulars(settings, command)),
    )) {
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`a later release.* ${migration.name}`));
    }
    expect(await schema()).toEqual(before);
  });
});
