import { describe, expect, test } from 'vitest';
import { correctContact, withdrawContact } from '../../../functions/care/contacts/correct-contact.ts';
import { getContact } from '../../../functions/care/contacts/get-contact.ts';
import { listContacts } from '../../../functions/care/contacts/list-contacts.ts';
import { logContact } from '../../../functions/care/contacts/log-contact.ts';
import {
  dropTask,
  finishTask,
  handTask,
  moveTask,
  reopenTask,
} from '../../../functions/care/contacts/tasks/act-on-task.ts';
import { countDueTasks, listTasks } from '../../../functions/care/contacts/tasks/list-tasks.ts';
import { tieContact } from '../../../functions/care/contacts/tie-contact.ts';
import { downloadContacts } from '../../../functions/desk/console/contacts/download-contacts.ts';
import { listHistory } from '../../../functions/desk/console/list-history.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { DAY_MS } from '../../support/shop.ts';
import { aContact, log, openContactHouse, rowsOf } from './house.ts';

const said = { summary: 'Asked when the next roast comes.', mood: 'good', satisfaction: 5 } as const;

describe('a contact', () => {
  test('is kept with who, when and what, in the history and the log, and is one however often its form comes', async () => {
    const { agent, ann, shop } = await openContactHouse();
    const told = aContact({ customerId: ann, staffId: agent.staffId, durationS: 340, ...said });
    const first = await logContact(agent, told);
    expect(await logContact(agent, told)).toMatchObject({ id: first.id, isKnown: true });
    const { items } = await listContacts(agent, {});
    expect(items).toMatchObject([
      {
        ...said,
        customerId: ann,
        durationS: 340,
        direction: 'out',
        at: shop.ctx.now(),
        name: 'ann@example.com',
      },
    ]);
    const [rootId] = (await rowsOf(agent, 'SELECT root_id FROM contacts'))[0] ?? [];
    const page = await listHistory(agent, {
      rootId: String(rootId),
      customerId: ann,
      page: 1,
      group: 'contacts',
    });
    expect(page.moments.flatMap(({ happenings }) => happenings)).toMatchObject([
      { kind: 'contact_out', detail: { channel: 'phone' } },
    ]);
    const lines = await rowsOf(
      agent,
      "SELECT act, subject_id, detail FROM audit_log WHERE act LIKE 'contact.%'",
    );
    expect(lines).toEqual([['contact.logged', first.id, '{}']]);
  });

  test('is corrected by a new entry that tells what changed, and taken back without a trace being lost', async () => {
    const { agent, owner, ann } = await openContactHouse();
    const { id, at } = await log(agent, { customerId: ann, ...said });
    const same = { id, channel: 'phone', direction: 'out', isMissed: false, at, ...said } as const;
    await correctContact(owner, same);
    await correctContact(owner, { ...same, channel: 'visit', mood: 'bad' });
    expect(await getContact(owner, { id })).toMatchObject({
      ...{ channel: 'visit', mood: 'bad', summary: said.summary },
      entries: [
        { seq: 2, kind: 'corrected', by: 'owner@example.com', changed: ['channel', 'mood'] },
        { seq: 1, kind: 'logged', by: 'agent@example.com', changed: [] },
      ],
    });
    await withdrawContact(agent, { id });
    await withdrawContact(agent, { id });
    expect((await listContacts(agent, {})).items).toEqual([]);
    expect((await listContacts(agent, { only: 'withdrawn' })).items).toHaveLength(1);
    expect((await getContact(agent, { id })).entries).toHaveLength(3);
    const [[first] = []] = await rowsOf(agent, 'SELECT content FROM contact_entries WHERE seq = 1');
    expect(JSON.parse(String(first))).toMatchObject({ channel: 'phone', mood: 'good' });
  });

  test.each([
    ['nobody', { customerId: null }, ['customer']],
    ['a visit that nobody took', { channel: 'visit', isMissed: true }, ['isMissed']],
    ['a time to come', { at: Date.UTC(2030, 0, 1) }, ['at']],
    ['an answer to what went out', { wantsAnswer: true }, ['wantsAnswer']],
    ['somebody who does not work here', { staffId: 'nobody' }, ['staffId']],
    [
      'a step for yesterday',
      { nextStep: { what: 'Call', dueOn: '2020-01-01', staffId: null } },
      ['nextStep.dueOn'],
    ],
    ['six of five', { satisfaction: 6 }, ['satisfaction']],
    ['two days of talking', { durationS: 172_800 }, ['durationS']],
  ] as const)('refuses %s, by its field', async (_name, told, paths) => {
    const { agent, ann } = await openContactHouse();
    const refused = log(agent, { customerId: ann, ...told });
    await expect(refused).rejects.toMatchObject({
      errors: paths.map((path) => expect.objectContaining({ path })),
    });
    expect(await rowsOf(agent, 'SELECT count(*) FROM contacts')).toEqual([[0]]);
  });

  test('is nothing that analysts, keys of other scopes and strangers write', async () => {
    const { analyst, ctx, ann } = await openContactHouse();
    await expect(log(analyst, { customerId: ann })).rejects.toMatchObject({ code: 'forbidden' });
    const key = { ...ctx, actor: { kind: 'key', id: 'k', scopes: ['contacts:read'] } } as const;
    await expect(log(key, { customerId: ann })).rejects.toMatchObject({ code: 'scope_missing' });
    await expect(listContacts({ ...ctx, actor: { kind: 'customer', id: ann } }, {})).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(log(ctx, { customerId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is found by its words, person, channel, day and customer, page by page', async () => {
    const { agent, owner, ann, bob, shop } = await openContactHouse();
    await log(agent, { customerId: ann, staffId: agent.staffId, summary: 'Кава закінчилася' });
    shop.clock.advance(DAY_MS);
    await log(owner, {
      customerId: bob,
      staffId: owner.staffId,
      channel: 'visit',
      direction: 'in',
      mood: 'bad',
    });
    const found = async (filter: Parameters<typeof listContacts>[1]) =>
      (await listContacts(agent, filter)).items.map(({ name }) => name?.slice(0, 3));
    expect(await found({})).toEqual(['bob', 'ann']);
    expect(await found({ text: 'КАВА' })).toEqual(['ann']);
    expect(await found({ text: 'bob@' })).toEqual(['bob']);
    expect(await found({ staffId: owner.staffId })).toEqual(['bob']);
    expect(await found({ channel: 'phone' })).toEqual(['ann']);
    expect(await found({ direction: 'in', mood: 'bad' })).toEqual(['bob']);
    expect(await found({ customerId: ann })).toEqual(['ann']);
    const today = new Date(shop.ctx.now()).toISOString().slice(0, 10);
    expect(await found({ from: today })).toEqual(['bob']);
    const first = await listContacts(agent, { limit: 1 });
    expect(await found({ limit: 1, cursor: first.nextCursor })).toEqual(['ann']);
  });

  test('goes with a merge and back with its undoing, with what is to be done', async () => {
    const { ctx, owner, ann, bob } = await openContactHouse();
    await log(owner, {
      customerId: bob,
      nextStep: { what: 'Send a sample', dueOn: '2027-01-01', staffId: null },
    });
    const whose = () =>
      rowsOf(
        ctx,
        `SELECT k.customer_id, k.root_id = (SELECT id FROM accounts WHERE owner_id = k.customer_id),
        t.customer_id, t.root_id = k.root_id FROM contacts AS k JOIN contact_tasks AS t ON t.contact_id = k.id`,
      );
    const merge = await mergeCustomers(ctx, {
      survivor: ann,
      merged: bob,
      reason: null,
      key: '0'.repeat(32),
    });
    expect(await whose()).toEqual([[ann, 1, ann, 1]]);
    await undoMerge(ctx, { id: merge.id, reason: null });
    expect(await whose()).toEqual([[bob, 1, bob, 1]]);
  });

  test('leaves the house in a file without names for analysts', async () => {
    const { agent, analyst, ann } = await openContactHouse();
    await log(agent, { customerId: ann, ...said });
    const text = async (ctx: typeof agent) => new Response(await downloadContacts(ctx, {})).text();
    expect(await text(agent)).toContain('ann@example.com');
    const unnamed = await text(analyst);
    expect(unnamed).toContain('phone,out,no');
    expect(unnamed).not.toMatch(/ann@example|next roast/);
  });
});

describe('what is to be done', () => {
  test('stands in the day of who is to do it, overdue first, and is moved, handed over and done in one act', async () => {
    const { agent, owner, ann, bob, shop } = await openContactHouse();
    const day = (offset: number) => new Date(shop.ctx.now() + offset * DAY_MS).toISOString().slice(0, 10);
    await log(agent, {
      customerId: ann,
      nextStep: { what: 'Send a sample', dueOn: day(1), staffId: agent.staffId },
    });
    await log(agent, { customerId: bob, nextStep: { what: 'Call again', dueOn: day(0), staffId: null } });
    const titles = async (ctx: typeof agent, view: 'today' | 'ahead' | 'done') =>
      (await listTasks(ctx, { view, staffId: ctx.staffId })).items.map(({ what }) => what);
    expect(await titles(agent, 'today')).toEqual(['Call again']);
    expect(await titles(agent, 'ahead')).toEqual(['Send a sample']);
    expect(await countDueTasks(owner)).toBe(1);
    shop.clock.advance(2 * DAY_MS);
    const { items } = await listTasks(agent, { view: 'today', staffId: agent.staffId });
    expect(items).toMatchObject([
      { what: 'Call again', isOverdue: true },
      { what: 'Send a sample', isOverdue: true },
    ]);
    const [call, sample] = items.map(({ id }) => ({ id }));
    if (call === undefined || sample === undefined) throw new Error('two are due');
    await handTask(agent, { ...sample, staffId: owner.staffId });
    expect(await titles(agent, 'today')).toEqual(['Call again']);
    await moveTask(owner, { ...sample, dueOn: day(3) });
    expect(await titles(owner, 'today')).toEqual(['Call again']);
    await finishTask(owner, call);
    await finishTask(owner, call);
    expect(await titles(owner, 'today')).toEqual([]);
    expect(await titles(owner, 'done')).toEqual(['Call again']);
    await reopenTask(owner, call);
    await dropTask(owner, call);
    const acts = await rowsOf(
      owner,
      'SELECT kind FROM contact_task_acts WHERE task_id = ? ORDER BY seq',
      call.id,
    );
    expect(acts.flat()).toEqual(['planned', 'done', 'reopened', 'dropped']);
    await expect(moveTask(owner, { ...sample, dueOn: '2020-01-01' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await expect(handTask(owner, { ...sample, staffId: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(finishTask(owner, { id: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a call from a number', () => {
  test.each([
    ['as it is written', '+44 20 7946 0117'],
    ['with 00', '0044 (20) 7946-0117'],
  ])('finds its customer %s', async (_name, number) => {
    const { ctx, agent, ann } = await openContactHouse();
    await ctx.db.write([
      { sql: "UPDATE customers SET phone = '+44 20 7946 0117' WHERE id = ?", args: [ann] },
    ]);
    expect(await log(agent, { direction: 'in', number })).toMatchObject({ customerId: ann });
    expect((await listContacts(agent, {})).items).toMatchObject([{ number: '+442079460117' }]);
  });

  test('is nobody’s where two have it, kept, tied by hand to all of its calls, and known from then on', async () => {
    const { ctx, agent, ann, bob } = await openContactHouse();
    await ctx.db.write([{ sql: "UPDATE customers SET phone = '+442079460117'", args: [] }]);
    const first = await log(agent, { direction: 'in', number: '+442079460117' });
    await log(agent, { direction: 'in', number: '+442079460117', isMissed: true });
    expect(first.customerId).toBeNull();
    await ctx.db.write([{ sql: 'UPDATE customers SET phone = NULL', args: [] }]);
    await tieContact(agent, { id: first.id, customerId: bob });
    await tieContact(agent, { id: first.id, customerId: ann });
    expect(await rowsOf(ctx, 'SELECT DISTINCT customer_id FROM contacts')).toEqual([[bob]]);
    expect(await rowsOf(ctx, 'SELECT DISTINCT customer_id FROM contact_tasks')).toEqual([[bob]]);
    expect(await log(agent, { direction: 'in', number: '0044 20 79460117' })).toMatchObject({
      customerId: bob,
    });
  });

  test('that nobody took is one task until somebody calls back, however often they call', async () => {
    const { agent, owner, ann } = await openContactHouse();
    const missed = { customerId: ann, direction: 'in', isMissed: true } as const;
    const { taskId } = await log(agent, missed);
    expect((await log(agent, missed)).taskId).toBeNull();
    const { items } = await listTasks(agent, { view: 'today' });
    expect(items).toMatchObject([{ id: taskId, kind: 'call_back', what: null }]);
    await log(owner, { customerId: ann, isMissed: true, staffId: owner.staffId });
    expect(await countDueTasks(agent)).toBe(1);
    await log(owner, { customerId: ann, staffId: owner.staffId });
    expect(await countDueTasks(agent)).toBe(0);
    const waiting = await rowsOf(agent, 'SELECT answered_by FROM contacts WHERE wants_answer = 1');
    expect(waiting).toEqual([[owner.staffId], [owner.staffId]]);
  });

  test('that was called back by ticking the task is answered', async () => {
    const { agent, ann } = await openContactHouse();
    const { taskId } = await log(agent, { customerId: ann, direction: 'in', isMissed: true });
    await finishTask(agent, { id: taskId ?? '' });
    expect((await listContacts(agent, { only: 'unanswered' })).items).toEqual([]);
  });
});
