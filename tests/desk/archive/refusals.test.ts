import { describe, expect, test } from 'vitest';
import { hasTriggers } from '../../../db/schema-problem.ts';
import { exportEverything } from '../../../functions/desk/archive/export-everything.ts';
import { exportTable } from '../../../functions/desk/archive/export-table.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Actor, Context } from '../../../functions/ground/platform/context.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { redeemInput } from '../../../functions/money/redemptions/schema.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { archiveOf, packed, pieces, textsOf } from './archive-file.ts';

async function aShop(): Promise<Context> {
  const { ctx, order, sale } = await openShop(moneyBack);
  await order({ totals: [20_000, 5_000] });
  await order({ number: 'B-1', totals: [30_000], email: 'bob@example.com', account: 'ACME' });
  await sale({ number: 'N-1', totals: [900] });
  return ctx;
}

let made: Promise<Buffer> | null = null;

/** The archive of a shop, made by the first test that asks for it. */
function anArchive(): Promise<Buffer> {
  made ??= aShop().then((ctx) => archiveOf(ctx));
  return made;
}

/** A change to one file of the archive, and what is said of it. */
const wrong: [what: string, file: string, change: (lines: string[]) => string[], said: string][] = [
  [
    'what is no JSON',
    'customers.ndjson',
    ([first = '', ...rest]) => [first.slice(1), ...rest],
    'line 1: is not a JSON object',
  ],
  [
    'a time that is none',
    'customers.ndjson',
    replacing(1, /"created_at":"[^"]+"/, '"created_at":"2026-03-01"'),
    'line 2, created_at: is not a time',
  ],
  [
    'a missing value',
    'customers.ndjson',
    replacing(0, /"id":"[^"]+"/, '"id":null'),
    'line 1, id: is missing',
  ],
  [
    'a word that is none of its column',
    'accounts.ndjson',
    replacing(0, /"kind":"\w+"/, '"kind":"club"'),
    'line 1, kind: is not one of personal',
  ],
  [
    'a number that is none',
    'order_lines.ndjson',
    replacing(1, /"total_minor":\d+/, '"total_minor":1.5'),
    'line 2, total_minor: is not a whole number',
  ],
  [
    'a column that is not known',
    'orders.ndjson',
    replacing(0, /^\{/, '{"colour":"red",'),
    'line 1, colour: is no column of orders',
  ],
  ['a row that stands twice', 'accounts.ndjson', (lines) => [...lines, lines[0] ?? ''], 'id: stands twice'],
  [
    'a row that names nobody',
    'orders.ndjson',
    replacing(0, /"customer_id":"\w+"/, '"customer_id":"nobody"'),
    'line 1, customer_id: names a row of customers',
  ],
  [
    'one email for two',
    'customers.ndjson',
    replacing(1, /"email":"[^"]+"/, '"email":"ann@example.com"'),
    'email: stands twice',
  ],
  [
    'what a rule of the table forbids',
    'order_lines.ndjson',
    replacing(1, /"discount_minor":0/, '"discount_minor":99999999'),
    'line 2: breaks the rule order_lines_money',
  ],
  [
    'fewer lines of history than an account has',
    'accounts.ndjson',
    replacing(0, /"history_seq":\d+/, '"history_seq":40'),
    'line 1, history_seq: is not the number of its rows of history',
  ],
  [
    'fewer entries than an account has',
    'accounts.ndjson',
    replacing(0, /"ledger_seq":\d+/, '"ledger_seq":40'),
    'line 1, ledger_seq: is not the number of its rows of ledger',
  ],
  [
    'a ledger that does not add up',
    'ledger.ndjson',
    replacing(0, /"balance_after_minor":\d+/, '"balance_after_minor":1'),
    'line 1: is refused: ledger_balance_mismatch',
  ],
];

function replacing(line: number, pattern: RegExp, by: string): (lines: string[]) => string[] {
  return (lines) =>
    lines.map((text, index) => {
      if (index !== line) return text;
      expect(text).toMatch(pattern);
      return text.replace(pattern, by);
    });
}

describe('an archive with', () => {
  test.each(wrong)('%s is refused by file, line, column and rule', async (_, file, change, said) => {
    const texts = await textsOf(await anArchive());
    const lines = (texts.get(file) ?? '').trimEnd().split('\n');
    const changed = new Map(texts).set(file, `${change(lines).join('\n')}\n`);
    const copy = await createTestContext();
    const error = await importEverything(copy, pieces(await packed(changed))).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'validation_failed' });
    expect(error.message).toContain(`${file}, `);
    expect(error.message).toContain(said);
    await expectUntouched(copy);
  });

  test.each([
    ['a file that is none of a table', 'shoes.ndjson', '{}\n'],
    ['a stored file that no row names', 'attachments/00000000000000000000000000000000', 'x'],
    ['quotes that never close', 'customers.csv', 'id\n"x\n'],
  ])('%s is refused', async (_, name, text) => {
    const texts = await textsOf(await anArchive());
    const copy = await createTestContext();
    const bytes = await packed(new Map(texts).set(name, text));
    await expect(importEverything(copy, pieces(bytes))).rejects.toMatchObject({ code: 'validation_failed' });
    await expectUntouched(copy);
  });
});

describe('what is no archive of this release is refused:', () => {
  const other = '{"kind":"regulars-archive","schema":"0001_another"}\n';
  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ['nothing', async () => Buffer.alloc(0), /not an archive|damaged/],
    ['any text', async () => Buffer.from('email\nann@example.com\n'), /not an archive/],
    ['half of an archive', async () => (await anArchive()).subarray(0, 2000), /damaged|breaks off/],
    ['an archive without its head', () => packed(new Map([['customers.ndjson', '']])), /not an archive/],
    [
      'one of another release',
      () => packed(new Map([['regulars.json', other]])),
      /another release \(0001_another/,
    ],
  ])('%s', async (_, bytes, said) => {
    const copy = await createTestContext();
    const error = await importEverything(copy, pieces(await bytes())).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'bad_request', message: expect.stringMatching(said) });
    await expectUntouched(copy);
  });
});

test('an archive goes into an empty portal alone, and a portal in use stays as it is', async () => {
  const shop = await aShop();
  const archive = await archiveOf(shop);
  const refused = importEverything(shop, pieces(archive));
  await expect(refused).rejects.toMatchObject({
    code: 'database_not_empty',
    message: expect.stringContaining('accounts'),
  });
  const texts = async (bytes: Buffer) => {
    const all = await textsOf(bytes);
    // It tells of the archive before.
    all.delete('audit_log.ndjson');
    return all;
  };
  expect(await texts(await archiveOf(shop))).toEqual(await texts(archive));
});

test('what comes in goes on where it was', async () => {
  const copy = await createTestContext();
  await importEverything(copy, pieces(await anArchive()));
  const [[customerId] = []] = await copy.db.read({
    sql: "SELECT id FROM customers WHERE email = 'ann@example.com'",
    args: [],
  });
  const redeemed = {
    customerId: String(customerId),
    kind: 'till',
    amount: { amount: 500, currency: 'EUR' },
  } as const;
  await redeem(copy, redeemInput.parse(redeemed));
  expect(await verify(copy)).toMatchObject({ differences: 0 });
});

describe('everything goes out and in', () => {
  const staff = (role: 'owner' | 'manager' | 'agent' | 'analyst'): Actor => ({
    kind: 'staff',
    id: 's',
    role,
  });
  const actors: [string, Actor, { archive: boolean; into?: boolean; table: boolean; staff: boolean }][] = [
    ['by an owner', staff('owner'), { archive: true, table: true, staff: true }],
    [
      'by a manager: tables, but for the team',
      staff('manager'),
      { archive: false, table: true, staff: false },
    ],
    ['not by an agent', staff('agent'), { archive: false, table: false, staff: false }],
    ['not by an analyst', staff('analyst'), { archive: false, table: false, staff: false }],
    ['not by a customer', { kind: 'customer', id: 'c' }, { archive: false, table: false, staff: false }],
    ['not by who is not signed in', { kind: 'anonymous' }, { archive: false, table: false, staff: false }],
    [
      'by a key for it, but not in',
      { kind: 'key', id: 'k', scopes: ['archive:read'] },
      { archive: true, into: false, table: true, staff: true },
    ],
    [
      'not by another key',
      { kind: 'key', id: 'k', scopes: ['customers:read', 'orders:write'] },
      { archive: false, table: false, staff: false },
    ],
  ];

  test.each(actors)('%s', async (_, actor, may) => {
    const ctx = { ...(await createTestContext()), actor };
    const isDone = async (work: Promise<unknown>) =>
      work.then(
        () => true,
        (error) => {
          expect(['forbidden', 'scope_missing', 'unauthenticated']).toContain(error.code);
          return false;
        },
      );
    const table = (name: string) => exportTable(ctx, { name, format: 'csv' });
    expect(await isDone(table('consents'))).toBe(may.table);
    expect(await isDone(table('staff'))).toBe(may.staff);
    expect(await isDone(exportEverything(ctx, { format: 'csv' }))).toBe(may.archive);
    expect(await isDone(importEverything(ctx, pieces(await anArchive())))).toBe(may.into ?? may.archive);
  });
});

/** Nothing of what was refused is left, and all guards are on. */
async function expectUntouched(copy: Context): Promise<void> {
  const left = await copy.db.read({
    sql: "SELECT name FROM sqlite_schema WHERE name LIKE 'archive%' AND name <> 'archive_places'",
    args: [],
  });
  expect(left).toEqual([]);
  expect(await hasTriggers(copy.db)).toBe(true);
  const empty = await createTestContext({ now: copy.now });
  expect(Buffer.compare(await archiveOf(copy), await archiveOf(empty))).toBe(0);
}
