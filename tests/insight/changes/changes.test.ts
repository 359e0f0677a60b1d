import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { downloadEffect } from '../../../functions/desk/console/insight/download-effect.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { getEffect, listEffects } from '../../../functions/insight/changes/get-effects.ts';
import { countInterval, ratioOf } from '../../../functions/insight/changes/rate.ts';
import { closeCause } from '../../../functions/voice/feedback/causes/close-cause.ts';
import { openCause } from '../../../functions/voice/feedback/causes/open-cause.ts';
import { setCause } from '../../../functions/voice/feedback/causes/set-cause.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { openSurveyShop, recommendation } from '../../voice/surveys/survey-shop.ts';

const DAY_MS = 86_400_000;

test.each<[number, number, number]>([
  // The exact limits of Poisson's: chi-square quantiles halved.
  [0, 0, 3.689],
  [1, 0.0253, 5.572],
  [5, 1.623, 11.668],
  [20, 12.217, 30.889],
])('of %i cases the interval is the exact one, nearly', (cases, from, to) => {
  const told = countInterval(cases);
  expect(Math.abs(told.from - from)).toBeLessThan(0.03);
  expect(Math.abs(told.to - to)).toBeLessThan(0.06);
});

const side = (cases: number, orders: number) => ({ cases, orders, weeks: 10 });

test('rates are compared by order, and nothing is said of few cases', () => {
  expect(ratioOf(side(2, 100), side(2, 100))).toBe(null);
  expect(ratioOf(side(9, 100), side(0, 0))).toBe(null);
  expect(ratioOf(side(20, 1000), side(20, 2000))).toMatchObject({ value: 0.5, isClear: true });
  expect(ratioOf(side(4, 1000), side(3, 1000))).toMatchObject({ value: 0.75, isClear: false });
  expect(ratioOf(side(20, 1000), side(0, 1000))).toMatchObject({ value: 0, from: 0, isClear: true });
  expect(ratioOf(side(0, 1000), side(20, 1000))?.to).toBe(Number.POSITIVE_INFINITY);
});

/** Six people who say that parcels are wet, a change, and what came of it. */
async function openChanged() {
  const shop = await openSurveyShop();
  const surveyId = await shop.survey({ ...recommendation, incentive: null });
  const causeId = await openCause(shop.staff, { name: 'Wet parcels' });
  const people = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (at) => ({
      id: await shop.customer(`p${at}@example.com`),
      email: `p${at}@example.com`,
    })),
  );
  const complain = async (customerId: string, key: string) => {
    const told = {
      kind: 'complaint',
      text: 'My parcel was wet.',
      language: 'en',
      key,
      accountId: null,
    } as const;
    const { id } = await tellFeedback(shop.as(customerId), told);
    await setCause(shop.staff, { feedbackId: id, choice: { kind: 'known', id: causeId } });
  };
  const score = async ({ id, email }: (typeof people)[number], step: number) => {
    const { id: invitationId } = await inviteCustomer(shop.staff, { surveyId, email });
    for (const [questionId, text] of [
      ['recommend', String(step)],
      ['why', ''],
      ['taste', ''],
    ] as const) {
      const given = new Map([[questionId, text]]);
      await answerSurvey(shop.as(id), { key: { invitationId }, questionId, given, language: 'en' }).catch(
        () => null,
      );
    }
  };
  return { ...shop, causeId, people, complain, score };
}

test('a change is shown with cases per order before and since, and with the scores of who had said it', async () => {
  const { staff, clock, causeId, people, complain, score, order } = await openChanged();
  for (const [at, person] of people.entries()) {
    await order({ email: person.email, number: `before-${at}` });
    await complain(person.id, `complaint-${at}`);
    await score(person, 4);
  }
  clock.advance(7 * DAY_MS);
  await closeCause(staff, {
    id: causeId,
    outcome: 'changed',
    text: { en: 'Boxes are lined.', uk: 'Коробки з плівкою.' },
    isPublic: true,
  });
  expect(await listEffects(staff)).toMatchObject([{ id: causeId, cases: null }]);
  clock.advance(63 * DAY_MS);
  for (const [at, person] of people.entries()) {
    await order({ email: person.email, number: `since-${at}` });
    if (at > 0) await score(person, 8 + (at % 2));
  }
  const { cases, scores, text } = await getEffect(staff, { id: causeId });
  expect(text.en).toBe('Boxes are lined.');
  expect(cases).toMatchObject({
    before: { cases: 6, orders: 6, weeks: 9, perThousandOrders: { value: 1000 } },
    after: { cases: 0, orders: 6, perWeek: { value: 0, from: 0 } },
    ratio: { value: 0, isClear: true },
  });
  expect(scores).toMatchObject([
    {
      kind: 'nps',
      before: { n: 6, mean: 4 },
      after: { n: 5, mean: 8.6 },
      change: { n: 5, isBeyondNoise: true },
    },
  ]);
  const file = await new Response(await downloadEffect(staff, { id: causeId })).text();
  expect(file).toContain('cases_per_thousand_orders,before,6,1000,');
  expect(file).toContain('nps,after,5,8.6,');
});

test('a multiple of no case before is told as null, as the schema says', async () => {
  const { ctx, staff, clock, causeId, people, complain, order } = await openChanged();
  for (const [at, person] of people.entries()) await order({ email: person.email, number: `before-${at}` });
  clock.advance(7 * DAY_MS);
  const text = { en: 'Boxes are lined.', uk: 'Коробки з плівкою.' };
  await closeCause(staff, { id: causeId, outcome: 'changed', text, isPublic: true });
  clock.advance(DAY_MS);
  for (const [at, person] of people.entries()) {
    await order({ email: person.email, number: `since-${at}` });
    await complain(person.id, `complaint-${at}`);
  }
  clock.advance(62 * DAY_MS);
  expect((await getEffect(staff, { id: causeId })).cases?.ratio?.value).toBe(Number.POSITIVE_INFINITY);
  const { key } = await addKey(ctx, { name: 'till', scopes: ['feedback:read'] });
  const answer = await createApp({ runtime: ctx, openStore: () => ctx.db }).request('/api/v1/changes', {
    headers: { Authorization: `Bearer ${key}` },
  });
  const { items } = await answer.json();
  expect(items[0].cases.ratio).toMatchObject({ value: null, to: null });
});

test('of four people no score is told; a change that is not public is none', async () => {
  const { staff, clock, causeId, people, complain, score } = await openChanged();
  for (const [at, person] of people.slice(0, 4).entries()) {
    await complain(person.id, `complaint-of-few-${at}`);
    await score(person, 4);
  }
  clock.advance(DAY_MS);
  const close = (isPublic: boolean) =>
    closeCause(staff, { id: causeId, outcome: 'changed', text: { en: 'Done.', uk: 'Зроблено.' }, isPublic });
  await close(false);
  await expect(getEffect(staff, { id: causeId })).rejects.toMatchObject({ code: 'not_found' });
  expect(await listEffects(staff)).toEqual([]);
  await close(true);
  clock.advance(14 * DAY_MS);
  const { scores, cases } = await getEffect(staff, { id: causeId });
  expect(scores).toEqual([{ kind: 'nps', before: null, after: null, change: null }]);
  expect(cases?.ratio).toBe(null);
});
