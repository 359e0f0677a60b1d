import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { procedureExample } from '../../functions/care/standards/schema.ts';
import { commands } from '../../functions/desk/cli/commands.ts';
import { ordersCsv } from '../desk/cli/regulars.ts';
import { type CliResult, runRegularsIn } from '../support/cli.ts';
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

/** A rule of each way to ask: by what was counted, by orders, by lines, by people. */
const buyers = {
  combinator: 'or',
  rules: [
    { field: 'orders.count', operator: '>=', value: 1 },
    { field: 'orders.interval', operator: '>', value: 2, within: { days: 30 }, where: { source: 'csv' } },
    { field: 'account.group', operator: '=', value: 'premium' },
    { field: 'account.level', operator: '=', value: 'advocate' },
    { field: 'score.last', operator: '>=', value: 9 },
    { field: 'customer.joined', operator: '<', value: 30 },
    { field: 'rewards.pending', operator: '>', value: 0 },
  ],
};

const works = (...words: string[]): Row => ({ words: () => words });

/** The id with which a call before began its line. */
const idIn = (said: Map<string, string>, call: string): string => said.get(call)?.split(' ')[0] ?? '';

/** The id of the newest import of orders, which alone can be undone. */
function ordersImport(listed = '[]'): string {
  const imports: { id: string; kind: string }[] = JSON.parse(listed);
  return imports.find(({ kind }) => kind === 'orders')?.id ?? '';
}

/** One call of each command, in an order in which each finds what it needs. */
const rows: Record<string, Row> = {
  migrate: works(),
  'settings set': works('contact.email', 'hello@shop.example'),
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
  'recommendations rebuild': works(),
  'recommendations show': works('ann@example.com', '--json'),
  'recommendations evaluate': works(),
  'forecasts fit': works('--json'),
  'forecasts show': works('ann@example.com', '--json'),
  numbers: works('rfm', '--json'),
  levels: works('--json'),
  hits: works('--since', '2026-01-01', '--json'),
  'segments set': { words: ({ file }) => ['buyers', file('segment.json', JSON.stringify(buyers))] },
  'margins set': works('40', '--category', 'Tea'),
  'margins import': { words: ({ file }) => [file('margins.csv', 'kind,name,percent\nrest,,35\n')] },
  'margins list': works('--json'),
  'segments list': works('--json'),
  'segments count': { words: ({ file }) => [file('segment.json'), '--at', '2026-03-01'] },
  'segments members': works('buyers', '--json'),
  'segments why': works('buyers', 'ann@example.com'),
  'segments remove': works('buyers'),
  'forecasts evaluate': works('--method', 'mle', '--json'),
  adjust: works('ann@example.com', '5.00', '--reason', 'Late parcel'),
  'customers merge': works('ann@example.com', 'bob@example.com', '--dry-run'),
  export: works('orders'),
  'export feedback': works('--format', 'csv'),
  'import feedback': { words: ({ file, said }) => [file('told.csv', said.get('export feedback'))] },
  'export table': works('accounts', '--format', 'csv'),
  'export everything': { words: ({ file }) => ['-o', file('everything.tar.gz')] },
  'import everything': { words: ({ file }) => [file('everything.tar.gz')], refusal: 'is in use: it has ' },
  'staff add': works('olena@example.com', '--role', 'owner'),
  'staff list': works(),
  'managers list': works('--json'),
  'causes list': works(),
  'feedback areas': works('product', '--since', '2026-01-01'),
  'plans list': works('--json'),
  'plans set': works('buyer', 'phone', '30', '--what', 'Ask how it is'),
  'plans due': { words: ({ said }) => [(said.get('plans set') ?? '').trim()] },
  'plans end': { words: ({ said }) => [(said.get('plans set') ?? '').trim()] },
  'standards set': works('complaint', '4', '--for', 'premium'),
  'standards list': works('--json'),
  'standards kept': works('--json'),
  'procedures set': {
    words: ({ file }) => [file('procedure.json', JSON.stringify(procedureExample))],
  },
  'procedures list': works('--json'),
  'ideas list': works('--json'),
  'ideas answer': { words: () => ['none', 'planned'], refusal: 'There is no such idea' },
  'guide note': works('till', 'The spare key is in the safe.'),
  'guide progress': works('--json'),
  'occasions set': works('birthday', '--gift', 'credit', '--amount', '5.00'),
  'occasions list': works('--json'),
  'advice write': {
    words: ({ file }) => [
      'sencha',
      file('sencha.md', 'With **cool** water.'),
      '--title',
      'How to brew sencha',
    ],
  },
  'advice list': works('--json'),
  'advice show': works('sencha'),
  'advice publish': works('sencha'),
  'advice withdraw': works('sencha'),
  'advice picture': {
    words: ({ file }) => [file('no-picture.png', 'no')],
    refusal: 'has to be a JPEG or PNG',
  },
  'club member': { words: () => ['ann@example.com'], refusal: 'is not in the club' },
  'club promises': works('--json'),
  'club told': works('--json'),
  'club take-back': { words: () => ['none', '--reason', 'By mistake'], refusal: 'Nothing of this kind' },
  'hospitality add': works(
    ...['ann@example.com', '60.00', '--for', 'Lunch about next year'],
    ...['--by', 'olena@example.com', '--kind', 'entertainment'],
  ),
  'hospitality approve': {
    words: ({ said }) => [idIn(said, 'hospitality add'), '--by', 'olena@example.com'],
  },
  'hospitality refuse': {
    words: ({ said }) => [
      ...[idIn(said, 'hospitality add'), '--by', 'olena@example.com'],
      ...['--reason', 'Too much'],
    ],
    refusal: 'This waits for nobody',
  },
  'hospitality list': works('--json'),
  'hospitality withdraw': {
    words: ({ said }) => [idIn(said, 'hospitality add'), '--reason', 'They could not come'],
  },
  'returns list': works('--all', '--json'),
  'returns show': { words: () => ['K7QX-M2PD'], refusal: 'There is no such return' },
  'returns approve': { words: () => ['K7QX-M2PD'], refusal: 'There is no such return' },
  'returns refuse': { words: () => ['K7QX-M2PD', '--note', 'Too late'], refusal: 'There is no such return' },
  'returns receive': { words: () => ['K7QX-M2PD'], refusal: 'There is no such return' },
  'returns settle': { words: () => ['K7QX-M2PD', '--take', '1=1'], refusal: 'There is no such return' },
  'waivers add': works('ann@example.com', '--reason', 'Opens a second café'),
  'waivers list': works('--json'),
  'waivers end': { words: ({ said }) => [(said.get('waivers add') ?? '').trim()] },
  'moments set': works('late_parcel', 'on', '--set', 'days=2'),
  'moments log': works('ann@example.com', 'instagram'),
  'moments list': works('--json'),
  'managers import': {
    words: ({ file }) => [file('managers.csv', 'manager,email\nolena@example.com,ann@example.com\n')],
  },
  'managers assign': {
    words: ({ said }) => [
      said.get('export table')?.split('\n')[1]?.split(',')[0] ?? '',
      'olena@example.com',
      ...['--why', 'speaks French'],
    ],
  },
  'contacts log': works(
    ...['ann@example.com', '--channel', 'phone', '--direction', 'in', '--minutes', '4'],
    ...['--summary', 'Asked for the next roast'],
  ),
  'contacts list': works('ann@example.com', '--json'),
  'papers issue': { words: () => ['csv', 'none'], refusal: 'There is no such order' },
  'papers list': works('--json'),
  'papers export': { words: () => ['none'], refusal: 'There is no such paper' },
  'privacy export': { words: ({ file }) => ['ann@example.com', '-o', file('ann.zip')] },
  'privacy import': { words: ({ file }) => [file('ann.zip')] },
  'privacy erase': works('ann@example.com', '--yes'),
  'imports undo': { words: ({ said }) => [ordersImport(said.get('imports list'))] },
  'staff reset-factor': works('olena@example.com'),
  'staff disable': works('olena@example.com'),
  'campaigns list': works('--json'),
  'campaigns result': { words: () => ['none'], refusal: 'There is no such campaign' },
  'campaigns stop': { words: () => ['none'], refusal: 'There is no such campaign' },
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
  'privacy reapply': works(),
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
