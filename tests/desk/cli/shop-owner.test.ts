import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { openDesk, ordersCsv, programme } from './regulars.ts';

/** Every call is a process of its own. */
vi.setConfig({ testTimeout: 60_000 });

describe('a shop owner', () => {
  test('imports orders, sets a programme, and sees what everybody has', async () => {
    const { json, regulars, file, folder } = openDesk();
    const orders = file('orders.csv', ordersCsv);
    const counted = (created: number, unchanged: number) => ({
      orders: { created, updated: 0, unchanged, rejected: 0 },
      lines: 3,
      errors: [],
    });
    expect(await json('import', 'orders', orders, '--dry-run')).toMatchObject(counted(3, 0));
    expect(await json('balances')).toEqual([]);
    expect(await json('import', 'orders', orders)).toMatchObject(counted(3, 0));
    expect(await json('import', 'orders', orders)).toMatchObject(counted(0, 3));
    expect(statSync(join(folder, 'data/regulars.db')).size).toBeGreaterThan(0);

    const path = file('programme.json', programme);
    const posted = { accounts: 1, entries: 1, amount: 1000 };
    expect(await json('programme', 'set', path, '--dry-run')).toMatchObject({ isChanged: true, posted });
    expect(await json('programme', 'show')).toBeNull();
    expect(await json('programme', 'set', path)).toMatchObject({ isChanged: true, revision: 1, posted });
    expect((await regulars(['programme', 'set', path])).stdout).toContain('Nothing changed');
    expect(await json('programme', 'show')).toMatchObject({ ...programme, debt: 'carry' });

    const none = { account: '', currency: 'EUR', pending: 0, debt: 0 };
    expect(await json('balances')).toEqual([
      { ...none, email: 'ann@example.com', spend: 31_000, available: 1000, pending: 500 },
      { ...none, email: 'bob@example.com', spend: 9999, available: 0 },
    ]);
    expect((await regulars(['balances'])).stdout).toBe(
      'account,email,currency,spend,available,pending,debt\n' +
        ',ann@example.com,EUR,31000,1000,500,0\n,bob@example.com,EUR,9999,0,0,0\n',
    );
    expect(await json('adjust', 'ann@example.com', '-2.50', '--reason', 'Given twice')).toMatchObject({
      amount: -250,
      currency: 'EUR',
      balance: 750,
    });
    expect(await json('verify')).toEqual({ accounts: 2, entries: 2, differences: 0 });
    expect(await json('imports', 'list')).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    expect(await json('settings', 'show')).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Paris' });
  });

  test('is told about rows that are wrong, and keeps the rest', async () => {
    const { regulars, file } = openDesk();
    const path = file('orders.csv', `${ordersCsv}C-1,2026-02-30,cai@example.com,EUR,1.00,\n`);
    const { code, stdout, stderr } = await regulars(['import', 'orders', path]);
    expect(code).toBe(0);
    expect(stdout).toContain('Orders: 3 created, 0 updated, 0 unchanged, 1 rejected');
    expect(stderr).toContain('Line 5, order C-1: placed_at "2026-02-30"');
  });

  test('is told every mistake of a programme, one a line, and nothing is set', async () => {
    const { regulars, file, json } = openDesk();
    const [rule] = programme.rules;
    const bad = { ...programme, currency: 'EURO', rules: [{ ...rule, spend: '1,00', pays: { extra: {} } }] };
    const { code, stdout, stderr } = await regulars(['programme', 'set', file('p.json', bad)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The programme is refused\.\n( {2}\S+: .+\n){2,}$/);
    expect(stderr).toContain('currency');
    expect(await json('programme', 'show')).toBeNull();
  });

  test('exports to a file, whole or not at all', async () => {
    const { regulars, file, folder } = openDesk();
    await regulars(['import', 'orders', file('orders.csv', ordersCsv)]);
    const path = join(folder, 'out.csv');
    const { code, stdout } = await regulars(['export', 'orders', '-o', path]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(path, 'utf8')).toBe((await regulars(['export', 'orders'])).stdout);
    const refused = await regulars(['export', 'orders', '-o', join(folder, 'none/out.csv')]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no such file') });
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
    const lines = (await regulars(['export', 'orders', '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { order_number: 'A-1', line_total: '250.00', tax: null },
      { order_number: 'A-2', status: 'shipped', delivered_at: null },
      { order_number: 'B-1' },
    ]);
  });

  test('hands out keys and links, and takes them back', async () => {
    const { regulars, json, folder } = openDesk();
    const made = await regulars(['keys', 'add', 'till', '--scope', 'orders:write', '--scope', 'orders:read']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^reg_[\w-]{43}\n$/);
    expect(await json('keys', 'list')).toMatchObject([
      { name: 'till', scopes: ['orders:write', 'orders:read'] },
    ]);
    expect((await regulars(['keys', 'list'])).stdout).not.toContain(made.stdout.trim());
    expect(await json('keys', 'revoke', made.stdout.slice(0, 10))).toMatchObject({ name: 'till' });
    expect((await regulars(['keys', 'revoke', made.stdout.slice(0, 10)])).code).toBe(1);

    const added = await regulars(['staff', 'add', 'olena@example.com', '--role', 'owner']);
    expect(added.stdout).toMatch(/^http:\/\/localhost:4321\/sign-in\/link\?token=\S+\n$/);
    expect(await json('staff', 'list')).toMatchObject([{ email: 'olena@example.com', role: 'owner' }]);
    expect((await regulars(['staff', 'disable', 'olena@example.com'])).code).toBe(0);
    expect((await regulars(['staff', 'disable', 'nobody@example.com'])).code).toBe(1);
    expect(statSync(join(folder, 'data/secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'data/secret'), 'utf8').trim()).toHaveLength(43);
  });

  test('backs up and restores', async () => {
    const { regulars, json, file, folder } = openDesk();
    await regulars(['import', 'orders', file('orders.csv', ordersCsv)]);
    await regulars(['programme', 'set', file('programme.json', programme)]);
    const copy = join(folder, "it's a copy.db");
    expect((await regulars(['backup', copy])).code).toBe(0);
    expect(await regulars(['backup', copy])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exists already'),
    });
    expect(await regulars(['restore', copy])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds a database already'),
    });
    const elsewhere = { DATABASE_URL: 'file:other/regulars.db' };
    const restored = await regulars(['restore', copy, '--json'], elsewhere);
    expect(JSON.parse(restored.stdout)).toMatchObject({ accounts: 2, entries: 1, differences: 0 });
    const exported = await regulars(['export', 'ledger'], elsewhere);
    expect(exported.stdout).toBe((await regulars(['export', 'ledger'])).stdout);
    expect(await json('verify')).toMatchObject({ differences: 0 });

    const damaged = file('damaged.db', readFileSync(copy).subarray(0, 9000).toString('latin1'));
    const broken = await regulars(['restore', damaged], { DATABASE_URL: 'file:broken/regulars.db' });
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('is not a whole backup') });
    expect(readdirSync(join(folder, 'broken'))).toEqual([]);
    const missing = await regulars(['restore', 'nothing.db'], { DATABASE_URL: 'file:broken/regulars.db' });
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no file nothing.db'),
    });
  });

  test('leaves nothing behind when a restore or a backup fails or is killed, and takes the next one', async () => {
    const { regulars, file, folder } = openDesk();
    await regulars(['import', 'orders', file('orders.csv', ordersCsv)]);
    const [good, later] = [join(folder, 'good.db'), join(folder, 'later.db')];
    await regulars(['backup', good]);
    copyFileSync(good, later);
    const store = openEmbedded(later);
    await store.write([{ sql: "UPDATE migrations SET hash = 'another'", args: [] }]);
    await store.script('PRAGMA wal_checkpoint(TRUNCATE)');
    store.close();
    const elsewhere = { DATABASE_URL: 'file:other/regulars.db' };
    expect(await regulars(['restore', later], elsewhere)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('was applied from a different file'),
    });
    expect(readdirSync(join(folder, 'other'))).toEqual([]);
    const dead = 2 ** 22 + 1;
    file(`other/regulars.db.${dead}.draft`, 'half a copy');
    file(`other/regulars.db.${dead}.draft-wal`, 'half a copy');
    expect((await regulars(['restore', good], elsewhere)).code).toBe(0);
    expect(readdirSync(join(folder, 'other')).filter((name) => name.includes('draft'))).toEqual([]);
    file(`other/monday.db.${dead}.draft`, 'half a copy');
    expect((await regulars(['backup', join(folder, 'other/tuesday.db')])).code).toBe(0);
    expect(readdirSync(join(folder, 'other')).filter((name) => name.includes('day'))).toEqual(['tuesday.db']);
    expect(statSync(join(folder, 'other/tuesday.db')).mode & 0o777).toBe(0o600);
  });
});

describe('a refusal ends with 1, in a sentence:', () => {
  const refused: [string, string[], Record<string, string>, string][] = [
    ['a file that is not there', ['import', 'orders', 'none.csv'], {}, 'none.csv'],
    [
      'a programme that is not there',
      ['programme', 'set', 'none.json'],
      {},
      'The file none.json cannot be used',
    ],
    ['a database of no kind', ['verify'], { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL has to be'],
    ['a folder as database', ['verify'], { DATABASE_URL: 'file:.' }, 'database'],
    ['a wrong port', ['verify'], { PORT: 'many' }, 'A setting is wrong. PORT:'],
    ['a short secret', ['verify'], { SECRET: 'short' }, 'SECRET:'],
    ['a server nobody listens on', ['verify'], { DATABASE_URL: 'http://127.0.0.1:9' }, 'does not answer'],
    ['a server without a secret', ['staff', 'add', 'a@b.example', '--role', 'owner'], remote(), 'SECRET:'],
    ['a backup of a server', ['restore', 'x.db'], remote(), 'own tools'],
    ['an account nobody has', ['adjust', 'x@y.example', '5', '--reason', 'x'], {}, 'Set a currency first'],
    ['an import nobody ran', ['imports', 'undo', 'x'], {}, 'There is no such import.'],
    ['a job nobody does', ['jobs', 'run', 'dance'], {}, 'There is no job dance.'],
    ['an unknown currency', ['settings', 'set', 'currency', 'EURO'], {}, 'is not a currency of ISO 4217'],
  ];
  test.each(refused)('%s', async (_name, words, env, message) => {
    const { code, stdout, stderr } = await openDesk().regulars(words, env);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('what verify finds, with the differences', async () => {
    const { regulars, file, folder } = openDesk();
    await regulars(['import', 'orders', file('orders.csv', ordersCsv)]);
    const { openEmbedded } = await import('../../../db/embedded.ts');
    const store = openEmbedded(join(folder, 'data/regulars.db'));
    await store.script("UPDATE orders SET status = 'packed' WHERE number = 'A-2'");
    store.close();
    const text = await regulars(['verify']);
    expect(text).toMatchObject({ code: 1, stdout: '2 accounts, 0 ledger entries: 1 differences\n' });
    expect(text.stderr).toContain('order csv/A-2 status: should be shipped, is packed');
    const json = await regulars(['verify', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      differences: 1,
      found: [{ what: 'order csv/A-2 status' }],
    });
  });
});

describe('serve', () => {
  test('refuses to start where nobody could be sent a code', async () => {
    const { regulars, folder } = openDesk();
    const { code, stderr } = await regulars(['serve'], { HOST: '0.0.0.0' });
    expect(code).toBe(1);
    expect(stderr).toContain('RESEND_API_KEY: is not set');
    expect(existsSync(join(folder, 'data/regulars.db'))).toBe(false);
  });
});

test('serve refuses to let others in while every link would lead to this machine', async () => {
  const { regulars } = openDesk();
  const settings = { HOST: '0.0.0.0', RESEND_API_KEY: 're_test', MAIL_FROM: 'Shop <shop@example.com>' };
  const { code, stderr } = await regulars(['serve'], settings);
  expect(code).toBe(1);
  expect(stderr).toContain('PUBLIC_URL: is not set, or names this machine alone');
});

test('settings are read from .env, and the environment goes first', async () => {
  const { regulars, file } = openDesk();
  file('.env', 'DATABASE_URL=file:from-env.db\nPORT=many\n');
  expect((await regulars(['verify'])).stderr).toContain('PORT');
  expect(await regulars(['verify', '--quiet'], { PORT: '4000' })).toMatchObject({ code: 0, stderr: '' });
});

function remote(): Record<string, string> {
  return { DATABASE_URL: 'http://127.0.0.1:9' };
}
