import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { halfBack } from '../engines/orders.ts';
import { regulars, runRegulars } from '../support/cli.ts';
import { setProgrammeFile } from '../support/programmes.ts';

const folder = mkdtempSync(join(tmpdir(), 'regulars-bad-'));
const database = join(folder, 'regulars.db');
const settings = { DATABASE_URL: `file:${database}` };
const header = 'order_number,placed_at,customer_email,currency,line_total,refunded_total,shipping';
const good = ['A-1', 'A-2'].map((number) => `${number},2026-03-01,ann@example.com,EUR,10.00,,`).join('\n');

beforeAll(async () => {
  await setProgrammeFile(settings, folder, halfBack);
  await regulars(settings, 'import', 'orders', fileOf(`${header}\n${good}\n`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rows of one order each; NUMBER is where its number goes. */
const badRows: [string, string, RegExp][] = [
  ['an unknown currency', 'NUMBER,2026-03-01,ann@example.com,EUX,10.00,,', /EUX|currency/],
  ['three decimals in EUR', 'NUMBER,2026-03-01,ann@example.com,EUR,10.123,,', /10\.123|decimals/],
  ['a comma as decimal point', 'NUMBER,2026-03-01,ann@example.com,EUR,"10,00",,', /comma|point/],
  ['a date of 30 February', 'NUMBER,2026-02-30,ann@example.com,EUR,10.00,,', /2026-02-30|date|time/],
  ['a line total of 1e308', 'NUMBER,2026-03-01,ann@example.com,EUR,1e308,,', /1e308|number/],
  ['a total of 400 digits', `NUMBER,2026-03-01,ann@example.com,EUR,${'9'.repeat(400)},,`, /more than/],
  ['a refund beyond the line', 'NUMBER,2026-03-01,ann@example.com,EUR,10.00,10.01,', /refund/],
  ['a NUL byte', 'NUMBER,2026-03-01,ann@exam\0ple.com,EUR,10.00,,', /NUL/i],
  [
    'the number of an order of another account',
    'A-1,2026-03-01,bob@example.com,EUR,10.00,,',
    /another account/,
  ],
  ['another total than before', 'A-2,2026-03-01,ann@example.com,EUR,11.00,,', /lines|total|differs/],
  [
    'rows that contradict each other',
    'NUMBER,2026-03-01,ann@example.com,EUR,10.00,,3.00\nNUMBER,2026-03-01,ann@example.com,EUR,5.00,,4.00',
    /shipping/,
  ],
];

test('an orders file of bad orders: each is left out, with its line and the reason, nothing is written', async () => {
  const rows = badRows.map(([, row], index) => row.replaceAll('NUMBER', `B-${index}`));
  const before = await countAll();
  const path = fileOf(`${header}\n${rows.join('\n')}\n`);
  const { code, stdout, stderr } = await runRegulars(settings, 'import', 'orders', path, '--json');
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/\n\s+at /)]);
  const report: ImportTold = JSON.parse(stdout);
  expect(report.orders).toEqual({ created: 0, updated: 0, unchanged: 0, rejected: badRows.length });
  for (const [index, [what, row, reason]] of badRows.entries()) {
    const lastLine = index + 1 + row.split('\n').length;
    const told = report.errors.find(({ line }) => line === lastLine);
    expect(told?.reason ?? 'nothing', what).toMatch(reason);
  }
  expect(await countAll()).toEqual(before);
});

interface ImportTold {
  orders: unknown;
  errors: { line: number; reason: string }[];
}

const shopify = `Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Refunded Amount
#1001,ann@example.com,paid,2026-03-01 10:00:00 +0100,fulfilled,EUR,10.00,0.00,0.00,10.00,0.00,2026-03-01 10:00:00 +0100,1,"A thing",10.00,T-1,0.00,0.00
#1002,bob@example.com,paid,2026-03-01 10:00:00 +0100,fulfilled,EUR,10.00,0.00,0.00,10.00,0.00,2026-03-01 10:00:00 +0100,1,"A th`;

test('a Shopify file cut in the middle: what is whole is imported, what is cut is reported', async () => {
  const { code, stdout } = await runRegulars(
    settings,
    'import',
    'orders',
    fileOf(shopify),
    '--json',
    '--dry-run',
  );
  const report = JSON.parse(stdout);
  expect([code, report.orders.created, report.errors.length]).toEqual([0, 1, 1]);
  expect(report.errors[0]).toMatchObject({ line: 3, reason: expect.stringMatching(/quote|cut|end/i) });
});

const unreadable: [string, () => string, RegExp][] = [
  ['of one line of 2 GB', () => oneLine('2gb.csv'), /line|record|MiB/],
  ['of one line of 200 MB in UTF-16', () => oneLine('utf16.csv', Buffer.from('\ufeffa;b', 'utf16le')), /MiB/],
  ['that is a workbook which unpacks without end', () => bomb('bomb.xlsx'), /workbook is too large/],
  ['that is half a workbook', () => half('half.xlsx'), /workbook cannot be read/],
  ['that is an old workbook', () => fileOf('\u00d0\u00cf\u0011\u00e0', 'latin1'), /old Excel/],
  ['that is empty', () => fileOf(''), /empty/],
  ['that is not there', () => join(folder, 'nowhere.csv'), /nowhere\.csv/],
  ['with headers nobody knows', () => fileOf('a,b,c\n1,2,3\n'), /header|column/i],
];

test.each(unreadable)('a file %s is refused in a sentence', async (_what, pathOf, message) => {
  const before = await countAll();
  const { code, stdout, stderr } = await runRegulars(settings, 'import', 'orders', pathOf());
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(await countAll()).toEqual(before);
});

const bands = { scheme: 'bands', mode: 'whole', period: 'year', from: '2020-01-01' };
const badRules: [string, object, RegExp][] = [
  [
    'whole bands that lower the reward',
    {
      ...bands,
      bands: [
        { from: '0.00', percent: '5' },
        { from: '100.00', percent: '3' },
      ],
    },
    /rules?.*band/is,
  ],
  [
    'two targets at the same spend',
    {
      ...bands,
      mode: undefined,
      scheme: 'steps',
      targets: [
        { spend: '100.00', back: '5.00' },
        { spend: '100.00', back: '7.00' },
      ],
    },
    /same spend/,
  ],
];

test.each(badRules)('a programme with %s is refused', async (_what, rule, message) => {
  const before = await regulars(settings, 'programme', 'show');
  const path = fileOf(JSON.stringify({ ...halfBack, rules: [{ id: 'bad', name: 'Bad', ...rule }] }));
  const { code, stderr } = await runRegulars(settings, 'programme', 'set', path);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(await regulars(settings, 'programme', 'show')).toBe(before);
});

let files = 0;

function fileOf(text: string, charset: BufferEncoding = 'utf8'): string {
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, text, charset);
  return path;
}

function bomb(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(80_000_000) }));
  return path;
}

function half(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }).subarray(0, 60));
  return path;
}

/** Two GB without a line's end, or 200 MB after a beginning; what lies behind that takes no room on the disk. */
function oneLine(name: string, begins?: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, begins ?? 'x'.repeat(4_000_000));
  truncateSync(path, begins === undefined ? 2 * 1024 ** 3 : 200 * 1024 ** 2);
  return path;
}

async function countAll(): Promise<string> {
  const store = openEmbedded(database);
  const tables = ['orders', 'order_lines', 'customers', 'accounts', 'ledger', 'history'];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(', ');
  const rows = await store.read({ sql: `SELECT ${counts}`, args: [] });
  store.close();
  return rows.flat().join(' ');
}
