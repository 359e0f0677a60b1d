import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { setStaffName } from '../../../functions/people/staff/set-name.ts';
import type { AreaKind } from '../../../functions/voice/feedback/areas/area.ts';
import { getAreas } from '../../../functions/voice/feedback/areas/get-areas.ts';
import {
  countAreas,
  countPieces,
  countUnexplained,
  listUntied,
} from '../../../functions/voice/feedback/areas/queries.ts';
import { planCause } from '../../../functions/voice/feedback/causes/plan-cause.ts';
import { findCause, listCauseRows, listDue } from '../../../functions/voice/feedback/causes/queries.ts';
import { setCause } from '../../../functions/voice/feedback/causes/set-cause.ts';
import { type InboxQuery, listInbox } from '../../../functions/voice/feedback/list-inbox.ts';
import { findMention } from '../../../functions/voice/feedback/mentions/find-mention.ts';
import { personCalled } from '../../../functions/voice/feedback/person-called.ts';
import { logFeedback } from '../../../functions/voice/feedback/record-feedback.ts';
import { setServer, tieName, untieName } from '../../../functions/voice/feedback/set-server.ts';
import { scansOf } from '../../support/scans-of.ts';
import { caseOf, openHouse, tell } from './house.ts';

const DAY_MS = 86_400_000;
const quarter = { period: '', since: '', until: '' };

test.each([
  ['the whole name', 'Maryna Bondar', 'a'],
  ['a first name that one has', 'petro', 'b'],
  ['a first name that two have', 'Maryna', null],
  ['another name', 'Olha', null],
  ['blanks', '  ', null],
  ['two names of one person', 'Masha', 'c'],
])('%s names who served, or nobody', (_, written, id) => {
  const team = [
    { id: 'a', names: ['Maryna Bondar'] },
    { id: 'b', names: ['Petro  Marchuk'] },
    { id: 'c', names: ['Maryna Koval', 'Masha'] },
  ];
  expect(personCalled(written, team)).toBe(id);
});

test('by process: what suits us and not customers, what has no process, and what has no cause', async () => {
  const { ann, bob, agent, shop } = await openHouse();
  const place = async (name: string, ids: string[]) => {
    const sets = await Promise.all(
      ids.map((feedbackId) => setCause(agent, { feedbackId, choice: { kind: 'named', name } })),
    );
    return sets[0]?.causeId ?? '';
  };
  const early = await tell(ann);
  shop.clock.advance(40 * DAY_MS);
  const late = [await tell(ann), await tell(bob, { kind: 'complaint' })];
  const courier = await place('Couriers', [early.id, ...late.map(({ id }) => id)]);
  await planCause(agent, { id: courier, process: 'Delivery', convenientFor: 'us' });
  await place('Bags', [(await tell(bob)).id]);
  await tell(bob);
  await tell(ann, { kind: 'idea', wantsReply: false });
  const areas = await getAreas(agent, { by: 'process', period: 'days', since: '2026-04-01', until: '' });
  expect(areas.items).toMatchObject([
    { key: 'Delivery', troubles: 2, troublesBefore: 0, forUs: 2, people: 2, open: 2, told: 2 },
    { key: null, troubles: 1, forUs: 0 },
  ]);
  expect(areas.unexplained).toBe(1);
  const longer = await getAreas(agent, {
    by: 'process',
    period: 'days',
    since: '2026-04-08',
    until: '2026-05-31',
  });
  expect(longer.items[0]).toMatchObject({ troubles: 2, troublesBefore: 1 });
});

test('by person: names are tied to the team; an agent reads of nobody else', async () => {
  const { ann, bob, agent, owner, analyst } = await openHouse();
  await setStaffName(owner, { email: 'agent@example.com', name: 'Petro Marchuk' });
  const praised = await tell(ann, { kind: 'praise', servedBy: 'Petro', wantsReply: false });
  expect((await caseOf(agent, praised)).server).toMatchObject({ name: 'Petro Marchuk' });
  const unknown = await tell(bob, { servedBy: 'the tall one' });
  await tell(bob, { servedBy: 'the tall one' });
  const by = 'person';
  expect((await getAreas(owner, { by, ...quarter })).untied).toEqual([{ name: 'the tall one', told: 2 }]);
  await expect(tieName(analyst, { name: 'the tall one', staff: owner.staffId })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await tieName(owner, { name: 'the tall one', staff: owner.staffId });
  const { items, untied } = await getAreas(owner, { by, ...quarter });
  expect(untied).toEqual([]);
  expect(items).toMatchObject([
    { key: owner.staffId, troubles: 2, people: 1 },
    { key: agent.staffId, troubles: 0, praise: 1 },
  ]);
  expect((await getAreas(agent, { by, ...quarter })).items.map(({ key }) => key)).toEqual([agent.staffId]);
  for (const refused of [
    listInbox(agent, inboxOf({ serverId: owner.staffId })),
    setServer(agent, { feedbackId: unknown.id, staff: null }),
    setServer(agent, { feedbackId: praised.id, staff: owner.staffId }),
    tieName(agent, { name: 'the tall one', staff: owner.staffId }),
  ])
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  expect((await listInbox(agent, inboxOf({ serverId: agent.staffId }))).items).toHaveLength(1);
  expect((await listInbox(owner, inboxOf({ serverId: agent.staffId }))).items).toHaveLength(1);
  await setServer(owner, { feedbackId: unknown.id, staff: null });
  await expect(setServer(agent, { feedbackId: unknown.id, staff: 'nobody' })).rejects.toMatchObject({
    errors: [{ path: 'staff' }],
  });
  expect((await getAreas(owner, { by, ...quarter })).untied).toEqual([{ name: 'the tall one', told: 1 }]);
  await untieName(owner, { name: 'the tall one', staff: owner.staffId });
  expect((await getAreas(owner, { by, ...quarter })).untied).toEqual([{ name: 'the tall one', told: 2 }]);
  expect((await caseOf(owner, praised)).server).toMatchObject({ name: 'Petro Marchuk' });
});

test('more processes than a page shows push out neither each other nor what has no cause', async () => {
  const { ann, agent, ctx } = await openHouse();
  const first = await tell(ann);
  await tell(ann);
  await setCause(agent, { feedbackId: first.id, choice: { kind: 'named', name: 'Bags' } });
  const many = 'WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 100)';
  const told = `SELECT f.id || v || part, f.reference || v || part, f.kind, f.text, f.wants_reply, f.source, f.at, f.actor
    FROM feedback AS f, n, (SELECT 1 AS part UNION ALL SELECT 2) WHERE f.id = ?1`;
  await ctx.db.write([
    {
      sql: `INSERT INTO causes (id, name, opened_at, opened_by, process) ${many} SELECT 'c' || v, 'c' || v, 0, 'x', 'p' || v FROM n WHERE v > 0`,
      args: [],
    },
    {
      sql: `INSERT INTO feedback (id, reference, kind, text, wants_reply, source, at, actor) ${many} ${told}`,
      args: [first.id],
    },
    {
      sql: `INSERT INTO cases (feedback_id, opened_at, state, cause_id, changed_at, event_seq) ${many}
        SELECT ?1 || v || part, 0, 'open', 'c' || v, 0, 1 FROM n, (SELECT 1 AS part UNION ALL SELECT 2)`,
      args: [first.id],
    },
  ]);
  const areas = await getAreas(agent, { by: 'process', ...quarter });
  expect(areas).toMatchObject({ unexplained: 1, isCut: true });
  expect(areas.items).toHaveLength(100);
});

test.each([
  ['turned round', { since: '2026-03-01', until: '2026-02-01' }],
  ['to come', { since: '2027-03-01', until: '' }],
  ['too many', { since: '2016-03-01', until: '' }],
])('days that are %s are refused where exactly they are asked for', async (_, days) => {
  const { agent } = await openHouse();
  const asked = { by: 'process', period: 'days', isExact: true, ...days } as const;
  await expect(getAreas(agent, asked)).rejects.toMatchObject({ errors: [{ path: 'since' }] });
});

test('of a last day alone, its quarter up to it is meant', async () => {
  const { agent } = await openHouse();
  const asked = { by: 'process', period: 'days', isExact: true, since: '', until: '2025-11-15' } as const;
  expect(await getAreas(agent, asked)).toMatchObject({ since: '2025-10-01', until: '2025-11-15' });
});

test('by product: the line of an order, else what was named', async () => {
  const { ann, agent } = await openHouse();
  await tell(ann, { order: { source: 'web', number: 'A-1' }, line: '1' });
  await logFeedback(agent, { kind: 'problem', text: 'Stale.', product: 'House blend' });
  await logFeedback(agent, { kind: 'praise', text: 'Good.', product: 'House blend' });
  await tell(ann);
  const { items } = await getAreas(agent, { by: 'product', ...quarter });
  expect(items.map(({ name, told, troubles }) => [name, told, troubles])).toEqual([
    ['House blend', 2, 1],
    [null, 1, 1],
  ]);
});

const span = { before: 0, beforeTo: 1, from: 1, to: 2 };
const areas =
  (by: AreaKind) =>
  (db: Store): Promise<unknown> =>
    countAreas(db, by, span, null);
const inboxOf = (asked: Partial<InboxQuery>) => ({
  ...{
    kind: null,
    state: null,
    owner: null,
    isOverdue: false,
    causeId: null,
    customerId: null,
    serverId: null,
  },
  ...{ process: null, product: null, place: null, text: null, page: 1, ...asked },
});

/** The few causes are read whole, and what a query within the query has found. */
const isSmall = /^SCAN (f|causes)$/;

test.each<[string, (db: Store) => Promise<unknown>]>([
  ['areas by process', areas('process')],
  ['areas by person', areas('person')],
  ['areas by place', areas('place')],
  ['areas by product', areas('product')],
  ['names nobody is known by', (db) => listUntied(db, span)],
  ['pieces to count', (db) => countPieces(db, 'process', { ...span, onlyId: null })],
  ['areas of one person', (db) => countAreas(db, 'person', span, 'a')],
  ['troubles without a cause', (db) => countUnexplained(db, span)],
  [
    'the inbox of a product',
    async (db) => listInbox({ ...(await openHouse()).agent, db }, inboxOf({ product: 'Tea' })),
  ],
  ['causes that are due', (db) => listDue(db, { today: '2026-03-01', untold: 1 })],
  ['a cause', (db) => findCause(db, { id: 'a' })],
  ['causes with how many said it', (db) => listCauseRows(db)],
  ['a link', (db) => findMention(db, { url: 'a' })],
])('%s are found by an index', async (_what, read) => {
  expect((await scansOf(read)).filter((step) => !isSmall.test(step))).toEqual([]);
});
