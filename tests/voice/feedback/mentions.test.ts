import { expect, test } from 'vitest';
import { getAreas } from '../../../functions/voice/feedback/areas/get-areas.ts';
import { closeCause } from '../../../functions/voice/feedback/causes/close-cause.ts';
import { setCause } from '../../../functions/voice/feedback/causes/set-cause.ts';
import { listInbox } from '../../../functions/voice/feedback/list-inbox.ts';
import { listOwnFeedback } from '../../../functions/voice/feedback/list-own-feedback.ts';
import { placeOfLink, plainLink } from '../../../functions/voice/feedback/mentions/mention.ts';
import { logFeedback } from '../../../functions/voice/feedback/record-feedback.ts';
import { moveCase } from '../../../functions/voice/feedback/staff-case.ts';
import { answer, caseOf, countOf, openHouse, tell, threadOf } from './house.ts';

const review = {
  kind: 'complaint',
  text: 'Left in the rain.',
  mention: { url: 'https://www.google.com/maps/reviews/1', author: 'Jo B.', rating: 2 },
} as const;

test.each([
  ['https://maps.app.goo.gl/x', 'Google'],
  ['https://www.google.co.uk/maps/reviews/1', 'Google'],
  ['https://uk.trustpilot.com/reviews/1', 'Trustpilot'],
  ['https://m.facebook.com/p/1', 'Facebook'],
  ['https://twitter.com/jo/status/1', 'X'],
  ['https://notgoogle.com/1', 'notgoogle.com'],
  ['https://t.me/teahouse/1', 'Telegram'],
  ['https://t.co/1', 'X'],
  ['https://www.teaforum.example/1', 'teaforum.example'],
])('the place of %s is %s', (url, place) => {
  expect(placeOfLink(url)).toBe(place);
});

test.each([
  ['https://x.com/a?utm_source=b&id=1&fbclid=c#top', 'https://x.com/a?id=1#top'],
  ['https://x.com/reviews#review-2', 'https://x.com/reviews#review-2'],
  ['https://x.com/a#:~:text=rain', 'https://x.com/a'],
  ['https://x.com/a#b:~:text=rain', 'https://x.com/a#b'],
  ['https://x.com/a', 'https://x.com/a'],
])('what is added to a link to see who follows it is no part of it: %s', (url, plain) => {
  expect(plainLink(url)).toBe(plain);
});

test('a review is logged once by its link, with its place, and stands in the inbox with its clock', async () => {
  const { agent, ctx } = await openHouse();
  const [first, second] = await Promise.all([logFeedback(agent, review), logFeedback(agent, review)]);
  const again = await logFeedback(agent, {
    ...review,
    mention: { url: 'https://www.google.com/maps/reviews/1?utm_source=mail' },
  });
  expect(new Set([first, second, again].map(({ receipt }) => receipt.id)).size).toBe(1);
  expect([first, second, again].filter(({ isKnown }) => isKnown)).toHaveLength(2);
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback')).toBe(1);
  expect(await caseOf(agent, first.receipt)).toMatchObject({
    source: 'mention',
    state: 'open',
    mention: { place: 'Google', author: 'Jo B.', rating: 2, saidOn: '2026-03-01' },
  });
  const asked = { kind: null, state: null, owner: null, isOverdue: false, causeId: null, customerId: null };
  const narrowed = { serverId: null, process: null, product: null, text: null, page: 1 };
  for (const [place, found] of [
    ['elsewhere', 1],
    ['Google', 1],
    ['Yelp', 0],
  ] as const)
    expect((await listInbox(agent, { ...asked, ...narrowed, place })).items).toHaveLength(found);
});

test('without a link it needs a place; a link that is none, six stars and a day to come are refused', async () => {
  const { agent, analyst } = await openHouse();
  const wrong = (mention: object) => logFeedback(agent, { ...review, mention });
  await expect(wrong({ author: 'Jo' })).rejects.toMatchObject({ errors: [{ path: 'mention.place' }] });
  await expect(wrong({ url: 'javascript:alert(1)' })).rejects.toMatchObject({
    errors: [{ path: 'mention.url' }],
  });
  await expect(wrong({ place: 'Yelp', rating: 6 })).rejects.toMatchObject({
    errors: [{ path: 'mention.rating' }],
  });
  await expect(wrong({ place: 'Yelp', saidOn: '2026-03-02' })).rejects.toMatchObject({
    errors: [{ path: 'mention.saidOn', code: 'in_the_future' }],
  });
  await expect(logFeedback(analyst, review)).rejects.toMatchObject({ code: 'forbidden' });
});

test('the form of a mention without a link sent twice is one; a second form is another', async () => {
  const { agent, ctx } = await openHouse();
  const typed = { ...review, mention: { place: 'Market square' } };
  const press = (key: string) => logFeedback(agent, typed, { key });
  const pressed = await Promise.all([press('form-of-a-1'), press('form-of-a-1'), press('form-of-a-1')]);
  expect(new Set(pressed.map(({ receipt }) => receipt.id)).size).toBe(1);
  await press('form-of-a-2');
  expect(await countOf(ctx, 'SELECT count(*) FROM feedback')).toBe(2);
});

test('what one said to the business is listed, however much was said elsewhere since', async () => {
  const { agent, ann, ctx } = await openHouse();
  const own = await tell(ann);
  const { receipt } = await logFeedback(agent, { ...review, customer: { email: 'ann@example.com' } });
  await ctx.db.write([
    {
      sql: `INSERT INTO feedback (id, reference, kind, customer_id, account_id, root_id, text, wants_reply, source, at, actor)
        WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 100)
        SELECT id || value, reference || value, kind, customer_id, account_id, root_id, text, wants_reply, source, at + 1, actor
        FROM feedback, n WHERE id = ?`,
      args: [receipt.id],
    },
  ]);
  expect((await listOwnFeedback(ann)).map(({ id }) => id)).toEqual([own.id]);
});

test('an answer there is kept with its link, stops the clock and mails nobody, also where the author is known', async () => {
  const { agent, ann, ctx } = await openHouse();
  const { receipt } = await logFeedback(agent, { ...review, customer: { email: 'ann@example.com' } });
  await expect(answer(agent, receipt.id)).rejects.toMatchObject({ errors: [{ path: 'there' }] });
  const there = { url: 'https://www.google.com/maps/reviews/1#owner' };
  await answer(agent, receipt.id, { state: 'resolved', there });
  const file = await caseOf(agent, receipt);
  expect(file).toMatchObject({ state: 'resolved', replyDueAt: null });
  expect(file.messages).toMatchObject([{ from: 'staff', place: 'Google', url: there.url }]);
  await moveCase(agent, { feedbackId: receipt.id, move: 'reopened' });
  expect(
    await countOf(
      ctx,
      "SELECT count(*) FROM outbox WHERE template LIKE 'feedback%' OR template = 'case_state'",
    ),
  ).toBe(0);
  expect(await listOwnFeedback(ann)).toEqual([]);
  await expect(threadOf(ann, receipt)).rejects.toMatchObject({ code: 'not_found' });
  expect(await countOf(ctx, `SELECT count(*) FROM history WHERE detail LIKE '%${receipt.reference}%'`)).toBe(
    0,
  );
  const own = await tell(ann);
  await expect(answer(agent, own.id, { there })).rejects.toMatchObject({ errors: [{ path: 'there' }] });
});

test('an old review that is found late does not open what was mended since', async () => {
  const { agent, ann, shop } = await openHouse();
  const told = await tell(ann);
  const choice = { kind: 'named', name: 'Rain' } as const;
  const { causeId } = await setCause(agent, { feedbackId: told.id, choice });
  const text = { en: 'Couriers ring now.', uk: 'Кур’єри тепер дзвонять.' };
  await closeCause(agent, { id: causeId ?? '', outcome: 'changed', text, isPublic: true });
  shop.clock.advance(5 * 86_400_000);
  const log = async (url: string, saidOn: string) =>
    (await logFeedback(agent, { ...review, mention: { url, saidOn } })).receipt.id;
  expect(
    (await setCause(agent, { feedbackId: await log('https://x.com/0', '2026-03-01'), choice })).isReopened,
  ).toBe(false);
  const old = await log('https://x.com/1', '2026-02-20');
  expect((await setCause(agent, { feedbackId: old, choice })).isReopened).toBe(false);
  const fresh = await log('https://x.com/2', '2026-03-04');
  expect((await setCause(agent, { feedbackId: fresh, choice })).isReopened).toBe(true);
});

test('mentions are counted by place, with their stars and how many were answered', async () => {
  const { agent, owner } = await openHouse();
  const { receipt } = await logFeedback(agent, review);
  await logFeedback(agent, {
    ...{ kind: 'praise', text: 'Lovely.', wantsReply: false },
    mention: { url: 'https://www.google.com/maps/reviews/2', rating: 5 },
  });
  await logFeedback(agent, { ...review, mention: { place: 'Market square' } });
  await answer(agent, receipt.id, { state: 'resolved', there: { url: null } });
  const { items } = await getAreas(owner, { by: 'place', period: '', since: '', until: '' });
  expect(items).toMatchObject([
    { name: 'Google', told: 2, troubles: 1, praise: 1, rated: 2, ratingMean: 3.5, answered: 1, open: 0 },
    { name: 'Market square', told: 1, troubles: 1, rated: 0, ratingMean: null, answered: 0, open: 1 },
  ]);
});
