import { expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { addMessage, settleOwn } from '../../../functions/voice/feedback/add-message.ts';
import { noteOnFeedback } from '../../../functions/voice/feedback/answer-feedback.ts';
import { closeCause } from '../../../functions/voice/feedback/causes/close-cause.ts';
import { listCauses } from '../../../functions/voice/feedback/causes/list-causes.ts';
import { setCause } from '../../../functions/voice/feedback/causes/set-cause.ts';
import { giveGoodwill } from '../../../functions/voice/feedback/give-goodwill.ts';
import { countWaiting, type InboxQuery, listInbox } from '../../../functions/voice/feedback/list-inbox.ts';
import { listOwnFeedback } from '../../../functions/voice/feedback/list-own-feedback.ts';
import { openSurveyCase } from '../../../functions/voice/feedback/open-survey-case.ts';
import { proofOf } from '../../../functions/voice/feedback/proof.ts';
import { remindOverdue } from '../../../functions/voice/feedback/remind-overdue.ts';
import { assignCase, moveCase } from '../../../functions/voice/feedback/staff-case.ts';
import { tellAnonymously } from '../../../functions/voice/feedback/tell-feedback.ts';
import { answer, caseOf, countOf, newKey, openHouse, tell, threadOf, words } from './house.ts';

const HOUR_MS = 3_600_000;

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

test('a problem gets a reference, a case and a promise by the business hours; the author and staff see it', async () => {
  const { ann, bob, agent, ctx } = await openHouse();
  const told = await tell(ann, { order: { source: 'web', number: 'A-1' }, line: '1', servedBy: 'Maria' });
  expect(told.reference).toMatch(/^[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}$/);
  const thread = await threadOf(ann, told);
  expect(thread).toMatchObject({
    kind: 'problem',
    standing: 'open',
    about: { servedBy: 'Maria', line: '1' },
  });
  // Sunday noon: two business days from Monday morning on.
  expect(new Date(thread.replyDueAt ?? 0).toISOString()).toBe('2026-03-03T17:00:00.000Z');
  expect(await caseOf(agent, told)).toMatchObject({
    customer: { email: 'ann@example.com' },
    isOverdue: false,
  });
  await expect(threadOf(bob, told)).rejects.toMatchObject({ code: 'not_found' });
  await expect(caseOf(bob, told)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await countOf(ctx, "SELECT count(*) FROM history WHERE kind = 'feedback_told'")).toBe(1);
  expect(await countOf(ctx, "SELECT count(*) FROM outbox WHERE template = 'feedback_received'")).toBe(1);
  expect(await listOwnFeedback(bob)).toEqual([]);
});

test('praise that wants no answer opens no case; one that staff answer gets one', async () => {
  const { ann, agent } = await openHouse();
  const told = await tell(ann, { kind: 'praise', wantsReply: false });
  expect(await threadOf(ann, told)).toMatchObject({ standing: 'none', replyDueAt: null });
  await answer(agent, told.id);
  expect(await threadOf(ann, told)).toMatchObject({ standing: 'answered', replyDueAt: null });
  expect((await caseOf(agent, told)).events.map(({ kind }) => kind)).toEqual([
    'opened',
    'answered',
    'assigned',
  ]);
});

test('the same form is one feedback, twenty at once as well; another order or account is refused', async () => {
  const { ann, ctx } = await openHouse();
  const key = newKey();
  const all = await Promise.all(Array.from({ length: 20 }, () => tell(ann, { key })));
  expect(new Set(all.map(({ reference }) => reference)).size).toBe(1);
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback')).toBe(1);
  await expect(tell(ann, { order: { source: 'web', number: 'B-1' } })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(tell(ann, { accountId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(tell(ann, { text: ' \n ' })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(tell(ann, { text: 'x'.repeat(5001) })).rejects.toMatchObject({ code: 'validation_failed' });
});

test('a thread goes to and fro: the clock runs while the customer waits, and stops when answered', async () => {
  const { ann, agent, ctx, shop } = await openHouse();
  const told = await tell(ann);
  const first = (await threadOf(ann, told)).replyDueAt;
  shop.clock.advance(HOUR_MS);
  await addMessage(ann, { ...told, proof: null, text: 'And another one.', key: newKey() });
  expect((await threadOf(ann, told)).replyDueAt).toBe(first);
  await answer(agent, told.id, { state: 'waiting' });
  expect(await threadOf(ann, told)).toMatchObject({ standing: 'waiting', replyDueAt: null });
  shop.clock.advance(30 * HOUR_MS);
  await addMessage(ann, { ...told, proof: null, text: 'Here you are.', key: newKey() });
  const again = await threadOf(ann, told);
  expect(again.standing).toBe('taken');
  expect(again.replyDueAt).toBeGreaterThan(first ?? 0);
  expect(again.messages.map(({ from }) => from)).toEqual(['customer', 'staff', 'customer']);
  const kinds = "SELECT group_concat(kind) FROM history WHERE kind LIKE 'feedback%' OR kind LIKE 'case%'";
  const [row] = await ctx.db.read({ sql: kinds, args: [] });
  expect(row?.[0]).toBe('feedback_told,feedback_added,case_answered,feedback_added');
});

test('the author closes what is settled, or opens it again; nobody closes what is not resolved', async () => {
  const { ann, bob, agent } = await openHouse();
  const told = { ...(await tell(ann)), proof: null };
  await expect(settleOwn(ann, { ...told, isSettled: true })).rejects.toMatchObject({
    code: 'case_not_movable',
  });
  await answer(agent, told.id, { state: 'resolved' });
  await expect(settleOwn(bob, { ...told, isSettled: true })).rejects.toMatchObject({ code: 'not_found' });
  await settleOwn(ann, { ...told, isSettled: true });
  expect(await threadOf(ann, told)).toMatchObject({ standing: 'closed' });
  await settleOwn(ann, { ...told, isSettled: false });
  expect((await threadOf(ann, told)).replyDueAt).not.toBeNull();
  await moveCase(agent, { feedbackId: told.id, move: 'closed' });
  await addMessage(ann, { ...told, text: 'It happened again.', key: newKey() });
  expect((await caseOf(agent, told)).events.map(({ kind }) => kind).slice(-2)).toEqual([
    'reopened',
    'customer_wrote',
  ]);
});

test('closing and opening one’s own counts like writing, also in vain', async () => {
  const { shop, ann, agent } = await openHouse();
  const told = { ...(await tell(ann)), proof: null };
  await answer(agent, told.id, { state: 'resolved' });
  await settleOwn(ann, { ...told, isSettled: false });
  for (let turn = 0; turn < 28; turn += 1)
    await expect(settleOwn(ann, { ...told, isSettled: false })).rejects.toMatchObject({
      code: 'case_not_movable',
    });
  await answer(agent, told.id, { state: 'resolved' });
  const again = { ...told, isSettled: false };
  await expect(settleOwn(ann, again)).rejects.toMatchObject({ code: 'too_many_requests' });
  shop.clock.advance(HOUR_MS);
  await settleOwn(ann, again);
});

test('internal notes are for staff; the customer reads answers without names', async () => {
  const { ann, agent } = await openHouse();
  const told = await tell(ann);
  await noteOnFeedback(agent, { feedbackId: told.id, text: 'Third this week.' });
  await answer(agent, told.id);
  const seen = await threadOf(ann, told);
  expect(seen.messages).toMatchObject([{ text: 'We are sorry.', by: null }]);
  expect((await caseOf(agent, told)).messages).toMatchObject([
    { isInternal: true, by: 'agent@example.com' },
    { isInternal: false },
  ]);
  expect(JSON.stringify(seen)).not.toContain('Third this week');
});

test('every act of staff is written in the audit log; an analyst only reads', async () => {
  const { ann, agent, analyst, ctx } = await openHouse();
  const told = await tell(ann, { kind: 'complaint' });
  const act = { feedbackId: told.id };
  await assignCase(agent, { ...act, staffId: agent.staffId });
  await noteOnFeedback(agent, { ...act, text: 'Looked at it.' });
  await setCause(agent, { ...act, choice: { kind: 'named', name: 'Thin paper bags' } });
  await answer(agent, told.id);
  await giveGoodwill(agent, { ...act, amount: 500n, reason: 'Sorry for the bag' });
  await moveCase(agent, { ...act, move: 'resolved' });
  const [row] = await ctx.db.read({
    sql: "SELECT group_concat(act) FROM (SELECT act FROM audit_log WHERE actor LIKE 'staff:%' ORDER BY id)",
    args: [],
  });
  expect(row?.[0]).toBe(
    'feedback.assigned,feedback.noted,cause.opened,feedback.cause_set,feedback.answered,feedback.goodwill_given,feedback.moved',
  );
  const file = await caseOf(analyst, told);
  expect(file.apology.filter(({ isDone }) => isDone).map(({ step }) => step)).toEqual([
    'listen',
    'facts',
    'agree',
    'act',
  ]);
  const refused = { code: 'forbidden' };
  await expect(assignCase(analyst, { ...act, staffId: null })).rejects.toMatchObject(refused);
  await expect(answer(analyst, told.id)).rejects.toMatchObject(refused);
  await expect(noteOnFeedback(analyst, { ...act, text: 'x' })).rejects.toMatchObject(refused);
  await expect(moveCase(analyst, { ...act, move: 'closed' })).rejects.toMatchObject(refused);
  await expect(setCause(analyst, { ...act, choice: { kind: 'none' } })).rejects.toMatchObject(refused);
  await expect(giveGoodwill(analyst, { ...act, amount: 1n, reason: 'x' })).rejects.toMatchObject(refused);
  await expect(assignCase(agent, { ...act, staffId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
});

test('goodwill is given once for a form, in one write with the case, and verify agrees', async () => {
  const { ann, agent, ctx } = await openHouse();
  const told = await tell(ann);
  const key = newKey();
  const gift = { feedbackId: told.id, amount: 500n, reason: 'Sorry for the bag', key };
  await Promise.all(Array.from({ length: 5 }, () => giveGoodwill(agent, gift)));
  await giveGoodwill(agent, gift);
  expect(await countOf(ctx, 'SELECT count(*) FROM adjustments')).toBe(1);
  expect(await countOf(ctx, "SELECT count(*) FROM case_events WHERE kind = 'goodwill_given'")).toBe(1);
  expect((await verify(ctx)).differences).toBe(0);
  await expect(giveGoodwill(agent, { ...gift, amount: 0n, key: newKey() })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('ten of the staff at once lose nothing of a case', async () => {
  const { ann, agent, ctx } = await openHouse();
  const told = await tell(ann);
  await Promise.all([
    ...Array.from({ length: 5 }, (_, index) =>
      noteOnFeedback(agent, { feedbackId: told.id, text: `Note ${index}` }),
    ),
    ...Array.from({ length: 5 }, () => answer(agent, told.id)),
    ...Array.from({ length: 5 }, () =>
      addMessage(ann, { ...told, proof: null, text: 'And?', key: newKey() }),
    ),
  ]);
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback_messages')).toBe(15);
  expect(await countOf(ctx, 'SELECT event_seq - (SELECT max(seq) FROM case_events) FROM cases')).toBe(0);
});

test('unnamed feedback is taken where the business wants it, and its address alone opens it', async () => {
  const { ctx, agent, bob } = await openHouse();
  const nobody = { ...ctx, actor: { kind: 'anonymous' as const } };
  const about = { client: '192.0.2.1', writer: 'browser-1', files: [] };
  await expect(tellAnonymously(nobody, words(), about)).rejects.toMatchObject({ code: 'forbidden' });
  await setPolicy(ctx, 'anonymousFeedback', 'on');
  const told = await tellAnonymously(bob, words({ order: { source: 'web', number: 'B-1' } }), about);
  const proof = proofOf(ctx, told.id);
  expect(await threadOf(nobody, told, proof)).toMatchObject({ standing: 'open', about: { order: null } });
  await expect(threadOf(nobody, told, 'x'.repeat(27))).rejects.toMatchObject({ code: 'not_found' });
  await expect(threadOf(bob, told)).rejects.toMatchObject({ code: 'not_found' });
  await answer(agent, told.id);
  await addMessage(bob, { ...told, proof, text: 'Thank you.', key: newKey() });
  const file = await caseOf(agent, told);
  expect(file).toMatchObject({ customer: null, rootId: null, state: 'open' });
  const rows = await ctx.db.read({
    sql: 'SELECT actor FROM case_events UNION SELECT actor FROM feedback',
    args: [],
  });
  expect(rows.flat().filter((actor) => String(actor).startsWith('customer:'))).toEqual([]);
  await expect(giveGoodwill(agent, { feedbackId: told.id, amount: 1n, reason: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await Promise.allSettled(Array.from({ length: 9 }, () => tellAnonymously(nobody, words(), about)));
  await expect(tellAnonymously(nobody, words(), about)).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('an unnamed form sent twice is one feedback from one browser, and nobody else is shown it', async () => {
  const { ctx } = await openHouse();
  const nobody = { ...ctx, actor: { kind: 'anonymous' as const } };
  await setPolicy(ctx, 'anonymousFeedback', 'on');
  const form = words();
  const from = (client: string, writer: string | null) =>
    tellAnonymously(nobody, form, { client, writer, files: [] });
  const first = await from('192.0.2.1', 'browser-1');
  expect(await from('198.51.100.1', 'browser-1')).toEqual(first);
  expect((await from('192.0.2.1', 'browser-2')).id).not.toBe(first.id);
  const bare = await from('192.0.2.1', null);
  expect(bare.id).not.toBe(first.id);
  expect(await from('192.0.2.1', null)).toEqual(bare);
  expect((await from('198.51.100.1', null)).id).not.toBe(bare.id);
});

test('an overdue answer is told once to who has the case, else to owners and managers', async () => {
  const { ann, agent, owner, ctx, shop } = await openHouse();
  const told = await tell(ann);
  const mails = () =>
    ctx.db.read({
      sql: "SELECT address FROM outbox WHERE template = 'case_overdue' ORDER BY id",
      args: [],
    });
  expect(await remindOverdue(ctx)).toBe(0);
  shop.clock.advance(72 * HOUR_MS);
  await Promise.all([remindOverdue(ctx), remindOverdue(ctx)]);
  await remindOverdue(ctx);
  expect((await mails()).flat()).toEqual(['owner@example.com']);
  expect(await countWaiting(owner)).toEqual({ overdue: 1, todo: 1 });
  await answer(agent, told.id);
  await addMessage(ann, { ...told, proof: null, text: 'Not yet settled.', key: newKey() });
  shop.clock.advance(72 * HOUR_MS);
  await remindOverdue(ctx);
  expect((await mails()).flat()).toEqual(['owner@example.com', 'agent@example.com']);
});

test('the inbox filters by kind, state, owner, cause, lateness and words', async () => {
  const { ann, bob, agent, analyst, shop } = await openHouse();
  const torn = await tell(ann, { text: 'The bag was torn.' });
  const idea = await tell(bob, { kind: 'idea', text: 'Sell 100% arabica_x', wantsReply: false });
  await answer(agent, torn.id, { state: 'waiting' });
  await setCause(agent, { feedbackId: torn.id, choice: { kind: 'named', name: 'Thin bags' } });
  const [cause] = await listCauses(analyst);
  const found = async (asked: Partial<InboxQuery>) =>
    (await listInbox(analyst, { ...everything, ...asked })).items.map(({ reference }) => reference);
  expect(await found({})).toHaveLength(2);
  expect(await found({ kind: 'idea' })).toEqual([idea.reference]);
  expect(await found({ state: 'none' })).toEqual([idea.reference]);
  expect(await found({ state: 'waiting' })).toEqual([torn.reference]);
  expect(await found({ state: 'todo' })).toEqual([]);
  expect(await found({ owner: { id: agent.staffId } })).toEqual([torn.reference]);
  expect(await found({ owner: { id: null } })).toEqual([idea.reference]);
  expect(await found({ causeId: cause?.id ?? '' })).toEqual([torn.reference]);
  expect(await found({ text: 'TORN' })).toEqual([torn.reference]);
  expect(await found({ text: '100%' })).toEqual([idea.reference]);
  expect(await found({ text: '%_%' })).toEqual([]);
  expect(await found({ text: 'bob@' })).toEqual([idea.reference]);
  expect(await found({ text: torn.reference.toLowerCase() })).toEqual([torn.reference]);
  await addMessage(ann, { ...torn, proof: null, text: 'Hello?', key: newKey() });
  shop.clock.advance(72 * HOUR_MS);
  expect(await found({ isOverdue: true })).toEqual([torn.reference]);
  await expect(listInbox(ann, everything)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a cause is closed with a change that may be shown, or with a stated no', async () => {
  const { ann, agent, ctx } = await openHouse();
  const told = await tell(ann);
  await setCause(agent, { feedbackId: told.id, choice: { kind: 'named', name: 'Thin bags' } });
  const [cause] = await listCauses(agent);
  const id = cause?.id ?? '';
  const text = { en: 'The bags are thicker now.', uk: 'Тепер пакети міцніші.' };
  await closeCause(agent, { id, outcome: 'changed', text, isPublic: true });
  expect(await listCauses(agent)).toMatchObject([{ outcome: 'changed', text, said: 1, open: 1 }]);
  expect(await countOf(ctx, 'SELECT count(*) FROM causes WHERE published_at IS NOT NULL')).toBe(1);
  await closeCause(agent, { id, outcome: 'declined', text, isPublic: true });
  expect(await listCauses(agent)).toMatchObject([{ outcome: 'declined', publishedAt: null }]);
  await expect(
    closeCause(agent, { id: 'x', outcome: 'declined', text, isPublic: false }),
  ).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a low answer of a survey opens one case', async () => {
  const { ann, order, agent, ctx } = await openHouse();
  const [place] = await ctx.db.read({ sql: 'SELECT root_id FROM orders LIMIT 1', args: [] });
  const low = {
    customerId: order.customerId,
    rootId: String(place?.[0]),
    text: '3 of 10',
    language: 'en',
    key: 'invitation-1',
  };
  const [one, two] = await Promise.all([openSurveyCase(ctx, low), openSurveyCase(ctx, low)]);
  expect(one).toEqual(two);
  expect(await caseOf(agent, one)).toMatchObject({ kind: 'survey', state: 'open', source: 'survey' });
  expect(await listOwnFeedback(ann)).toEqual([]);
});
