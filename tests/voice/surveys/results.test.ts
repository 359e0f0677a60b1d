import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { answerSurvey } from '../../../functions/voice/surveys/answer-survey.ts';
import { getResults, listWords } from '../../../functions/voice/surveys/get-results.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { createTestApi, post } from '../../support/test-api.ts';
import { openSurveyShop } from './survey-shop.ts';

async function answered(scores: readonly number[]) {
  const shop = await openSurveyShop();
  const surveyId = await shop.survey();
  for (const [index, score] of scores.entries()) {
    const email = `c${index}@example.com`;
    const id = await shop.customer(email);
    const { id: invitationId } = await inviteCustomer(shop.staff, { surveyId, email });
    const say = (questionId: string, text: string) =>
      answerSurvey(shop.as(id), {
        key: { invitationId },
        questionId,
        given: new Map([[questionId, text]]),
        language: 'en',
      });
    await say('recommend', String(score));
    if (score <= 6) await say('why', `Because of ${score}`);
    if (index % 2 === 0) await say('taste', 'tea');
    shop.clock.advance(1000);
  }
  return { ...shop, surveyId };
}

test('of four answers nothing is told but their number', async () => {
  const { staff, surveyId } = await answered([9, 10, 3, 8]);
  const { questions, finishedShare } = await getResults(staff, { id: surveyId, segment: 'everyone' });
  expect(questions[0]).toMatchObject({ id: 'recommend', answers: 4, figure: null, counts: [] });
  expect(questions[0]?.months).toEqual([{ month: '2026-03', answers: 4, figure: null }]);
  expect(finishedShare).toBe(null);
});

test('of five the figure is told with its interval; free words are listed', async () => {
  const { staff, surveyId } = await answered([9, 10, 3, 8, 10]);
  const told = await getResults(staff, { id: surveyId, segment: 'everyone' });
  expect(told).toMatchObject({ invited: 5, finished: 3, finishedShare: { value: 0.6 } });
  const [nps, taste] = told.questions;
  expect(nps?.figure).toMatchObject({ value: 0.4 });
  expect(nps?.figure?.from).toBeLessThan(-0.1);
  expect(nps?.figure?.to).toBeGreaterThan(0.7);
  expect(nps?.counts.find(({ answer }) => answer === '10')).toMatchObject({
    count: 2,
    share: { value: 0.4 },
  });
  expect(taste).toMatchObject({ kind: 'choice', answers: 3, counts: [] });
  expect(await listWords(staff, { id: surveyId, segment: 'everyone' })).toMatchObject([
    { text: 'Because of 3' },
  ]);
});

test('segments are told apart', async () => {
  const { staff, surveyId } = await answered([9, 10, 3, 8, 10]);
  const count = async (segment: 'new' | 'regular' | 'club') =>
    (await getResults(staff, { id: surveyId, segment })).questions[0]?.answers;
  expect([await count('new'), await count('regular'), await count('club')]).toEqual([5, 0, 0]);
});

test('the API lists, tells and invites, once for each key', async () => {
  const { ctx, survey, customer } = await openSurveyShop();
  const surveyId = await survey();
  const customerId = await customer('ann@example.com');
  const { app, bearer } = await createTestApi({ build: createApp, store: ctx.db, now: ctx.now });
  const headers = { Authorization: await bearer('feedback:read', 'feedback:write') };
  const ask = async (path: string, init: RequestInit = { headers }) => {
    const response = await app.request(`/api/v1${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  const init = post({ email: 'ann@example.com' }, headers);
  const invitation = await ask(`/surveys/${surveyId}/invitations`, init);
  expect(invitation).toMatchObject({ status: 201, body: { surveyId, customerId } });
  expect(await ask(`/surveys/${surveyId}/invitations`, init)).toEqual(invitation);
  expect(
    await ask(`/surveys/${surveyId}/invitations`, post({ email: 'ann@example.com' }, headers)),
  ).toMatchObject({
    status: 409,
    body: { code: 'survey_resting' },
  });
  expect(await ask('/surveys')).toMatchObject({
    body: { items: [{ id: surveyId, state: 'open', invited: 1 }] },
  });
  expect(await ask(`/surveys/${surveyId}/results?segment=new`)).toMatchObject({
    body: { invited: 1, finished: 0 },
  });
  expect(await ask(`/surveys/${surveyId}/results?segment=vip`)).toMatchObject({ status: 422 });
});
