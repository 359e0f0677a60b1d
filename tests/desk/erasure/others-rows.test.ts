import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { finishErasures } from '../../../functions/desk/erasure/finish-erasures.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { downloadOwnData } from '../../../functions/desk/privacy/download-own-data.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { receiveEvent } from '../../../functions/people/mail/receive-event.ts';
import { requestEmailChange } from '../../../functions/people/sign-in/request-email-change.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestFiles } from '../../support/test-files.ts';

const gone = { words: 'gone' } as const;

async function open() {
  const shop = await openShop(moneyBack);
  const ctx = { ...shop.ctx, files: createTestFiles() };
  const ann = await shop.order({ email: 'ann@example.com', totals: [12_000] });
  const bob = await shop.order({ email: 'bob@example.com', totals: [12_000] });
  return { ...shop, ctx, ann, bob };
}

const contact = (id: string, columns: Record<string, string | null>) =>
  statement(
    `INSERT INTO contacts (id, channel, direction, is_missed, at, customer_id, account_id, root_id, number, address, summary,
       wants_answer, source, entry_seq) VALUES (?, 'phone', 'in', 0, 1, ?, ?, ?, ?, ?, ?, 0, 'console', 1)`,
    ...[id, columns.customer ?? null, columns.root ?? null, columns.root ?? null],
    ...[columns.number ?? null, columns.address ?? null, `Words of ${id}`],
  );

test('what others said and did from the same household, number or address stays theirs', async () => {
  const { ctx, order, ann, bob } = await open();
  const home = { account: 'The Smiths', totals: [10_000] };
  const hers = await order({ email: 'ann@example.com', ...home });
  const his = await order({ email: 'bob@example.com', ...home });
  const number = '+380441234567';
  await ctx.db.write([
    statement("UPDATE accounts SET form = 'household' WHERE kind = 'shared'"),
    statement(
      'UPDATE memberships SET until = 1 WHERE customer_id = ? AND account_id = ?',
      bob.customerId,
      his.accountId,
    ),
    statement("UPDATE customers SET phone = '+380 44 123 45 67' WHERE id = ?", ann.customerId),
    statement("UPDATE order_events SET note = 'Left at the door'"),
    contact('household', { root: hers.accountId }),
    contact('bob at home', { root: hers.accountId, customer: bob.customerId }),
    contact('her number', { number }),
    contact('bob from her number', { number, customer: bob.customerId }),
    contact('bob from her address', { address: 'ann@example.com', customer: bob.customerId }),
  ]);
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  const rows = await ctx.db.read(statement('SELECT id, summary, number, address FROM contacts ORDER BY id'));
  expect(rows).toEqual([
    ['bob at home', 'Words of bob at home', null, null],
    ['bob from her address', 'Words of bob from her address', null, null],
    ['bob from her number', 'Words of bob from her number', null, null],
    ['her number', null, null, null],
    ['household', null, null, null],
  ]);
  const notes = await ctx.db.read(
    statement(
      `SELECT DISTINCT customer_id, note FROM order_events AS e JOIN orders AS o ON o.id = e.order_id ORDER BY note`,
    ),
  );
  expect(notes).toEqual([
    [ann.customerId, null],
    [bob.customerId, 'Left at the door'],
  ]);
});

test('who is of the team, too, takes home and loses nothing that was written to them there', async () => {
  const { ctx, as, ann } = await open();
  const mail = (id: string, template: string, address: string) =>
    statement(
      `INSERT INTO outbox (id, template, params, address, created_at, next_try_at, tries) VALUES (?, ?, '{"of":"Cat"}', ?, 1, 1, 0)`,
      ...[id, template, address],
    );
  await ctx.db.write([
    statement("INSERT INTO staff (id, email, role, created_at) VALUES ('s', 'ann@example.com', 'agent', 1)"),
    mail('team', 'staff_waiting', 'ann@example.com'),
    statement('UPDATE customers SET claimed_at = 1'),
  ]);
  const signedIn = {
    ...as(ann.customerId),
    actor: { kind: 'customer', id: ann.customerId, signedInAt: ctx.now() } as const,
  };
  const { body } = await downloadOwnData(signedIn, { language: 'en' });
  const files = unzipSync(new Uint8Array(await new Response(body).arrayBuffer()));
  expect(strFromU8(files['data/outbox.ndjson'] ?? new Uint8Array())).not.toContain('Cat');
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  const rows = statement("SELECT address, params, withheld_at FROM outbox WHERE id = 'team'");
  expect(await ctx.db.read(rows)).toEqual([['ann@example.com', '{"of":"Cat"}', null]]);
});

test('an address that they were about to have goes with its code', async () => {
  const { ctx, as, ann } = await open();
  await ctx.db.write([statement('UPDATE customers SET claimed_at = 1')]);
  await requestEmailChange(as(ann.customerId), { customerId: ann.customerId, email: 'qanary@example.com' });
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  expect(await ctx.db.read(statement("SELECT 1 FROM outbox WHERE address = 'qanary@example.com'"))).toEqual(
    [],
  );
});

test('notes that a merge copied go also where it was undone', async () => {
  const { ctx, ann, bob } = await open();
  const note = (id: string, customerId: string, text: string) =>
    statement(
      'INSERT INTO customer_notes (id, customer_id, text, at, actor) VALUES (?, ?, ?, 1, ?)',
      id,
      customerId,
      text,
      'x',
    );
  await ctx.db.write([note('a', ann.customerId, 'Ann is ill'), note('b', bob.customerId, 'Bob travels')]);
  const both = { survivor: 'bob@example.com', merged: 'ann@example.com', key: newId() };
  const { id } = await mergeCustomers(ctx, both);
  await undoMerge(ctx, { id });
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  expect(await ctx.db.read(statement('SELECT text FROM customer_notes'))).toEqual([['Bob travels']]);
});

test('a complaint about, or return of, mail to who was erased brings their address back nowhere', async () => {
  const { ctx, ann } = await open();
  await ctx.db.write([
    statement(
      `INSERT INTO outbox (id, template, params, customer_id, created_at, next_try_at, tries, sent_at)
       VALUES ('before', 'news', '{}', ?, 1, 1, 0, 1)`,
      ann.customerId,
    ),
  ]);
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  await ctx.db.write([
    statement("UPDATE outbox SET failed_at = 1, failure = 'ann@example.com' WHERE template = 'erased'"),
  ]);
  expect(await finishErasures(ctx)).toBe(true);
  const [[last] = []] = await ctx.db.read(statement("SELECT id FROM outbox WHERE template = 'erased'"));
  const told = (mail: string, to: string) =>
    receiveEvent(ctx, {
      deliveryId: newId(),
      body: { type: 'email.complained', data: { to: [to], tags: { mail } } },
    });
  for (const mail of ['before', String(last)]) await told(mail, 'ann@example.com');
  await told('unknown', 'bob@example.com');
  expect(await ctx.db.read(statement('SELECT address FROM suppressions'))).toEqual([['bob@example.com']]);
  expect(await ctx.db.read(statement("SELECT 1 FROM outbox WHERE failure LIKE '%@%'"))).toEqual([]);
  expect(
    await ctx.db.read(statement('SELECT 1 FROM outbox WHERE failed_at IS NOT NULL AND withheld_at IS NULL')),
  ).toEqual([]);
});
