import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { loadDemo } from '../../../functions/desk/demo/load-demo.ts';
import { setContact } from '../../../functions/desk/portal/change-profile.ts';
import { countOwnData } from '../../../functions/desk/privacy/count-own-data.ts';
import { downloadDataOf, downloadOwnData } from '../../../functions/desk/privacy/download-own-data.ts';
import { listKept } from '../../../functions/desk/privacy/list-kept.ts';
import { listOwnTables, ownRowsOf } from '../../../functions/desk/privacy/own-tables.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { house } from '../../../functions/rooms.ts';
import { locales } from '../../../languages/built.ts';
import { wordsIn } from '../../../src/locale.ts';
import { periodWords } from '../../../src/words/kept.ts';
import { scansOf } from '../../support/scans-of.ts';
import { createTestContext } from '../../support/test-context.ts';
import { newKey, openHouse, pngBytes, tell } from '../../voice/feedback/house.ts';

const decoder = new TextDecoder();

async function unzipped({ body }: { body: ReadableStream<Uint8Array<ArrayBuffer>> }) {
  const files = unzipSync(new Uint8Array(await new Response(body).arrayBuffer()));
  return new Map(Object.entries(files));
}

const textOf = (files: Map<string, Uint8Array>, name: string) => decoder.decode(files.get(name));
const rowsIn = (files: Map<string, Uint8Array>, table: string): unknown[] =>
  textOf(files, `data/${table}.ndjson`)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const lately = (ctx: Context): Context =>
  ctx.actor.kind === 'customer' ? { ...ctx, actor: { ...ctx.actor, signedInAt: ctx.now() } } : ctx;

/** Ids and texts by which a person is known, wherever they stand. */
async function namesOf({ db }: Context, customerId: string): Promise<string[]> {
  const rows = await db.read(
    statement(
      `SELECT id, email, phone, member_number FROM customers WHERE id = ?1 UNION ALL
       SELECT id, NULL, NULL, NULL FROM accounts WHERE owner_id = ?1`,
      customerId,
    ),
  );
  return rows.flat().filter((value) => typeof value === 'string');
}

/** Tables in which one of some texts stands, in any column. */
async function tablesNaming({ db }: Context, names: readonly string[]): Promise<string[]> {
  const tables = await db.read(
    statement(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    ),
  );
  const found: string[] = [];
  for (const [table] of tables) {
    const columns = await db.read(statement('SELECT name FROM pragma_table_info(?)', String(table)));
    const where = columns.map(([column]) => `"${column}" IN (SELECT value FROM json_each(?1))`).join(' OR ');
    const [row] = await db.read(
      statement(`SELECT EXISTS (SELECT 1 FROM "${table}" WHERE ${where})`, JSON.stringify(names)),
    );
    if (row?.[0] === 1n) found.push(String(table));
  }
  return found;
}

/** Tables that name a customer and are worked out anew from others, or hold nothing but that they were worked on. */
const workedOut = new Set([
  ...['account_categories', 'account_days', 'account_facts', 'account_levels', 'account_years'],
  ...['feed_changes', 'ledger_days_read', 'search_texts'],
]);

/** Tables that are in no file: words by which staff drafts and imports are found may be anybody's, and merges name two. */
const ofOthersToo = [
  ...['customer_merges', 'customer_merge_entries', 'customer_merge_rows', 'customer_merge_undos'],
  ...['form_drafts', 'import_marks', 'import_progress', 'import_refusals', 'import_runs', 'imports'],
];

test('what is found by names alone, and merges, are in no file', () => {
  const names = [...listOwnTables(house), ...listOwnTables(house, 'team')].map(({ name }) => name);
  expect(ofOthersToo.filter((name) => names.includes(name))).toEqual([]);
  const missing = Object.entries(house.personal).flatMap(([name, { of }]) =>
    of === null || names.includes(name) ? [] : [name],
  );
  expect(missing.toSorted()).toEqual(ofOthersToo.toSorted());
});

test('rows that go into a file are found by an index where their table is large', async () => {
  const person = {
    customerIds: ['-'],
    accountIds: ['-'],
    rootIds: ['-'],
    addresses: ['-'],
    numbers: [],
    words: [],
  };
  const large = new Set([
    ...[
      'orders',
      'order_lines',
      'order_events',
      'refunds',
      'ledger',
      'lots',
      'history',
      'outbox',
      'mail_events',
    ],
    ...[
      'feedback',
      'feedback_messages',
      'contacts',
      'contact_entries',
      'redemptions',
      'vouchers',
      'audit_log',
    ],
    ...['survey_answers', 'survey_invitations', 'consents', 'memberships', 'tellings', 'campaign_recipients'],
  ]);
  for (const table of [...listOwnTables(house), ...listOwnTables(house, 'team')]) {
    if (!large.has(table.name)) continue;
    const { sql, args } = ownRowsOf(table, person);
    const scans = await scansOf((db) => db.read({ sql: `SELECT * FROM ${table.name} WHERE ${sql}`, args }));
    expect(
      scans.filter((step) => !step.includes('VIRTUAL TABLE')),
      table.name,
    ).toEqual([]);
  }
});

test('the file holds rows of every table in which the customer or their account stands', async () => {
  const ctx = await createTestContext({ now: () => Date.UTC(2026, 8, 1, 12) });
  await loadDemo(ctx);
  const best = await ctx.db.read(
    statement(
      `SELECT customer_id FROM orders JOIN customers ON customers.id = customer_id
       WHERE claimed_at IS NOT NULL GROUP BY customer_id ORDER BY count(*) DESC LIMIT 3`,
    ),
  );
  for (const [id] of best) {
    const customerId = String(id);
    const files = await unzipped(await downloadDataOf(ctx, { customerId, language: 'en' }));
    const naming = await tablesNaming(ctx, await namesOf(ctx, customerId));
    const left = new Set([...workedOut, ...ofOthersToo]);
    const isThere = (table: string) => ['data', 'team'].some((part) => files.has(`${part}/${table}.ndjson`));
    const missing = naming.filter((table) => !isThere(table) && !left.has(table));
    expect(missing).toEqual([]);
    expect(naming.length).toBeGreaterThan(15);
  }
}, 240_000);

test('a customer takes home what they told, with files, and nothing of others', async () => {
  const { ctx, ann, bob, order } = await openHouse();
  await setContact(ann, { phone: '+44 20 7946 0117', address: '1 Harbour Road' });
  await tell(ann, { text: 'The bag was torn <b>.', key: newKey() }, [{ name: 'a/b.png', bytes: pngBytes() }]);
  await tell(bob, { text: 'Bob alone knows this.' });
  const files = await unzipped(await downloadOwnData(lately(ann), { language: 'en' }));
  expect(rowsIn(files, 'customers')).toMatchObject([
    { id: order.customerId, email: 'ann@example.com', phone: '+44 20 7946 0117', address: '1 Harbour Road' },
  ]);
  expect(rowsIn(files, 'orders')).toMatchObject([{ number: 'A-1', total_minor: 12_000 }]);
  expect(rowsIn(files, 'feedback')).toMatchObject([{ text: 'The bag was torn <b>.' }]);
  expect(files.get('files/1-a-b.png') ?? files.get('files/1-b.png')).toEqual(pngBytes());
  const page = textOf(files, 'index.html');
  expect(page).toContain('The bag was torn &lt;b&gt;.');
  expect(page).toContain('1 Harbour Road');
  for (const [name, bytes] of files) {
    expect(decoder.decode(bytes), name).not.toContain('Bob alone');
    expect(decoder.decode(bytes), name).not.toContain('bob@example.com');
  }
  const [[hash] = []] = await ctx.db.read(statement('SELECT stored_as FROM feedback_attachments'));
  for (const [name, bytes] of files) expect(decoder.decode(bytes), name).not.toContain(String(hash));
  const ukrainian = await unzipped(await downloadOwnData(lately(ann), { language: 'uk' }));
  expect(textOf(ukrainian, 'index.html')).toContain('<html lang="uk">');
});

test('it takes a sign-in of the last minutes, and no more than some downloads an hour', async () => {
  const { ctx, ann } = await openHouse();
  const old: Context =
    ann.actor.kind === 'customer'
      ? { ...ann, actor: { ...ann.actor, signedInAt: ctx.now() - 11 * 60_000 } }
      : ann;
  await expect(downloadOwnData(old, { language: 'en' })).rejects.toMatchObject({ code: 'sign_in_again' });
  const taken = { language: 'en' } as const;
  for (let at = 0; at < 5; at += 1) await unzipped(await downloadOwnData(lately(ann), taken));
  await expect(downloadOwnData(lately(ann), taken)).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('the team takes no more than some an hour, either', async () => {
  const { owner, order } = await openHouse();
  const asked = { customerId: order.customerId, language: 'en' } as const;
  for (let at = 0; at < 20; at += 1) await (await downloadDataOf(owner, asked)).body.cancel();
  await expect(downloadDataOf(owner, asked)).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('owners and managers take it for who writes in, which the log says; nobody else does', async () => {
  const { ctx, agent, analyst, owner, ann, order } = await openHouse();
  const asked = { customerId: order.customerId, language: 'en' } as const;
  for (const other of [agent, analyst, ann])
    await expect(downloadDataOf(other, asked)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(downloadDataOf(owner, { ...asked, customerId: 'nobody' })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await unzipped(await downloadDataOf(owner, asked))).has('index.html')).toBe(true);
  const acts = await ctx.db.read(
    statement("SELECT actor, subject_id FROM audit_log WHERE act = 'customer.data-exported'"),
  );
  expect(acts).toEqual([[`staff:${owner.staffId}`, order.customerId]]);
});

test('the page of own data counts what the file holds, by few questions', async () => {
  const { ann } = await openHouse();
  await tell(ann, { text: 'Here.' });
  let asked = 0;
  const read: Store['read'] = (...one) => {
    asked += 1;
    return ann.db.read(...one);
  };
  const watched = { ...ann.db, read, fresh: { ...ann.db.fresh, read } };
  await countOwnData({ ...ann, db: watched });
  expect(asked).toBeLessThan(12);
  const counted = new Map((await countOwnData(ann)).map(({ kind, rows }) => [kind, rows]));
  const files = await unzipped(await downloadOwnData(lately(ann), { language: 'en' }));
  const orders = ['orders', 'order_lines', 'order_events'].reduce(
    (sum, name) => sum + rowsIn(files, name).length,
    0,
  );
  expect(counted.get('orders')).toBe(orders);
  expect(counted.has('club')).toBe(false);
});

test('every room that keeps rows of customers says what they are', () => {
  const kept = new Set(
    [...house.kept.values()].flat().flatMap(({ personalData = {} }) => Object.keys(personalData)),
  );
  expect(
    listOwnTables(house)
      .map(({ name }) => name)
      .filter((name) => !kept.has(name)),
  ).toEqual([]);
});

test.each(locales)('every period has its words on the privacy page: %s', (language) => {
  const t = wordsIn(language);
  for (const { policy } of house.retentions)
    expect(periodWords(policy.key, String(policy.standard), t), policy.key).toMatch(/\d/);
});

test('the privacy page names what the business uses, with the periods that it has set', async () => {
  const { ctx } = await openHouse();
  const kinds = new Map((await listKept(ctx)).map(({ kind, periods }) => [kind, periods]));
  expect([...kinds.keys()]).not.toContain('club');
  expect(kinds.get('mail')).toEqual([{ key: 'mailMonths', months: '36' }]);
});
