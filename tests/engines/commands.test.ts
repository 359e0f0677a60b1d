import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from '../../functions/desk/cli/commands.ts';
import { ordersCsv } from '../desk/cli/regulars.ts';
import { type CliResult, runRegulars, runRegularsIn } from '../support/cli.ts';
import { repository } from '../support/process.ts';
import { halfBack } from '../support/programmes.ts';
import { portalSettings } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** Files beside the calls, and what the calls before have printed. */
interface Desk {
  file: (name: string, content?: string) => string;
  said: Map<string, string>;
}

interface Row {
  words: (desk: Desk) => string[];
  /** What a refusal says; a call that succeeds has none. */
  refusal?: string;
}

const works = (...words: string[]): Row => ({ words: () => words });

/** One call of each command, in an order in which each finds what it needs. */
const rows: Record<string, Row> = {
  migrate: works(),
  'settings set': works('registration', 'open'),
  'settings show': works(),
  'programme set': { words: ({ file }) => [file('programme.json', JSON.stringify(halfBack))] },
  'programme show': works(),
  'import orders': { words: ({ file }) => [file('orders.csv', ordersCsv)] },
  'import customers': {
    words: ({ file }) => [file('customers.csv', 'email,name,phone\nann@example.com,Ann,044 123')],
  },
  'own-fields set': works('size', 'number', '--name', 'en=Shoe size'),
  'own-fields list': works(),
  'own-fields remove': works('size'),
  'texts list': works('--search', 'home'),
  'texts set': works('en', 'page.home', '--part', 'home_title=Every cup counts'),
  'texts get': works('en', 'page.home'),
  'texts reset': works('en', 'page.home'),
  'imports list': works('--json'),
  'programme rehearse': { words: ({ file }) => [file('draft.json', JSON.stringify(halfBack))] },
  balances: works(),
  adjust: works('ann@example.com', '5.00', '--reason', 'Late parcel'),
  'customers merge': works('ann@example.com', 'bob@example.com', '--dry-run'),
  export: works('orders'),
  'export feedback': works('--format', 'csv'),
  'import feedback': { words: ({ file, said }) => [file('told.csv', said.get('export feedback'))] },
  'export table': works('customers', '--format', 'csv'),
  'export everything': { words: ({ file }) => ['-o', file('everything.tar.gz')] },
  'import everything': { words: ({ file }) => [file('everything.tar.gz')], refusal: 'is in use: it has ' },
  'imports undo': { words: ({ said }) => [JSON.parse(said.get('imports list') ?? '[]')[0].id] },
  'staff add': works('olena@example.com', '--role', 'owner'),
  'staff list': works(),
  'staff reset-factor': works('olena@example.com'),
  'staff disable': works('olena@example.com'),
  'mail test': { words: () => ['olena@example.com'], refusal: '' },
  'keys add': works('till', '--scope', 'orders:write'),
  'keys list': works('--json'),
  'keys revoke': { words: ({ said }) => [(said.get('keys add') ?? '').slice(0, 10)] },
  'jobs run': works(),
  'figures rebuild': works(),
  'facts rebuild': works(),
  'feed list': works('--json'),
  'feed reread': {
    words: ({ said }) => [JSON.parse(said.get('feed list') ?? '[]')[0].name, '0'],
  },
  verify: works(),
  backup: { words: ({ file }) => [file('copy.db')], refusal: 'the job of that server' },
  'backups make': works('--json'),
  'backups list': works(),
  'backups drill': works(),
  'backups fetch': {
    words: ({ file, said }) => [JSON.parse(said.get('backups make') ?? '{}').id, file('fetched')],
  },
  'backups schedule': works('week', '--weekday', '7'),
  'backups delete': { words: ({ said }) => [JSON.parse(said.get('backups make') ?? '{}').id] },
  restore: { words: ({ file }) => [file('copy.db')], refusal: 'own tools' },
  demo: { words: () => [], refusal: 'empty' },
};

/** They stand in other files: the whole of every engine is served by it. */
const elsewhere = ['serve'];

describe.skipIf(noSqld !== null)('every command on a database server', () => {
  let server: Sqld;
  const folder = mkdtempSync(join(tmpdir(), 'regulars-commands-'));
  const desk: Desk = {
    file: (name, content) => {
      const path = join(folder, name);
      if (content !== undefined) writeFileSync(path, content);
      return path;
    },
    said: new Map(),
  };
  const run = (...words: string[]): Promise<CliResult> =>
    runRegularsIn(folder, portalSettings(server.url, 'http://127.0.0.1:9'), ...words);

  beforeAll(async () => {
    server = await startSqld();
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('has a row here', () => {
    expect(Object.keys(rows).concat(elsewhere).toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  test.each(Object.entries(rows))('%s', async (name, { words, refusal }) => {
    const { code, stdout, stderr } = await run(...name.split(' '), ...words(desk));
    desk.said.set(name, stdout);
    expect(stderr).not.toMatch(/SQL_|SQLITE_|syntax|\n\s+at /);
    if (refusal === undefined) expect([code, stderr]).toEqual([0, expect.any(String)]);
    else expect([code, stderr]).toEqual([1, expect.stringContaining(refusal)]);
  });

  test.each([
    ['customers', 'email,customer_key'],
    ['ledger', 'account,email,seq'],
  ])('export %s', async (table, content) => {
    const { code, stdout } = await run('export', table);
    expect([code, stdout]).toEqual([0, expect.stringContaining(content)]);
  });

  test('what was revoked opens nothing any more', async () => {
    const listed = JSON.parse((await run('keys', 'list', '--json')).stdout);
    expect(listed).toMatchObject([{ name: 'till', revokedAt: expect.any(Number) }]);
  });
});

describe.skipIf(noSqld !== null)('the demo on a database server', () => {
  test('is loaded, and proves itself', { timeout: 600_000 }, async () => {
    const server = await startSqld();
    try {
      const settings = portalSettings(server.url, 'http://127.0.0.1:9');
      for (const words of [['migrate'], ['demo'], ['jobs', 'run'], ['verify']]) {
        const { code, stderr } = await runRegulars(settings, ...words);
        expect([words, code], stderr).toEqual([words, 0]);
      }
    } finally {
      await server.stop();
    }
  });
});

/** The parser of the server knows less than the embedded engine: what it cannot read fails only there. */
test('no SQL asks for a group without naming it', () => {
  const folder = join(repository, 'functions');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const texts = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/`[^`]*`/g) ?? []);
  expect(texts.filter((text) => /\bHAVING\b/.test(text) && !/\bGROUP BY\b/.test(text))).toEqual([]);
  expect(texts.filter((text) => /\b(json_group_\w+|group_concat)\([^()]*ORDER BY/.test(text))).toEqual([]);
});
