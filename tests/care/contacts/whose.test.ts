import { expect, test } from 'vitest';
import { correctContact } from '../../../functions/care/contacts/correct-contact.ts';
import { getContact } from '../../../functions/care/contacts/get-contact.ts';
import { listContacts } from '../../../functions/care/contacts/list-contacts.ts';
import { tieContact } from '../../../functions/care/contacts/tie-contact.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { log, openContactHouse, rowsOf } from './house.ts';

type House = Awaited<ReturnType<typeof openContactHouse>>;
const accountOf = async ({ ctx }: House, id: string) =>
  String((await rowsOf(ctx, 'SELECT id FROM accounts WHERE owner_id = ?', id))[0]?.[0]);

test.each(['anonymous', 'unknown', '201'])(
  'who calls as %s is nobody who called so before',
  async (number) => {
    const { ctx, agent, ann } = await openContactHouse();
    const missed = { number, direction: 'in', isMissed: true } as const;
    const first = await log(agent, missed);
    const second = await log(agent, missed);
    expect(second.taskId).not.toBeNull();
    await tieContact(agent, { id: first.id, customerId: ann });
    await log(agent, { number, direction: 'in' });
    expect(await rowsOf(ctx, 'SELECT customer_id, answered_at FROM contacts ORDER BY id')).toEqual([
      [ann, null],
      [null, null],
      [null, null],
    ]);
    expect(await rowsOf(ctx, 'SELECT count(*) FROM contact_tasks WHERE ended_at IS NULL')).toEqual([[2]]);
  },
);

test('an order gives the account where nobody is known, and is refused where it is another’s or none', async () => {
  const house = await openContactHouse();
  const { ctx, agent, ann, bob } = house;
  const [[source] = []] = await rowsOf(ctx, "SELECT source FROM orders WHERE number = 'B-1'");
  const order = (number: string) => ({ source: String(source), number });
  const [ofAnn, ofBob] = [await accountOf(house, ann), await accountOf(house, bob)];
  const none = { code: 'not_found' };
  await expect(log(agent, { accountId: ofAnn, order: order('B-1') })).rejects.toMatchObject(none);
  await expect(log(agent, { accountId: ofAnn, order: order('X-9') })).rejects.toMatchObject(none);
  await expect(log(agent, { number: '+442079460117', order: order('X-9') })).rejects.toMatchObject(none);
  expect(await log(agent, { number: '+442079460117', order: order('B-1') })).toMatchObject({
    accountId: ofBob,
  });
  expect(await log(agent, { accountId: ofBob, order: order('B-1') })).toMatchObject({ accountId: ofBob });
  expect(await rowsOf(ctx, 'SELECT DISTINCT root_id FROM contacts')).toEqual([[ofBob]]);
});

test('what was told of an account without a name goes with a merge and back', async () => {
  const house = await openContactHouse();
  const { ctx, agent, ann, bob } = house;
  const [ofAnn, ofBob] = [await accountOf(house, ann), await accountOf(house, bob)];
  const nextStep = { what: 'Send a sample', dueOn: '2027-01-01', staffId: null };
  await log(agent, { accountId: ofBob, nextStep });
  await log(agent, { accountId: ofAnn, nextStep });
  const whose = () =>
    rowsOf(
      ctx,
      `SELECT k.customer_id, k.account_id, k.root_id, t.root_id FROM contacts AS k JOIN contact_tasks AS t ON t.contact_id = k.id
       ORDER BY k.id`,
    );
  const merge = await mergeCustomers(ctx, { survivor: ann, merged: bob, reason: null, key: '0'.repeat(32) });
  expect(await whose()).toEqual([
    [null, ofAnn, ofAnn, ofAnn],
    [null, ofAnn, ofAnn, ofAnn],
  ]);
  await undoMerge(ctx, { id: merge.id, reason: null });
  expect(await whose()).toEqual([
    [null, ofBob, ofBob, ofBob],
    [null, ofAnn, ofAnn, ofAnn],
  ]);
});

test('the trace of a contact that was tied tells of a correction what it changed', async () => {
  const { agent, ann } = await openContactHouse();
  const { id, at } = await log(agent, { number: '+442079460117', direction: 'in', summary: 'Asked' });
  await tieContact(agent, { id, customerId: ann });
  await correctContact(agent, {
    id,
    at,
    channel: 'phone',
    direction: 'in',
    isMissed: false,
    summary: 'Thanked',
  });
  expect((await getContact(agent, { id })).entries).toMatchObject([
    { kind: 'corrected', changed: ['summary'] },
    { kind: 'tied', changed: [] },
    { kind: 'logged', changed: [] },
  ]);
});

test('an analyst who searches for an address learns not whose it is', async () => {
  const { ctx, agent, analyst } = await openContactHouse();
  await log(agent, { number: '+442079460117', direction: 'in' });
  await ctx.db.write([{ sql: "UPDATE contacts SET address = 'eve@example.com'", args: [] }]);
  const found = async (by: typeof agent) =>
    (await listContacts(by, { text: 'eve@example.com' })).items.length;
  expect(await found(agent)).toBe(1);
  expect(await found(analyst)).toBe(0);
});
