import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Value } from '../../../db/store.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { countOwnData } from '../../../functions/desk/privacy/count-own-data.ts';
import { downloadDataOf, downloadOwnData } from '../../../functions/desk/privacy/download-own-data.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { noteOnFeedback } from '../../../functions/voice/feedback/answer-feedback.ts';
import { caseOf, newKey, openHouse, tell } from '../../voice/feedback/house.ts';

type Files = Map<string, string>;

async function unzipped({ body }: { body: ReadableStream<Uint8Array<ArrayBuffer>> }): Promise<Files> {
  const files = unzipSync(new Uint8Array(await new Response(body).arrayBuffer()));
  return new Map(Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}

/** Files of a zip in which a text stands. */
const telling = (files: Files, text: string) =>
  [...files].filter(([, content]) => content.includes(text)).map(([name]) => name);

async function setUp() {
  const house = await openHouse();
  const { ctx, ann, order, owner } = house;
  const customer: Context = {
    ...ann,
    actor: { kind: 'customer', id: order.customerId, signedInAt: ctx.now() },
  };
  const write = (sql: string, ...args: Value[]) => ctx.db.write([statement(sql, ...args)]);
  const bobId = String(
    (await ctx.db.read(statement("SELECT id FROM customers WHERE email = 'bob@example.com'")))[0]?.[0],
  );
  return {
    ...house,
    ...{ customer, write, bobId, annId: order.customerId },
    own: async () => unzipped(await downloadOwnData(customer, { language: 'en' })),
    formal: async () =>
      unzipped(await downloadDataOf(owner, { customerId: order.customerId, language: 'en' })),
  };
}

test('what staff typed, and what imports brought, is in no file, whatever name a customer gives themselves', async () => {
  const { agent, customer, own, formal, write, annId } = await setUp();
  await write("UPDATE customers SET name = 'the', email = 'a@b.co' WHERE id = ?", annId);
  const before = await countOwnData(customer);
  await write(
    'INSERT INTO form_drafts (staff_id, path, fields, at) VALUES (?, \'/console\', \'{"text":"the CANARY of Bob"}\', 1)',
    agent.staffId,
  );
  await write("INSERT INTO import_marks (run, unit, tally) VALUES ('r', 'the CANARY', '{}')");
  await write("INSERT INTO import_refusals (run, step, refusals) VALUES ('r', 1, '[\"the CANARY\"]')");
  expect(await countOwnData(customer)).toEqual(before);
  for (const files of [await own(), await formal()]) {
    expect(telling(files, 'CANARY')).toEqual([]);
    expect([...files.keys()].filter((name) => /draft|import_(?!changes)/.test(name))).toEqual([]);
  }
});

test('whoever is left in a household takes home nothing of who left it', async () => {
  const { shop, ctx, own, formal, write, annId, bobId } = await setUp();
  const home = await shop.order({ email: 'bob@example.com', number: 'CANARY-1', account: 'The Browns' });
  await shop.order({ email: 'ann@example.com', number: 'H-2', account: 'The Browns' });
  await write("UPDATE accounts SET form = 'household' WHERE kind = 'shared'");
  await write(
    'UPDATE memberships SET until = ? WHERE account_id = ? AND customer_id = ?',
    ...[ctx.now(), home.accountId, bobId],
  );
  const contact = `INSERT INTO contacts (id, channel, direction, is_missed, at, customer_id, account_id, root_id, summary,
    wants_answer, source, entry_seq) VALUES (?, 'mail', 'in', 0, 1, ?, ?, ?, ?, 0, 'mail', 1)`;
  await write(contact, 'c1', bobId, home.accountId, home.accountId, 'CANARY of the household');
  // Beside them in an account that is hers alone, and before anybody knew who it was.
  const [[annsId] = []] = await ctx.db.read(statement('SELECT id FROM accounts WHERE owner_id = ?', annId));
  await write(contact, 'c2', bobId, String(annsId), String(annsId), 'CANARY under her account');
  await write(
    "INSERT INTO contact_mails (contact_id, subject) VALUES ('c1', 'CANARY mail'), ('c2', 'CANARY mail')",
  );
  await write(contact, 'c3', null, String(annsId), String(annsId), 'Hers, she said');
  for (const files of [await own(), await formal()]) {
    expect(telling(files, 'CANARY')).toEqual([]);
    expect(telling(files, 'H-2')).toContain('data/orders.ndjson');
    expect(telling(files, 'Hers, she said')).toContain('data/contacts.ndjson');
  }
});

test('an address that somebody else has now brings nothing of theirs', async () => {
  const { own, formal, write, annId, bobId } = await setUp();
  await write(
    "INSERT INTO email_changes (id, customer_id, email_from, email_to, asked_at, due_at, made_at) VALUES ('e', ?, 'bob@example.com', 'ann@example.com', 1, 1, 1)",
    annId,
  );
  await write(
    `INSERT INTO contacts (id, channel, direction, is_missed, at, address, summary, wants_answer, source, entry_seq)
     VALUES ('c1', 'mail', 'in', 0, 1, 'bob@example.com', 'CANARY written by him', 0, 'mail', 1)`,
  );
  await write(
    `INSERT INTO received_mails (id, address, subject, at, received_at, state, tries, next_try_at)
     VALUES ('m', 'bob@example.com', 'CANARY subject', 1, 1, 'left_out', 0, 1)`,
  );
  await write(
    `INSERT INTO outbox (id, template, params, customer_id, created_at, next_try_at, tries, sent_at, letter)
     VALUES ('o', 'welcome', '{}', ?, 1, 1, 0, 1, 'CANARY letter')`,
    bobId,
  );
  await write(
    `INSERT INTO outbox (id, template, params, address, created_at, next_try_at, tries, sent_at, letter)
     VALUES ('p', 'welcome', '{}', 'bob@example.com', 1, 1, 0, 1, 'CANARY letter')`,
  );
  for (const files of [await own(), await formal()]) expect(telling(files, 'CANARY')).toEqual([]);
});

test('a merge that was taken back tells nothing of the other', async () => {
  const { shop, ctx, own, formal, write, bobId } = await setUp();
  await write('UPDATE customers SET name = ? WHERE id = ?', 'CANARY Bob', bobId);
  const { id } = await mergeCustomers(ctx, {
    ...{ survivor: 'ann@example.com', merged: 'bob@example.com', key: newId() },
  });
  expect(telling(await own(), 'B-1')).toContain('data/orders.ndjson');
  shop.clock.advance(1000);
  await undoMerge(ctx, { id, reason: null });
  for (const files of [await own(), await formal()])
    for (const text of ['bob@example.com', 'CANARY', '"B-1"']) expect(telling(files, text)).toEqual([]);
});

test('what the team wrote for itself is in the file of a formal request alone, apart', async () => {
  const { ctx, ann, agent, own, formal, write, annId, customer } = await setUp();
  const told = await tell(ann, { text: 'The bag was torn.' });
  const { id: feedbackId } = await caseOf(agent, told);
  const counted = await countOwnData(customer);
  await noteOnFeedback(agent, { feedbackId, text: 'CANARY note', key: newKey() });
  const fields = `INSERT INTO own_fields (key, kind, names, choices, customers, at, actor) VALUES (?, 'text', '{}', '[]', ?, 1, 'x')`;
  await write(fields, 'unseen', 'nothing');
  await write(fields, 'seen', 'see');
  const value =
    "INSERT INTO own_field_values (customer_id, field_key, value, at, actor) VALUES (?, ?, ?, 1, 'x')";
  await write(value, annId, 'unseen', 'CANARY value');
  await write(value, annId, 'seen', 'She may see it');
  await write(
    "INSERT INTO customer_notes (id, customer_id, text, at, actor) VALUES ('n', ?, 'CANARY note', 1, 'x')",
    annId,
  );
  await write(
    "INSERT INTO audit_log (id, at, actor, act, subject_kind, subject_id, detail) VALUES ('a', 1, 'x', 'orders.held', 'customer', ?, '{\"why\":\"CANARY why\"}')",
    annId,
  );
  const [[root] = []] = await ctx.db.read(statement('SELECT id FROM accounts WHERE owner_id = ?', annId));
  await write(
    `INSERT INTO contacts (id, channel, direction, is_missed, at, customer_id, account_id, root_id, summary, mood, wants_answer, source, entry_seq)
     VALUES ('c1', 'phone', 'in', 0, 1, ?1, ?2, ?2, 'CANARY of a call', 'bad', 0, 'console', 1),
            ('c2', 'mail', 'in', 0, 1, ?1, ?2, ?2, 'What she wrote', NULL, 0, 'mail', 1)`,
    ...[annId, String(root)],
  );
  const files = await own();
  expect(telling(files, 'CANARY')).toEqual([]);
  expect([...files.keys()].filter((name) => name.startsWith('team/'))).toEqual([]);
  expect(telling(files, 'She may see it')).toContain('data/own_field_values.ndjson');
  expect(telling(files, 'What she wrote')).toContain('data/contacts.ndjson');
  const all = await formal();
  expect(telling(all, 'CANARY').toSorted()).toEqual(
    ['audit_log', 'contacts', 'customer_notes', 'feedback_messages', 'own_field_values'].map(
      (name) => `team/${name}.ndjson`,
    ),
  );
  const rowsOf = (kinds: Awaited<typeof counted>, kind: string) =>
    kinds.find((one) => one.kind === kind)?.rows;
  expect(rowsOf(await countOwnData(customer), 'feedback')).toBe(rowsOf(counted, 'feedback'));
});
