import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { findPerson } from '../../../functions/desk/erasure/find-person.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const gone = { words: 'gone' } as const;

test('somebody with two hundred keys and addresses is erased, and out of each text of theirs', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const customer = { email: 'ann@example.com', name: 'Олена Марія Коваль' };
  const { customerId } = await order({ customer, totals: [12_000] });
  const keys = Array.from({ length: 100 }, (_, index) => `shopper-${index}`);
  const former = keys.map((key) => `${key}@example.com`);
  const purpose = `Tea for Олена and ${[...keys, ...former].join(', ')}; Олени немає`;
  await ctx.db.write([
    ...keys.map((key, index) =>
      statement(
        'INSERT INTO customer_keys (source, key, customer_id, since) VALUES (?, ?, ?, 1)',
        `shop ${index}`,
        key,
        customerId,
      ),
    ),
    ...former.map((email) =>
      statement('INSERT INTO former_emails (email, customer_id, until) VALUES (?, ?, 1)', email, customerId),
    ),
    statement("INSERT INTO staff (id, email, role, created_at) VALUES ('s', 's@shop.example', 'agent', 1)"),
    statement(
      `INSERT INTO hospitality_entries (id, kind, customer_id, giver_id, purpose, worth_minor, currency, day, act_limit_minor,
         year_limit_minor, year_before_minor, needs_approval, at, actor)
       VALUES ('h', 'gift', ?, 's', ?, 100, 'EUR', '2026-01-01', 1, 1, 0, 0, 1, 'x')`,
      customerId,
      purpose,
    ),
  ]);
  expect((await findPerson(ctx, customerId))?.forms.length).toBeGreaterThan(200);
  await eraseCustomer(ctx, { customerId, ...gone });
  const [row] = await ctx.db.read(statement('SELECT purpose FROM hospitality_entries'));
  expect(row).toEqual([`Tea for — and ${[...keys, ...former].map(() => '—').join(', ')}; — немає`]);
  expect(await verify(ctx)).toMatchObject({ found: [] });
});

test('what somebody of the team is typing loses full names and addresses alone', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { customerId } = await order({ customer: { email: 'ann@example.com', name: 'Ann Ward' } });
  const single = await order({ customer: { email: 'bo@example.com', name: 'Cannot' } });
  const fields = [
    ['ward', 'Joann Wardle cannot, annual'],
    ['text', 'Ann Ward, "WARD, ANN", ann@example.com; not joann@example.com'],
  ];
  await ctx.db.write([
    ...['one', 'two', 'three'].map((id) =>
      statement(
        "INSERT INTO staff (id, email, name, role, created_at) VALUES (?, ?, 'S', 'agent', 1)",
        id,
        `${id}@shop.example`,
      ),
    ),
    statement(
      "INSERT INTO form_drafts (staff_id, path, fields, at) VALUES ('one', '/a', ?, 1)",
      '[["a","I cannot, annual"]]',
    ),
    statement(
      "INSERT INTO form_drafts (staff_id, path, fields, at) VALUES ('two', '/a?q=ann%40example.com', ?, 1)",
      JSON.stringify(fields),
    ),
    statement(
      "INSERT INTO form_drafts (staff_id, path, fields, at) VALUES ('three', '/a', ?, 1)",
      '[["a","joann@example.com"]]',
    ),
  ]);
  const drafts = () => ctx.db.read(statement('SELECT path, fields FROM form_drafts ORDER BY staff_id'));
  const before = await drafts();
  await eraseCustomer(ctx, { customerId: single.customerId, ...gone });
  expect(await drafts()).toEqual(before);
  await eraseCustomer(ctx, { customerId, ...gone });
  expect(await drafts()).toEqual([
    before[0],
    before[1],
    ['/a?q=—', '[["ward","Joann Wardle cannot, annual"],["text","—, \\"—\\", —; not joann@example.com"]]'],
  ]);
});

test('what the other one is called who has a left address now stays theirs', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const ann = await order({ email: 'new@example.com' });
  await order({ email: 'left@example.com' });
  await ctx.db.write([
    statement(
      `INSERT INTO email_changes (id, customer_id, email_from, email_to, asked_at, made_at)
       VALUES ('c', ?, 'left@example.com', 'new@example.com', 1, 1)`,
      ann.customerId,
    ),
    statement(
      `INSERT INTO received_mails (id, address, subject, at, received_at, state, tries, next_try_at)
       VALUES ('m', 'left@example.com', 'Tea', 1, 1, 'waiting', 0, 1)`,
    ),
  ]);
  const person = await findPerson(ctx, ann.customerId);
  expect(person?.addresses).toEqual(['new@example.com']);
  expect(person?.words).not.toContain('left@example.com');
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  expect(await ctx.db.read(statement('SELECT address, subject FROM received_mails'))).toEqual([
    ['left@example.com', 'Tea'],
  ]);
});

test('reports of imports stay readable, and marks of others with a longer address stay', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { customerId } = await order({ customer: { email: 'ted@example.com', name: 'Ted Ward' } });
  const report = { created: 3, updated: 1, told: ['Ted Ward twice', 'Updated toward Fted Wardens'] };
  await ctx.db.write([
    statement(
      `INSERT INTO imports (id, file_name, report, started_at, actor) VALUES ('i', 'ward_Ted Ward.csv', ?, 1, 'x')`,
      JSON.stringify(report),
    ),
    ...['ted@example.com', 'fted@example.com', 'ted@example.com.ua'].map((email) =>
      statement("INSERT INTO import_marks (run, unit, tally) VALUES ('r', ?, '{}')", `customer:${email}`),
    ),
  ]);
  await eraseCustomer(ctx, { customerId, ...gone });
  const [[name, kept] = []] = await ctx.db.read(statement('SELECT file_name, report FROM imports'));
  expect(name).toBe('ward_—.csv');
  expect(JSON.parse(String(kept))).toEqual({
    ...report,
    told: ['— twice', 'Updated toward Fted Wardens'],
  });
  const marks = await ctx.db.read(statement('SELECT unit FROM import_marks ORDER BY unit'));
  expect(marks.flat()).toEqual(
    expect.arrayContaining(['customer:fted@example.com', 'customer:ted@example.com.ua']),
  );
});
