import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { type InboxQuery, listInbox } from '../../../functions/voice/feedback/list-inbox.ts';
import { openHouse, tell } from './house.ts';

const everything: InboxQuery = {
  kind: null,
  state: null,
  owner: null,
  isOverdue: false,
  causeId: null,
  customerId: null,
  serverId: null,
  process: null,
  product: null,
  place: null,
  text: null,
  page: 1,
};

test('finds feedback by any part of its words, its customer, its order and its reference, whatever else is asked', async () => {
  const { ann, bob, analyst, order } = await openHouse();
  const torn = await tell(ann, { text: 'Пакунок прийшов порваний.', kind: 'problem' });
  const idea = await tell(bob, { text: 'More OAT milk, please', kind: 'idea', wantsReply: false });
  const find = async (text: string, more: Partial<InboxQuery> = {}) =>
    (await listInbox(analyst, { ...everything, ...more, text })).items.map(({ reference }) => reference);
  for (const text of ['порван', 'ПАКУНОК', torn.reference.toLowerCase(), 'ann@exam'])
    expect(await find(text), text).toEqual([torn.reference]);
  expect(await find('oat milk')).toEqual([idea.reference]);
  expect(await find('oat', { kind: 'problem' })).toEqual([]);
  expect(await find('порван', { state: 'open' })).toEqual([torn.reference]);
  expect(await find('порван', { state: 'none' })).toEqual([]);
  for (const text of ['nowhere', '%', '"', order.number.slice(0, 1)]) expect(await find(text)).toEqual([]);
});

test('of words that very many have, the latest are shown, and said to be so', async () => {
  const { ctx, analyst } = await openHouse();
  const asked = { ...everything, text: 'coffee' };
  expect((await listInbox(analyst, asked)).isCut).toBe(false);
  await ctx.db.write([
    statement(
      `WITH RECURSIVE piece(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM piece WHERE i < 1200)
       INSERT INTO feedback (id, reference, kind, text, wants_reply, source, at, actor)
       SELECT 'f' || i, 'r' || i, 'idea', 'coffee ' || i, 0, 'import', i, 'x' FROM piece`,
    ),
  ]);
  const inbox = await listInbox(analyst, asked);
  expect([inbox.isCut, inbox.hasMore, inbox.items[0]?.text]).toEqual([true, true, 'coffee 1200']);
  expect(await listInbox(analyst, { ...asked, text: 'coffee 777' })).toMatchObject({
    items: [{ text: 'coffee 777' }],
    isCut: false,
  });
});
